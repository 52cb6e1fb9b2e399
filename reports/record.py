"""What a report holds for good: whose it is, its figures, and the cases behind each of them."""

from collections.abc import Iterator
from datetime import date

from portal.canonical import canonical_text, digest
from reports.form import Arrived, Content, Counts, Form, Outcome, Part
from reports.periods import Period, Window

TOTAL = "Tổng số"
NO_FIELD = "Chưa xác định lĩnh vực"


class Head(Part):
    """Who reports to whom, as it was when the figures were made."""

    organisation: str
    full_name: str
    short_name: str
    parent: str
    place: str
    symbol: str
    addressees: tuple[str, ...]
    form_code: str


class CaseLine(Part):
    """One case behind the figures, with nothing of who sent it."""

    code: str
    kind: str
    kind_label: str
    field: str
    unit_code: str
    content: Content | None
    arrived: Arrived
    outcome: Outcome
    published: bool
    received_on: date
    due_on: date | None
    finished_on: date | None

    def counts_in(self, counts: Counts) -> bool:
        """Whether the case meets these conditions of a column or footnote."""
        return counts.holds(
            content=self.content or "",
            arrived=self.arrived,
            outcome=self.outcome,
            published=self.published,
        )


class Row(Part):
    """The figures of one field, or of all: columns and footnotes by key."""

    field: str
    values: dict[str, int]


class AnnexRow(Part):
    """Messages of a kind that is no petition, counted apart."""

    kind: str
    label: str
    new: int
    carried: int
    done: int
    transferred: int
    withdrawn: int
    open: int


class Bridge(Part):
    """How this period hangs together with the one before.

    `left_open`: petitions open when the period began. `joined` and `gone` were classed as another
    kind, or as petitions, only since. `reopened` had ended before and were taken up again;
    `published_late` had ended before, and their answers became public in this period. Neither
    stands in the table.
    """

    left_open: int
    joined: tuple[str, ...]
    gone: tuple[str, ...]
    reopened: tuple[str, ...]
    published_late: tuple[str, ...]


class Figures(Part):
    """All that is printed."""

    kind: str
    period: str
    by: str
    title: str
    label: str
    from_day: date
    to_day: date
    as_of: date | None
    scope: str
    head: Head
    form: Form
    rows: tuple[Row, ...]
    total: Row
    annex: tuple[AnnexRow, ...]
    bridge: Bridge
    cases_digest: str

    @property
    def finished(self) -> bool:
        """Whether the whole period was counted."""
        return self.as_of is None

    @property
    def window(self) -> Window:
        return Window(Period.named(self.period, self.by), self.as_of)

    @property
    def lines(self) -> tuple[Row, ...]:
        """The rows and the total beneath them."""
        return (*self.rows, self.total)


class Cases(Part):
    """The cases behind the figures: petitions in the table, other messages in the annex."""

    petitions: tuple[CaseLine, ...]
    others: tuple[CaseLine, ...]

    def behind(self, form: Form, key: str, field: str | None) -> Iterator[CaseLine]:
        """The cases counted in one cell; `field` None means the total."""
        counts = form.counted[key]
        for line in self.petitions:
            if (field is None or line.field == field) and line.counts_in(counts):
                yield line


class Frozen(Part):
    """A report as it is kept: two texts that never change, and one fingerprint over both."""

    figures: Figures
    cases: Cases

    @property
    def figures_text(self) -> str:
        return canonical_text(self.figures)

    @property
    def cases_text(self) -> str:
        return canonical_text(self.cases)

    @property
    def sha256(self) -> str:
        """The figures' fingerprint; they carry the fingerprint of the cases."""
        return digest(self.figures_text)
