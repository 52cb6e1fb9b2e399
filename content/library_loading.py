"""Loads the starter library: procedures and life events in YAML, all other pages in Markdown."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import ValidationError
from sqlalchemy.orm import Session

from content import instrument_file, instruments, leaves, library_english
from content.english import publish_english
from content.errors import BadFile
from content.leaf_shapes import LifeEvent, Question
from content.models import Origin, Source
from content.publishing import Publication, publish_article, publish_leaf, renew_names
from content.shapes import Article, Procedure, Shape
from content.taking_in import Change, take_in

FOLDERS: dict[str, Literal["guide", "news", "page"]] = {
    "guides": "guide",
    "pages": "page",
    "news": "news",
}
ENGLISH = ".en"
FENCE = "---\n"

Kept = TypeVar("Kept", bound=Shape)


@dataclass(frozen=True)
class Loaded:
    """How many files there are, and how many of them brought something new."""

    procedures: int
    articles: int
    changed: int
    questions: int = 0
    life_events: int = 0


def load(db: Session, folder: Path, *, now: datetime) -> Loaded:
    """Publish what is new in the library; loading it again changes nothing. The caller commits.

    Raises BadFile with the file and the reason before anything is written.
    """
    procedures = [_procedure(file) for file in sorted(folder.glob("procedures/*.yaml"))]
    articles = [
        _article(file, kind)
        for name, kind in FOLDERS.items()
        for file in sorted(folder.glob(f"{name}/*.md"))
    ]
    questions = [_question(file) for file in sorted(folder.glob("questions/*.md"))]
    events = [_life_event(file) for file in sorted(folder.glob("life_events/*.yaml"))]
    told = library_english.read(folder, {one.code: one for one in procedures})
    if not (procedures or articles or questions or events):
        raise BadFile(f"Thư viện «{folder}» không có tệp nội dung nào.")
    register = folder / "instruments.csv"
    lines = instrument_file.read(register) if register.is_file() else []
    publication = Publication(db, now, Origin.LIBRARY)
    instruments.load(db, lines)
    changes = take_in(publication, Source.LIBRARY, procedures, serves=_everybody)
    renew_names(publication)
    changed = sum(change != Change.UNCHANGED for change in changes.values())
    changed += sum(publish_article(publication, article) for article in articles)
    found = [*map(leaves.of_question, questions), *map(leaves.of_life_event, events)]
    changed += sum(publish_leaf(publication, leaf) for leaf in found)
    changed += sum(publish_english(publication, one) for one in told)
    return Loaded(len(procedures), len(articles), changed, len(questions), len(events))


def _everybody(_issuing_agency: str) -> bool:
    """What is in the library was chosen for the people of this site."""
    return True


def _procedure(file: Path) -> Procedure:
    procedure = _shaped(file, Procedure, _mapping(file, _text(file)))
    if procedure.code != file.stem:
        raise BadFile(f"{file.name}: mã «{procedure.code}» khác tên tệp.")
    return procedure


def _article(file: Path, kind: Literal["guide", "news", "page"]) -> Article:
    given, body = _parted(file)
    name = file.name.removesuffix(".md")
    implied = {
        "kind": kind,
        "slug": name.removesuffix(ENGLISH),
        "language": "en" if name.endswith(ENGLISH) else "vi",
    }
    return _shaped(file, Article, {**_agreeing(file, given, implied), "body": body})


def _question(file: Path) -> Question:
    given, body = _parted(file)
    return _shaped(file, Question, {**_agreeing(file, given, {"slug": file.stem}), "body": body})


def _life_event(file: Path) -> LifeEvent:
    given = _mapping(file, _text(file))
    return _shaped(file, LifeEvent, _agreeing(file, given, {"slug": file.stem}))


def _parted(file: Path) -> tuple[dict[str, Any], str]:
    """The head and the body of a Markdown file."""
    text = _text(file)
    if not text.startswith(FENCE) or f"\n{FENCE}" not in text:
        raise BadFile(f"{file.name}: phần đầu phải nằm giữa hai dòng «---».")
    head, body = text.removeprefix(FENCE).split(f"\n{FENCE}", 1)
    if not body.strip():
        raise BadFile(f"{file.name}: chưa có nội dung dưới phần đầu.")
    return _mapping(file, head), body


def _agreeing(file: Path, given: dict[str, Any], implied: dict[str, str]) -> dict[str, Any]:
    """What the file says, with what its name and folder say; they may not differ."""
    for key, value in implied.items():
        if given.get(key, value) != value:
            raise BadFile(f"{file.name}: «{key}» phải là «{value}» như tên tệp và thư mục.")
    return {**given, **implied}


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadFile(f"{file.name}: không phải chữ UTF-8.") from error


def _mapping(file: Path, text: str) -> dict[str, Any]:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise BadFile(f"{file.name}: YAML sai ở dòng {line}.") from error
    if not isinstance(found, dict):
        raise BadFile(f"{file.name}: cần các mục có tên.")
    return found


def _shaped(file: Path, shape: type[Kept], found: dict[str, Any]) -> Kept:
    try:
        return shape.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "tệp"
        raise BadFile(f"{file.name}: mục «{where}» không đúng: {first['msg']}.") from error
