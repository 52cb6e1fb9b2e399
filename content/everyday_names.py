"""What people call a procedure in daily life, kept as data beside the library, by code."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from content.errors import BadFile
from content.shapes import Procedure
from portal.vietnamese import fold

FOLDER = Path(__file__).parent / "library" / "aliases"


@lru_cache(maxsize=1)
def table() -> Mapping[str, tuple[str, ...]]:
    """Code → everyday names, from every file of the folder; raises BadFile."""
    names: dict[str, tuple[str, ...]] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        try:
            for entry in yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader) or []:
                names[str(entry["code"])] = tuple(map(str, entry["aliases"]))
        except (yaml.YAMLError, KeyError, TypeError, UnicodeError) as error:
            raise BadFile(f"{file.name}: không đọc được tên thường gọi ({error}).") from error
    return names


def names_of(procedure: Procedure) -> list[str]:
    """The procedure's own everyday names, then those kept for its code, each once."""
    names = (*procedure.aliases, *table().get(procedure.code, ()))
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(fold(name), name)
    return list(once.values())
