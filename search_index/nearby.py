"""Fields of procedures to look through where a search found nothing."""

from collections import Counter
from collections.abc import Iterable

from portal.vietnamese import slug
from search_index.plan import FOLDED_QUESTION_WORDS, Plan
from search_index.ranking import Ranker

MOST = 5


def fields(ranker: Ranker | None, plan: Plan) -> list[tuple[str, str]]:
    """Name and address of the fields whose pages share most words with the query.

    Where no word is shared: those in which the commune, where most people go, does most.
    """
    if ranker is None:
        return []
    words = {word for reading in plan.readings for word in reading.folded} - FOLDED_QUESTION_WORDS
    shared: dict[str, float] = {}
    for begin, end in ranker.segment.find([("tf", word) for word in sorted(words)]):
        # A word that many names have says little of any.
        worth = 1 / max(1, end - begin)
        for page in ranker.titles_of(ranker.segment.entries[begin:end]):
            for name in page["fields"]:
                shared[name] = shared.get(name, 0) + worth
    found = shared or Counter(_near_people(ranker))
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    return [(name, f"/thu-tuc?linh-vuc={slug(name)}") for name, _worth in ordered]


def _near_people(ranker: Ranker) -> Iterable[str]:
    for about in ranker.segment.about:
        if not about["name"] and "commune" in about["likely_levels"]:
            yield from about["fields"]
