"""The key ring: what seals senders' data, and what compares secrets without keeping them."""

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Address, ip_address
from pathlib import Path

from flask import current_app

KEY_BYTES = 32
NONCE_BYTES = 12
RING_FILE = "ring.json"
PURPOSES = ("blind", "secret", "address", "salted", "stamp", "session", "digest")


class KeyMissing(Exception):
    """The key ring is not there or cannot be read; said in one sentence."""


class NotSealedHere(Exception):
    """The sealed text belongs to another row, another key, or was changed."""


@dataclass(frozen=True)
class KeyRing:
    """Sealing keys by their short id (the newest seals, all open), and one key per purpose."""

    sealing: dict[str, bytes] = field(repr=False)
    newest: str
    purposes: dict[str, bytes] = field(repr=False)

    def seal(self, text: str, *, table: str, column: str, row: str) -> bytes:
        """AES-256-GCM; the place is authenticated, so a value copied to another row won't open."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE_BYTES)
        cipher = AESGCM(self.sealing[self.newest])
        sealed = cipher.encrypt(nonce, text.encode(), _place(table, column, row))
        return self.newest.encode() + b":" + nonce + sealed

    def open(self, blob: bytes, *, table: str, column: str, row: str) -> str:
        """The text that was sealed for exactly this place; raises NotSealedHere."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        name, _, rest = blob.partition(b":")
        key = self.sealing.get(name.decode(errors="replace"))
        if key is None:
            raise NotSealedHere(f"không có khóa {name!r} để mở {table}.{column}")
        try:
            place = _place(table, column, row)
            return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], place).decode()
        except (InvalidTag, ValueError) as error:
            raise NotSealedHere(f"{table}.{column} của dòng {row} không mở được") from error

    def blind(self, text: str, *, purpose: str) -> str:
        """A fingerprint by which equal values are found without being readable."""
        return self.mac("blind", f"{purpose}\n{text}")

    def secret_digest(self, secret: str) -> str:
        return self.mac("secret", secret)

    def matches(self, secret: str, stored: str | None) -> bool:
        """Compare in the same time whether or not there is anything to compare with."""
        given = self.secret_digest(secret)
        return hmac.compare_digest(given, stored or self.mac("secret", "\0none")) and bool(stored)

    def salted(self, text: str, salt: bytes) -> str:
        """A fingerprint that means nothing any more once the salt is erased."""
        return self.mac("salted", salt.hex() + "\n" + text)

    def address(self, ip: str, day: date) -> str:
        """A caller's address, unreadable and different every day; IPv6 counts by its /64."""
        try:
            parsed = ip_address(ip)
        except ValueError:
            return self.mac("address", f"{day}\nunknown")
        if parsed.version == 6 and parsed.ipv4_mapped:
            parsed = parsed.ipv4_mapped
        network = str(parsed) if isinstance(parsed, IPv4Address) else parsed.exploded[:19]
        return self.mac("address", f"{day}\n{network}")

    def mac(self, purpose: str, text: str) -> str:
        """HMAC-SHA-256 under the key of this purpose, as 64 hexadecimal digits."""
        return hmac.new(self.purposes[purpose], text.encode(), hashlib.sha256).hexdigest()


def ring() -> KeyRing:
    """The key ring of the running application."""
    found: KeyRing = current_app.extensions["portal"].ring
    return found


def new_ring() -> KeyRing:
    return KeyRing(
        sealing={"k1": secrets.token_bytes(KEY_BYTES)},
        newest="k1",
        purposes={purpose: secrets.token_bytes(KEY_BYTES) for purpose in PURPOSES},
    )


def load(folder: Path, *, create: bool) -> KeyRing:
    """Read `ring.json`; where `create` says that nothing was sealed yet, make it (mode 0600)."""
    file = folder / RING_FILE
    if not file.exists():
        if not create:
            raise KeyMissing(
                f"Thiếu tệp khóa {file}. Hãy chép lại tệp này từ bản sao lưu: không có nó thì dữ "
                "liệu người gửi không đọc được."
            )
        _write(file, new_ring())
    try:
        return _parse(json.loads(file.read_text("ascii")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyMissing(f"Tệp khóa {file} hỏng hoặc không đọc được.") from error


def _place(table: str, column: str, row: str) -> bytes:
    return f"{table}:{column}:{row}".encode()


def _parse(raw: dict[str, dict[str, str]]) -> KeyRing:
    sealing = {name: base64.b64decode(key, validate=True) for name, key in raw["sealing"].items()}
    purposes = {name: base64.b64decode(raw["purposes"][name], validate=True) for name in PURPOSES}
    newest = raw["newest"]["id"]
    if newest not in sealing or any(len(key) != KEY_BYTES for key in (*sealing.values(),)):
        raise ValueError("khóa niêm phong không hợp lệ")
    return KeyRing(sealing=sealing, newest=newest, purposes=purposes)


def _write(file: Path, made: KeyRing) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(
        {
            "newest": {"id": made.newest},
            "sealing": {name: base64.b64encode(key).decode() for name, key in made.sealing.items()},
            "purposes": {
                name: base64.b64encode(key).decode() for name, key in made.purposes.items()
            },
        }
    )
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)


def main() -> None:
    """`python -m portal.keys`: make a ring for an installation whose database is on a server."""
    from portal import config

    file = config.read().keys / RING_FILE
    if file.exists():
        print(f"{file} đã có; giữ nguyên.")
        return
    _write(file, new_ring())
    print(f"Đã tạo {file}. Hãy sao lưu tệp này ở nơi khác.")


if __name__ == "__main__":
    main()
