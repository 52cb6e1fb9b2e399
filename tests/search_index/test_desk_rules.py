"""What editors change in search works at once, lasts and is logged; nonsense is refused."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import revisions
from portal.errors import NotFound
from portal.staff.models import StaffAction
from search_index import editing, kept, synonyms
from search_index.documents import SearchDocument, document_of, put, withdraw
from search_index.editing import Editor, EditRefused
from search_index.editor_models import SearchAlias, SearchPin, SearchSynonym
from search_index.models import SearchRow

Procedure = Callable[..., SearchDocument]
KEY = "procedure:1.001193"


@pytest.fixture
def editor(now: datetime) -> Editor:
    return Editor("bien-tap", now)


@pytest.fixture
def page(db: Session, procedure: Procedure) -> SearchDocument:
    document = procedure("1.001193", aliases=("giấy khai sinh",))
    put(db, [document], revision=revisions.advance(db))
    return document


def names(db: Session) -> list[str]:
    return document_of(db.get_one(SearchRow, KEY)).names


def logged(db: Session) -> list[str]:
    return list(db.scalars(select(StaffAction.action).order_by(StaffAction.id)))


def test_a_name_given_by_an_editor_outlives_a_new_import(
    db: Session, editor: Editor, page: SearchDocument
) -> None:
    before = revisions.sequence(db)
    row = editing.add_alias(db, editor, target="1.001193", alias="  làm giấy   cho bé ")
    assert names(db) == [page.title, "giấy khai sinh", "làm giấy cho bé"]
    assert db.get_one(SearchRow, KEY).revision == revisions.sequence(db) == before + 1
    put(db, [page], revision=revisions.advance(db))
    assert "làm giấy cho bé" in names(db)
    editing.take_back(db, editor, SearchAlias, row.id)
    assert names(db) == [page.title, "giấy khai sinh"]
    assert logged(db) == ["search.alias.add", "search.alias.retire"]


def test_a_name_of_a_withdrawn_page_waits_until_it_is_published_again(
    db: Session, editor: Editor, page: SearchDocument
) -> None:
    row = editing.add_alias(db, editor, target=KEY, alias="sinh bé")
    withdraw(db, [KEY], revision=revisions.advance(db))
    with pytest.raises(EditRefused):
        editing.add_alias(db, editor, target=KEY, alias="tên khác")
    put(db, [page], revision=revisions.advance(db))
    assert "sinh bé" in names(db)
    withdraw(db, [KEY], revision=revisions.advance(db))
    editing.take_back(db, editor, SearchAlias, row.id)
    assert db.get_one(SearchRow, KEY).withdrawn


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("target", "alias", "field"),
    [
        ("9.999999", "sinh bé", "target"),
        ("", "sinh bé", "target"),
        ("x" * 5000, "sinh bé", "target"),
        ("\0' OR 1=1 --", "sinh bé", "target"),
        (KEY, "", "alias"),
        (KEY, "?!… \u202e", "alias"),
        (KEY, "bé " * 100, "alias"),
        (KEY, "Giấy khai sinh", "alias"),
    ],
)
def test_a_name_that_helps_nobody_is_refused_by_its_field(
    db: Session, editor: Editor, target: str, alias: str, field: str
) -> None:
    with pytest.raises(EditRefused) as refused:
        editing.add_alias(db, editor, target=target, alias=alias)
    assert refused.value.field == field
    assert logged(db) == []


def test_a_page_has_a_bounded_number_of_names(
    db: Session, editor: Editor, page: SearchDocument
) -> None:
    for number in range(editing.MOST_NAMES_OF_A_PAGE):
        editing.add_alias(db, editor, target=page.key, alias=f"tên {number}")
    with pytest.raises(EditRefused):
        editing.add_alias(db, editor, target=page.key, alias="một tên nữa")


def test_a_synonym_of_an_editor_stands_beside_the_shipped_ones(db: Session, editor: Editor) -> None:
    assert kept.current(db).table is synonyms.shipped()
    row = editing.add_synonym(
        db, editor, phrase="vịt quay", meaning="đăng ký kết hôn", direction="both", weight=90
    )
    kept.look_again(db)
    assert len(kept.current(db).table) == len(synonyms.shipped()) + 2
    editing.take_back(db, editor, SearchSynonym, row.id)
    editing.take_back(db, editor, SearchSynonym, row.id)
    kept.look_again(db)
    assert len(kept.current(db).table) == len(synonyms.shipped())
    assert logged(db) == ["search.synonym.add", "search.synonym.retire"]


@pytest.mark.parametrize(
    ("phrase", "meaning", "field"),
    [
        ("", "kết hôn", "phrase"),
        ("###|||", "kết hôn", "phrase"),
        ("một hai ba bốn năm sáu bảy tám", "kết hôn", "phrase"),
        ("cưới", "", "meaning"),
        ("cưới", "CƯỚI", "meaning"),
        ("cưới", "kết hôn " * 60, "meaning"),
    ],
)
def test_a_synonym_that_cannot_work_is_refused_by_its_field(
    db: Session, editor: Editor, phrase: str, meaning: str, field: str
) -> None:
    with pytest.raises(EditRefused) as refused:
        editing.add_synonym(db, editor, phrase=phrase, meaning=meaning)
    assert refused.value.field == field


def test_the_same_synonym_twice_and_a_long_one_both_ways_are_refused(
    db: Session, editor: Editor
) -> None:
    editing.add_synonym(db, editor, phrase="vịt quay", meaning="kết hôn")
    with pytest.raises(EditRefused):
        editing.add_synonym(db, editor, phrase="Vịt  quay", meaning="kết hôn")
    with pytest.raises(EditRefused):
        long = "cấp giấy xác nhận tình trạng hôn nhân"
        editing.add_synonym(db, editor, phrase="xyz", meaning=long, direction="both")


@pytest.mark.parametrize("phrase", ["a\tb", "a\nb\tc", "\u2028x", "0.5\t>", "# bình luận", "a|b|c"])
def test_no_phrase_breaks_the_table(db: Session, editor: Editor, phrase: str) -> None:
    editing.add_synonym(db, editor, phrase=phrase, meaning="kết\thôn|x", weight=-5)
    assert kept.table(db).words


@pytest.mark.usefixtures("page")
def test_a_pin_is_bounded_and_ends(db: Session, editor: Editor) -> None:
    until = date(2026, 12, 31)
    row = editing.add_pin(db, editor, query="Khai SINH", target="1.001193", position=1, until=until)
    assert row.folded == "khai sinh"
    for position, day, field in [
        (1, until, "position"),
        (9, until, "position"),
        (2, date(2026, 11, 22), "until"),
        (2, date(2030, 1, 1), "until"),
        (2, None, "until"),
    ]:
        with pytest.raises(EditRefused) as refused:
            editing.add_pin(db, editor, query="khai sinh", target=KEY, position=position, until=day)
        assert refused.value.field == field
    with pytest.raises(EditRefused):
        editing.add_pin(db, editor, query="\0 !", target=KEY, position=1, until=until)
    kept.look_again(db)
    assert [pin.document for pin in kept.current(db).pins["khai sinh"]] == [KEY]
    editing.take_back(db, editor, SearchPin, row.id)
    kept.look_again(db)
    assert kept.current(db).pins == {}
    assert db.scalar(select(func.count()).select_from(StaffAction)) == 2


@pytest.mark.parametrize("number", [0, -1, 12345, 2**70])
def test_an_entry_that_never_was_cannot_be_taken_back(
    db: Session, editor: Editor, number: int
) -> None:
    with pytest.raises(NotFound):
        editing.take_back(db, editor, SearchSynonym, number)
