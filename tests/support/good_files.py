"""Makes small true files of every kind that is taken in."""

import io
import struct
import zipfile
from collections.abc import Mapping

OFFICE = "application/vnd.openxmlformats-officedocument."
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "docx": ("word/document.xml", f"{OFFICE}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OFFICE}spreadsheetml.sheet.main+xml"),
}
SECTOR = 512
FREE, END_OF_CHAIN, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def jpeg(width: int = 60, height: int = 40, **saved: object) -> bytes:
    return _picture("JPEG", "RGB", width, height, **saved)


def png(width: int = 60, height: int = 40, mode: str = "RGB", **saved: object) -> bytes:
    return _picture("PNG", mode, width, height, **saved)


def _picture(form: str, mode: str, width: int, height: int, **saved: object) -> bytes:
    from PIL import Image

    target = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(target, form, **saved)
    return target.getvalue()


def pdf(*extra: bytes, catalog: bytes = b"", page: bytes = b"", head: bytes = b"") -> bytes:
    """One empty page; `extra` are further objects (from number 4), the others more entries."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]" + page + b">>",
        *extra,
    ]
    made = bytearray(b"%PDF-1.7\n" + head)
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return bytes(made) + b"startxref\n%d\n%%%%EOF\n" % start


def office(
    kind: str,
    parts: Mapping[str, bytes] | None = None,
    *,
    main_type: str = "",
    types: str = "",
    links: str = "",
) -> bytes:
    """A minimal DOCX or XLSX, with more parts, types and links of its document where given."""
    main, usual_type = PARTS[kind]
    folder, name = main.split("/")
    document = {
        "docx": b'<w:document xmlns:w="w"><w:body><w:p/></w:body></w:document>',
        "xlsx": b'<workbook xmlns="x"><sheets/></workbook>',
    }[kind]
    listed = {
        "[Content_Types].xml": (
            '<?xml version="1.0"?><Types xmlns="t"><Default Extension="rels" ContentType="r"/>'
            f'<Override PartName="/{main}" ContentType="{main_type or usual_type}"/>{types}</Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="r"><Relationship Id="rId1" Target="{main}" '
            f'Type="{RELATIONS}/officeDocument"/></Relationships>'
        ).encode(),
        main: document,
        f"{folder}/_rels/{name}.rels": (
            f'<Relationships xmlns="r">{links}</Relationships>'
        ).encode(),
        **(parts or {}),
    }
    return zipped(listed)


def link(kind: str, target: str, *, outside: bool = True) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="rId9" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'


def zipped(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return target.getvalue()


def doc(*more: str, flags: int = 0) -> bytes:
    stream = struct.pack("<H8xH", 0xA5EC, flags) + bytes(5000)
    return compound({"WordDocument": stream, **dict.fromkeys(more, bytes(4096))})


def xls(*more: str, sheet: int = 0, locked: bool = False) -> bytes:
    def record(number: int, data: bytes) -> bytes:
        return struct.pack("<HH", number, len(data)) + data

    stream = record(0x0809, bytes(16)) + (record(0x2F, bytes(6)) if locked else b"")
    stream += record(0x85, struct.pack("<IBB", 0, 0, sheet) + b"\x01\x00A") + record(0x0A, b"")
    return compound({"Workbook": stream.ljust(4096, b"\0"), **dict.fromkeys(more, bytes(4096))})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams, of 4096 bytes and more each, 60 KB together at most."""
    body, fat, places = b"", [FAT_SECTOR], []
    for data in streams.values():
        count = -(-len(data) // SECTOR)
        first = len(fat)
        places.append((first, len(data)))
        fat += [*range(first + 1, first + count), END_OF_CHAIN]
        body += data.ljust(count * SECTOR, b"\0")
    names = list(streams)
    entries = [_entry("Root Entry", 5, 1 if names else FREE, END_OF_CHAIN, 0)]
    for at, (name, (first, size)) in enumerate(zip(names, places, strict=True)):
        right = at + 2 if at + 1 < len(names) else FREE
        entries.append(_entry(name, 2, FREE, first, size, right))
    entries += [_entry("", 0, FREE, 0, 0)] * (-len(entries) % 4)
    directory = len(fat)
    sectors = len(entries) // 4
    fat += [*range(directory + 1, directory + sectors), END_OF_CHAIN]
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, directory, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[FREE] * 108)
    return header + table + body + b"".join(entries)


def _entry(name: str, kind: int, child: int, first: int, size: int, right: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + (b"\0\0" if name else b"")
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xI16xIQ", len(text), kind, 1, FREE, right, child, 0, first, size
    )


def all_kinds() -> dict[str, bytes]:
    """One of each, by the ending of its usual name."""
    return {
        "pdf": pdf(),
        "doc": doc(),
        "docx": office("docx"),
        "xls": xls(),
        "xlsx": office("xlsx"),
        "jpg": jpeg(),
        "png": png(),
    }
