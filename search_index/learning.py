"""Learns from clicks, slowly: what many opened for a term goes before its near equals."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from search_index.models import SearchClick
from search_index.searching import Answer, Group

CAP = 0.02  # as much as the kind of a page counts; no more than near equals can change places
LEAST_CLICKS = 10  # of as many people on as many days; each counts once a day
HALF_WAY = 40
REMEMBERED = timedelta(days=180)


def learned_boost(own: int, of_term: int) -> float:
    """What a page gains that was opened `own` times of all `of_term` times for a term."""
    if own < LEAST_CLICKS or of_term < own:
        return 0.0
    return CAP * (own / of_term) * (own / (own + HALF_WAY))


def boosts(db: Session, mark: str, today: date) -> dict[str, float]:
    """What each page gains for the term with this mark."""
    counted = select(SearchClick.key, func.sum(SearchClick.n)).where(
        SearchClick.mark == mark, SearchClick.day >= today - REMEMBERED
    )
    clicks = {key: int(n) for key, n in db.execute(counted.group_by(SearchClick.key))}
    of_term = sum(clicks.values())
    gained = {key: learned_boost(own, of_term) for key, own in clicks.items()}
    return {key: boost for key, boost in gained.items() if boost}


def reordered(answer: Answer, gained: Mapping[str, float]) -> Answer:
    """The answer with its near equals in the order people chose."""
    if not gained or answer.by_title:
        return answer
    groups = sorted(answer.groups, key=lambda group: -_score(group, gained))
    return replace(answer, groups=tuple(groups))


def _score(group: Group, gained: Mapping[str, float]) -> float:
    return group.hits[0].score + max(gained.get(hit.key, 0.0) for hit in group.hits)
