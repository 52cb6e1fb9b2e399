"""How search knows a legal instrument: by its number, and by its subject once it is checked."""

from content.instrument_models import Evidence, LegalInstrument
from search_index.documents import SearchDocument

KIND = "document"
# Among pages that fit a question equally well, what to do comes before what it rests on.
WEIGHT = -2


def path_of(key: str) -> str:
    return f"/van-ban/{key}"


def document(instrument: LegalInstrument) -> SearchDocument:
    """An unchecked instrument bears no everyday words: thousands of titles would crowd results."""
    checked = instrument.evidence != Evidence.UNCHECKED and instrument.title
    return SearchDocument(
        key=f"{KIND}:{instrument.key}",
        kind=KIND,
        url=path_of(instrument.key),
        title=instrument.name,
        aliases=[instrument.title] if checked else [],
        summary=instrument.title,
        agency=instrument.issuer,
        codes=[instrument.number],
        weight=WEIGHT,
    )
