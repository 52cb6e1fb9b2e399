"""A chained record shows every change, removal and cut."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from portal import chain, digests
from portal.chain import Broken, ChainHead, ChainLink
from portal.database import Database
from portal.keys import KeyRing, new_ring


def three_links(db: Session, now: datetime) -> None:
    for number in range(3):
        chain.append(db, chain="cases", body={"n": number}, at=now)
        chain.append(db, chain="staff", body={"n": number}, at=now)
    db.commit()


def test_an_untouched_chain_holds(db: Session, now: datetime) -> None:
    three_links(db, now)
    three_links(db, now)
    assert chain.verify(db, "cases") == 6
    assert chain.verify(db, "never used") == 0


def test_what_is_rolled_back_leaves_no_link(db: Session, now: datetime) -> None:
    three_links(db, now)
    chain.append(db, chain="cases", body={"n": 9}, at=now)
    db.rollback()
    db.commit()
    assert chain.verify(db, "cases") == 3


@pytest.mark.parametrize("harm", ["body", "removed", "cut", "moment"])
def test_harm_is_seen(db: Session, now: datetime, harm: str) -> None:
    three_links(db, now)
    second = (ChainLink.chain == "cases", ChainLink.position == 2)
    last = (ChainLink.chain == "cases", ChainLink.position == 3)
    if harm == "body":
        db.execute(update(ChainLink).where(*second).values(body='{"n":7}'))
    elif harm == "removed":
        db.execute(delete(ChainLink).where(*second))
    elif harm == "cut":
        db.execute(delete(ChainLink).where(*last))
    else:
        db.execute(update(ChainLink).where(*last).values(hash="f" * 64))
    db.commit()
    with pytest.raises(Broken):
        chain.verify(db, "cases")


def recompute_everything(db: Session, now: datetime) -> None:
    """What somebody with the whole database could do: write a shorter chain that holds."""
    db.execute(delete(ChainLink).where(ChainLink.chain == "cases"))
    db.execute(delete(ChainHead).where(ChainHead.chain == "cases"))
    db.commit()
    chain.append(db, chain="cases", body={"n": 0}, at=now)
    db.commit()


def test_the_daily_line_betrays_a_chain_that_was_computed_anew(
    db: Session, ring: KeyRing, now: datetime, tmp_path: Path
) -> None:
    three_links(db, now)
    assert digests.write_line(db, tmp_path, ring, now) == 2
    assert digests.write_line(db, tmp_path, ring, now) == 0
    assert digests.verify(db, tmp_path, ring) == {"cases": 3, "staff": 3}
    recompute_everything(db, now)
    assert chain.verify(db, "cases") == 1
    with pytest.raises(Broken, match="mắt xích 3"):
        digests.verify(db, tmp_path, ring)


def test_a_forged_daily_line_is_seen(
    db: Session, ring: KeyRing, now: datetime, tmp_path: Path
) -> None:
    three_links(db, now)
    digests.write_line(db, tmp_path, new_ring(), now)
    with pytest.raises(Broken, match="đã bị sửa"):
        digests.verify(db, tmp_path, ring)


def test_two_sessions_do_not_share_what_waits(store: Database, now: datetime) -> None:
    with store.write() as first:
        chain.append(first, chain="cases", body={"n": 1}, at=now)
    with store.write() as second:
        chain.append(second, chain="cases", body={"n": 2}, at=now)
        second.commit()
        assert chain.verify(second, "cases") == 1
