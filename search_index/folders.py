"""Where an index lies: a folder per build, and one small file that says which is in force."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import search_index.analysis
from search_index import flat, synonyms

POINTER = "current"
LOCK = "lock"
WRITTEN_BY = ("analysis.py", "documents.py", "flat.py", "store.py")


@dataclass(frozen=True)
class Part:
    """One segment of the index and its entries that were deleted since."""

    name: str
    deleted: tuple[int, ...]


@dataclass(frozen=True)
class State:
    """What the index in force holds: everything published up to `revision`."""

    folder: str
    revision: int
    documents: int
    parts: tuple[Part, ...]


def rules() -> str:
    """The rules an index was made by; another value means it must be made anew."""
    return f"{shape()}-{synonyms.shipped().digest}"


def shape() -> str:
    """What an index looks like inside, after the code that writes and reads it.

    An index of another shape is not even opened; one of other synonyms serves until it is replaced.
    """
    return f"a{search_index.analysis.ANALYSIS_VERSION}.{_code_digest()}"


@lru_cache(maxsize=1)
def _code_digest() -> str:
    code = b"".join(Path(__file__).with_name(name).read_bytes() for name in WRITTEN_BY)
    return hashlib.sha256(code).hexdigest()[:8]


def state(root: Path) -> State | None:
    """The index in force; None if there is none or the pointer cannot be read."""
    try:
        told = json.loads((root / POINTER).read_text("utf-8"))
        parts = tuple(Part(part["name"], tuple(part["deleted"])) for part in told["parts"])
        found = State(told["folder"], int(told["revision"]), int(told["documents"]), parts)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return found if Path(found.folder).name == found.folder else None


def follows_rules(found: State) -> bool:
    return found.folder.split("-", 1)[-1] == rules()


def can_be_read(found: State) -> bool:
    return found.folder.split("-")[1:2] == [shape()]


def switch(root: Path, new: State) -> None:
    """Put another index in force, at once and whole."""
    draft = root / f"{POINTER}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(new), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root / POINTER)
    folder = os.open(root, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def new_folder(root: Path) -> Path:
    """An empty folder for a build, numbered after all others, named by the rules."""
    numbers = [int(name) for path in root.iterdir() if (name := path.name.split("-")[0]).isdigit()]
    made = root / f"{max(numbers, default=0) + 1:06}-{rules()}"
    made.mkdir()
    return made


def segment_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.flat"


def load(root: Path, found: State) -> flat.Segment:
    """The arrays of the index in force. Raises flat.Damaged."""
    folder = root / found.folder
    read = [(flat.read(segment_file(folder, part.name)), part.deleted) for part in found.parts]
    return flat.join(read)


def clean(root: Path, keep: Sequence[State | None]) -> None:
    """Throw away builds and arrays that neither the index in force nor the one before needs."""
    wanted = {one.folder: {part.name for part in one.parts} for one in keep if one}
    for other in keep:
        if other:
            wanted[other.folder] |= {part.name for part in other.parts}
    for path in root.iterdir():
        if path.is_dir() and path.name not in wanted:
            shutil.rmtree(path, ignore_errors=True)
    for folder, names in wanted.items():
        for path in (root / folder).glob("*.flat"):
            if path.stem not in names:
                path.unlink(missing_ok=True)


@contextmanager
def only_indexer(root: Path) -> Iterator[bool]:
    """True while we are the one indexer of this folder; the lock dies with its process."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
