"""Reads the library's procedures in English, each tied to the Vietnamese text it was made from."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from content.english import told_digest
from content.errors import BadFile
from content.leaf_shapes import EnglishProcedure
from content.shapes import Procedure

FOLDER = "procedures_en"


def read(folder: Path, originals: Mapping[str, Procedure]) -> list[EnglishProcedure]:
    """The English procedures whose Vietnamese is in the library too.

    A file names the fingerprint of the Vietnamese file it was made from. Where that is the file
    beside it, the page carries the fingerprint of what that procedure tells, by which every later
    version of the original is compared; else it keeps one that matches nothing: it is older.
    """
    files = sorted((folder / FOLDER).glob("*.yaml"))
    return [_read(file, folder, originals) for file in files if file.stem in originals]


def _read(file: Path, folder: Path, originals: Mapping[str, Procedure]) -> EnglishProcedure:
    told = _shaped(file)
    if told.code != file.stem:
        raise BadFile(f"{file.name}: mã «{told.code}» khác tên tệp.")
    made_from = (folder / "procedures" / file.name).read_bytes()
    if hashlib.sha256(made_from).hexdigest() != told.source_digest:
        return told
    return told.model_copy(update={"source_digest": told_digest(originals[told.code])})


def _shaped(file: Path) -> EnglishProcedure:
    try:
        return EnglishProcedure.model_validate(yaml.safe_load(file.read_text("utf-8-sig")))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadFile(f"{FOLDER}/{file.name}: không đọc được.") from error
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "tệp"
        raise BadFile(f"{FOLDER}/{file.name}: mục «{where}» không đúng.") from error
