"""Makes a report of a period: counts, freezes, keeps, issues, and writes its files."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from feedback.counting import facts_at
from portal import clock
from portal.canonical import canonical_text, digest
from portal.profile import Profile
from portal.staff import audit
from reports import figures, form
from reports.errors import CannotIssue, NoReport, ReportRefused
from reports.figures import Counted
from reports.form import Form
from reports.models import Report, State
from reports.periods import Period, Window
from reports.record import Cases, Figures, Frozen, Head, Row

FEEDBACK = "feedback"
FORMS = {FEEDBACK: "II.05a"}
LARGEST_ID = 2**31 - 1  # PostgreSQL refuses to compare with a larger one
SUFFIXES = ("xlsx", "docx")


Made = tuple[Counted, tuple[Row, ...], Row]


def form_of(kind: str, own: Path | None = None) -> Form:
    """The form for a kind of report; raises ReportRefused for a kind that is not made here."""
    if kind not in FORMS:
        known = ", ".join(FORMS)
        raise ReportRefused(_("Loại báo cáo phải là: %(known)s.", known=known))
    return form.load(FORMS[kind], own)


def build(db: Session, *, kind: str, window: Window, form: Form, profile: Profile) -> Frozen:
    """Count the window and freeze the result; nothing is written."""
    start = window.period.start
    counted = figures.count(facts_at(db, start), facts_at(db, window.until), start)
    rows, total = figures.rows(form, counted.cases)
    for row in (*rows, total):
        _check(form, row)
    return Frozen(
        figures=_figures(kind, window, form, profile, (counted, rows, total)), cases=counted.cases
    )


def _check(form: Form, row: Row) -> None:
    """Never print figures that contradict the form; raises ReportRefused."""
    broken = form.broken(row.values)
    if broken:
        raise ReportRefused(
            _(
                "Số liệu dòng «%(row)s» không khớp đẳng thức của biểu: %(broken)s.",
                row=row.field,
                broken="; ".join(broken),
            )
        )


def _figures(
    kind: str,
    window: Window,
    form: Form,
    profile: Profile,
    made: tuple[Counted, tuple[Row, ...], Row],
) -> Figures:
    counted, rows, total = made
    period = window.period
    return Figures(
        kind=kind,
        period=period.name,
        by=period.by,
        title=period.title,
        label=window.label,
        from_day=period.from_day,
        to_day=period.to_day,
        as_of=window.as_of,
        scope=profile.tenant,
        head=head(profile, form),
        form=form,
        rows=rows,
        total=total,
        annex=figures.annex(counted.cases),
        bridge=counted.bridge,
        cases_digest=digest(canonical_text(counted.cases)),
    )


def head(profile: Profile, form: Form) -> Head:
    """Who reports, to whom, on which form, as the profile says today."""
    office = profile.organisation
    return Head(
        organisation=office.name,
        full_name=office.full_name,
        short_name=office.short_name,
        parent=office.parent,
        place=profile.place,
        symbol=office.short_code,
        addressees=profile.addressees,
        form_code=f"{form.code}/{profile.form_suffix}",
    )


def keep(db: Session, frozen: Frozen, *, by: str, now: datetime) -> Report:
    """Keep a draft; the same figures again are the same draft."""
    found = frozen.figures
    earlier = db.scalar(
        select(Report).where(Report.digest == frozen.sha256, Report.state == State.DRAFT)
    )
    if earlier is not None:
        return earlier
    report = Report(
        kind=found.kind,
        period=found.period,
        by=found.by,
        from_day=found.from_day,
        to_day=found.to_day,
        as_of=found.as_of,
        scope=found.scope,
        figures=frozen.figures_text,
        cases=frozen.cases_text,
        digest=frozen.sha256,
        created_at=now,
        created_by=by,
    )
    db.add(report)
    db.flush()
    audit.record(db, actor=by, action="report.build", subject=_subject(report), at=now)
    return report


def issue(db: Session, report_id: int, *, by: str, now: datetime) -> Report:
    """Issue a draft of a finished period; a second issue of the period is an amendment.

    Raises NoReport or CannotIssue.
    """
    report = _locked_with_its_period(db, report_id)
    if report.state == State.ISSUED:
        raise CannotIssue(_("Báo cáo này đã ban hành; muốn sửa, hãy lập báo cáo mới của kỳ."))
    if not may_issue(report, clock.local_date(now)):
        raise CannotIssue(
            _("Kỳ báo cáo chưa kết thúc hoặc số liệu chỉ tính đến một ngày: chưa ban hành được.")
        )
    report.number = 1 + (db.scalar(select(func.max(Report.number)).where(*_same(report))) or 0)
    report.state, report.issued_at, report.issued_by = State.ISSUED, now, by
    db.flush()
    audit.record(
        db,
        actor=by,
        action="report.issue",
        subject=_subject(report),
        detail={"digest": report.digest, "number": report.number},
        at=now,
    )
    return report


def may_issue(report: Report, today: date) -> bool:
    """Whether it is a draft of a whole period that is over."""
    return report.state == State.DRAFT and report.as_of is None and today > report.to_day


def _locked_with_its_period(db: Session, report_id: int) -> Report:
    """The report, fresh; all reports of its period stay locked, so that no two get one number."""
    report = find(db, report_id)
    locked = select(Report).where(*_same(report)).order_by(Report.id).with_for_update()
    db.scalars(locked.execution_options(populate_existing=True)).all()
    return report


def _same(report: Report) -> tuple[ColumnElement[bool], ...]:
    return (
        Report.scope == report.scope,
        Report.kind == report.kind,
        Report.period == report.period,
        Report.by == report.by,
    )


def _subject(report: Report) -> str:
    return f"{report.kind} {report.period} {report.by} #{report.id}"


def find(db: Session, report_id: int) -> Report:
    """The report; raises NoReport."""
    report = db.get(Report, report_id) if report_id <= LARGEST_ID else None
    if report is None:
        raise NoReport(_("Không có báo cáo này."))
    return report


def thaw(report: Report) -> Frozen:
    """The report's figures and cases, checked against its fingerprint; raises ValueError."""
    found = Figures.model_validate_json(report.figures)
    if digest(report.figures) != report.digest or digest(report.cases) != found.cases_digest:
        raise ValueError(f"report {report.id} does not match its fingerprint")
    return Frozen(figures=found, cases=Cases.model_validate_json(report.cases))


def latest(db: Session, limit: int) -> Sequence[Report]:
    """The newest reports, drafts and issued ones."""
    return db.scalars(select(Report).order_by(Report.id.desc()).limit(limit)).all()


def file_name(found: Figures, suffix: str) -> str:
    """pakn-2026-Q4.xlsx"""
    return f"pakn-{found.period}.{suffix}"


def title_of(report: Report) -> str:
    """The period as people say it, with its days."""
    found = Period.named(report.period, report.by)
    return Window(found, report.as_of).label


def file(frozen: Frozen, suffix: str) -> bytes:
    """The report as a workbook (xlsx) or as the covering report with the form behind it (docx)."""
    if suffix == "xlsx":
        from reports import workbook

        return workbook.write(frozen)
    from reports import document

    return document.write(frozen)


def files(frozen: Frozen) -> dict[str, bytes]:
    """Both files, by name."""
    return {file_name(frozen.figures, suffix): file(frozen, suffix) for suffix in SUFFIXES}
