"""Which addresses of the network lie in public, and which inside this or anybody's own house."""

import ipaddress
import socket
from collections.abc import Callable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

# What Python's own lists of special addresses leave open.
ALSO_CLOSED = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15"),
        *("64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2002::/16", "3fff::/20"),
        *("5f00::/16", "fec0::/10", "fd00:ec2::/32"),
    )
)
CLOUD_SERVICES = {"168.63.129.16", "169.254.169.254", "100.100.100.200", "192.0.0.192"}


def is_public(text: str) -> bool:
    """Whether a numeric address belongs to the public network; anything unreadable does not."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        address = address.ipv4_mapped or address
    if str(address) in CLOUD_SERVICES or any(
        address.version == block.version and address in block for block in ALSO_CLOSED
    ):
        return False
    special = (
        address.is_private,
        address.is_loopback,
        address.is_link_local,
        address.is_multicast,
        address.is_reserved,
        address.is_unspecified,
    )
    return address.is_global and not any(special)


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a host; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))
