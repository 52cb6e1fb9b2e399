"""Lists as CSV files that spreadsheets open with every letter right and nothing calculated."""

import csv
import io
from collections.abc import Iterable, Sequence

# Without it Excel takes Vietnamese letters for another encoding; other programs skip it.
BYTE_ORDER_MARK = "\ufeff"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula, not even after another export."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A file as RFC 4180 has it, in UTF-8; nothing known is an empty cell."""
    file = io.StringIO(newline="")
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow(heads)
    for row in rows:
        writer.writerow(["" if cell is None else neutral(str(cell)) for cell in row])
    return file.getvalue().encode()
