"""Which procedures a source named before and names no more: never withdrawn without a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.errors import BadFile
from content.models import ContentItem, Kind, ProcedureRow, ProcedureSource, Source, State

# More than this is no news but a wrong or torn file.
MOST_GONE_PER_CENT = 2
NOT_SHOWN = (State.WITHDRAWN, State.SUPERSEDED)


@dataclass(frozen=True)
class Gone:
    code: str
    name: str


def known(db: Session, source: Source) -> dict[str, str]:
    """The procedures this source has named so far: code and name.

    Those that have been withdrawn already do not count.
    """
    rows = db.execute(
        select(ProcedureSource.code, func.coalesce(ProcedureRow.heading, ""))
        .join(
            ContentItem,
            (ContentItem.key == ProcedureSource.code)
            & (ContentItem.kind == Kind.PROCEDURE)
            & (ContentItem.language == "vi"),
        )
        .outerjoin(ProcedureRow, ProcedureRow.item_id == ContentItem.id)
        .where(ProcedureSource.source == source, ContentItem.state.not_in(NOT_SHOWN))
        .order_by(ProcedureSource.code)
    )
    return {row[0]: row[1] for row in rows}


def refuse_too_many(known: int, gone: Sequence[Gone]) -> None:
    """Raises BadFile with the numbers."""
    if len(gone) * 100 > known * MOST_GONE_PER_CENT:
        examples = ", ".join(one.code for one in gone[:5])
        raise BadFile(
            f"Tệp thiếu {len(gone)} trong {known} thủ tục mà nguồn này từng nêu "
            f"({len(gone) * 100 / known:.1f} %, quá {MOST_GONE_PER_CENT} %), ví dụ {examples}; "
            "chưa nạp gì. Nếu tệp vốn chỉ là một phần, hãy chọn «tệp một phần» (--partial)."
        )
