"""The key ring: sealed values open in their own place only, and secrets are never kept."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import keys
from portal.keys import KeyMissing, KeyRing, NotSealedHere, new_ring

RING = new_ring()
PLACE = {"table": "case_identities", "column": "phone", "row": "7"}


@given(st.text(max_size=300))
def test_what_is_sealed_opens_again(text: str) -> None:
    assert RING.open(RING.seal(text, **PLACE), **PLACE) == text


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert RING.seal("0905", **PLACE) != RING.seal("0905", **PLACE)


@pytest.mark.parametrize(("part", "other"), [("table", "x"), ("column", "name"), ("row", "8")])
def test_a_value_moved_elsewhere_does_not_open(part: str, other: str) -> None:
    blob = RING.seal("0905", **PLACE)
    with pytest.raises(NotSealedHere):
        RING.open(blob, **{**PLACE, part: other})


@pytest.mark.parametrize("blob", [b"", b"k1:", b"k9:abc", b"\xff:\x00", b"k1:" + b"0" * 40])
def test_rubbish_does_not_open(blob: bytes) -> None:
    with pytest.raises(NotSealedHere):
        RING.open(blob, **PLACE)


def test_an_old_key_still_opens_after_a_new_one_came() -> None:
    blob = RING.seal("0905", **PLACE)
    other = new_ring()
    both = KeyRing({**RING.sealing, "k2": other.sealing["k1"]}, "k2", RING.purposes)
    assert both.open(blob, **PLACE) == "0905"
    assert both.seal("0905", **PLACE).startswith(b"k2:")


def test_a_secret_matches_its_digest_and_nothing_else() -> None:
    digest = RING.secret_digest("ABCD-EFGH")
    assert RING.matches("ABCD-EFGH", digest)
    assert not RING.matches("ABCD-EFGX", digest)
    assert not RING.matches("ABCD-EFGH", None)
    assert not RING.matches("\0none", None)


def test_purposes_do_not_mix() -> None:
    assert RING.blind("0905", purpose="phone") != RING.blind("0905", purpose="email")
    assert RING.salted("0905", b"a") != RING.salted("0905", b"b")


def test_an_address_is_unreadable_and_changes_every_day() -> None:
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    assert RING.address("203.0.113.7", monday) != RING.address("203.0.113.7", tuesday)
    assert RING.address("203.0.113.7", monday) != RING.address("203.0.113.8", monday)
    assert RING.address("::ffff:203.0.113.7", monday) == RING.address("203.0.113.7", monday)


def test_ipv6_counts_by_the_network_of_one_household() -> None:
    day = date(2026, 11, 23)
    assert RING.address("2001:db8:1:2::7", day) == RING.address("2001:db8:1:2:ffff::1", day)
    assert RING.address("2001:db8:1:2::7", day) != RING.address("2001:db8:1:3::7", day)
    assert RING.address("nonsense", day) == RING.address("", day)


def test_the_ring_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    made = keys.load(tmp_path / "keys", create=True)
    assert keys.load(tmp_path / "keys", create=False) == made
    assert (tmp_path / "keys" / "ring.json").stat().st_mode & 0o777 == 0o600


def test_a_missing_ring_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing, match="Thiếu tệp khóa"):
        keys.load(tmp_path, create=False)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"sealing": 3}', "\x00", '{"newest":{"id":"k"}}']
)
def test_a_damaged_ring_is_said_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "ring.json").write_text(text)
    with pytest.raises(KeyMissing, match="hỏng"):
        keys.load(tmp_path, create=True)
