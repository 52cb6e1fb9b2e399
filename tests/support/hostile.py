"""A hundred files that are not what they seem, or that do more than a document should."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.support import good_files as good

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<html><script>alert(document.cookie)</script></html>"
PROGRAM = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + bytes(200)
ARCHIVE = good.zipped({"tro-giup.html": SCRIPT})
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
NAMES = ("don.pdf", "to-khai.docx", "anh.jpg", "../../etc/passwd.png", "bang.xlsx", "CON.doc")
MACRO_ENABLED = "application/vnd.ms-{}.macroEnabled.main+xml"


@dataclass(frozen=True)
class Hostile:
    """A file somebody may send: what is wrong with it, the name it comes under, its bytes."""

    wrong: str
    name: str
    data: bytes


@cache
def files() -> tuple[Hostile, ...]:
    made = (
        *_under_false_names(),
        *_two_in_one(),
        *_cut_off(),
        *_office(),
        *_packages_that_lie(),
        *_older_office(),
        *_portable(),
        *_pictures(),
    )
    assert len({one.wrong for one in made}) == len(made)
    return made


def _under_false_names() -> Iterator[Hostile]:
    things = {
        "a web page": SCRIPT,
        "a page with a mark of order": b"\xef\xbb\xbf  <!DOCTYPE html>" + SCRIPT,
        "a page in UTF-16": "\ufeff<html><script>alert(1)</script>".encode("utf-16-le"),
        "an SVG": SVG,
        "an SVG behind a declaration": b'<?xml version="1.0"?>' + SVG,
        "a packed SVG": zlib.compress(SVG),
        "an HTA": b'<HTA:APPLICATION id="a"><script language="VBScript">x</script>',
        "a program": PROGRAM,
        "a Linux program": b"\x7fELF" + bytes(100),
        "a Mac program": b"\xcf\xfa\xed\xfe" + bytes(100),
        "a shell script": b"#!/bin/sh\nrm -rf /\n",
        "a batch file": b"@echo off\r\ndel *.*\r\n",
        "a PowerShell script": b"powershell -enc AAAA",
        "a Visual Basic script": b'Dim shell\r\nSet shell = CreateObject("WScript.Shell")',
        "a PHP page": b"<?php system($_GET['c']); ?>",
        "a Python program": b"import os\nos.system('id')\n",
        "a shortcut": b"L\0\0\0\x01\x14\x02\0" + bytes(60),
        "an internet shortcut": b"[InternetShortcut]\r\nURL=file://x/y\r\n",
        "an archive": ARCHIVE,
        "a RAR archive": b"Rar!\x1a\x07\x01\0" + bytes(40),
        "a 7z archive": b"7z\xbc\xaf\x27\x1c" + bytes(40),
        "a packed file": b"\x1f\x8b\x08\0" + bytes(40),
        "a disk image": bytes(32769) + b"CD001" + bytes(100),
        "a rich text": rb"{\rtf1{\object\objocx\objdata 01}}",
        "a GIF": b"GIF89a" + bytes(30),
        "a WebP": b"RIFF\x20\0\0\0WEBPVP8 " + bytes(30),
        "a TIFF": b"II*\0" + bytes(30),
        "a BMP": b"BM" + bytes(60),
        "a Java archive": good.zipped({"META-INF/MANIFEST.MF": b"Main-Class: A", "A.class": b"x"}),
        "an OpenDocument text": good.zipped({"mimetype": b"application/vnd.oasis", "a.xml": b"x"}),
        "an Android program": good.zipped({"AndroidManifest.xml": b"\x03\0", "classes.dex": b"d"}),
        "nothing at all": b"",
        "one byte": b"%",
        "only zeros": bytes(5000),
        "plain words": "Kính gửi Trung tâm".encode(),
        "PostScript": b"%!PS-Adobe-3.0\n(%PDF) show",
        "the test signature": EICAR,
    }
    for number, (wrong, data) in enumerate(things.items()):
        yield Hostile(f"{wrong} under a false name", NAMES[number % len(NAMES)], data)


def _two_in_one() -> Iterator[Hostile]:
    for suffix, data in good.all_kinds().items():
        yield Hostile(f"{suffix} with an archive behind it", f"a.{suffix}", data + ARCHIVE)
        yield Hostile(f"{suffix} with a page behind it", f"b.{suffix}", data + SCRIPT)
        yield Hostile(f"{suffix} with a page before it", f"c.{suffix}", SCRIPT + data)
        yield Hostile(f"{suffix} with a program behind it", f"d.{suffix}", data + PROGRAM)
    yield Hostile("a JPEG that is also a PDF", "e.jpg", good.jpeg() + good.pdf())
    yield Hostile("a PDF that begins as a page", "f.pdf", good.pdf(head=SCRIPT + b"\n"))
    yield Hostile("a PDF behind other bytes", "g.pdf", b"GIF89a" + bytes(20) + good.pdf())
    yield Hostile("a JPEG with a page as its comment", "h.jpg", good.jpeg(comment=SCRIPT))
    yield Hostile("a PNG with a page as its text", "i.png", _png_with(b"tEXt", b"a\0" + SCRIPT))


def _cut_off() -> Iterator[Hostile]:
    for suffix, data in good.all_kinds().items():
        yield Hostile(f"half of a {suffix}", f"a.{suffix}", data[: len(data) // 2])
        yield Hostile(f"the first bytes of a {suffix}", f"b.{suffix}", data[:10])


def _office() -> Iterator[Hostile]:
    word, excel = MACRO_ENABLED.format("word.document"), MACRO_ENABLED.format("excel.sheet")
    vba = '<Override PartName="/word/x.xml" ContentType="application/vnd.ms-office.vbaProject"/>'
    field = b'<w:document xmlns:w="w"><w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\cmd'
    dde = {"word/document.xml": field + b"</w:instrText></w:document>"}
    parts = {
        "a VBA project": {"word/vbaProject.bin": b"x"},
        "an embedded object": {"word/embeddings/oleObject1.bin": b"x"},
        "an ActiveX control": {"word/activeX/activeX1.xml": b"<x/>"},
        "a page inside": {"word/afchunk.htm": SCRIPT},
        "a program as a picture": {"word/media/image1.png": PROGRAM},
        "an archive as a picture": {"word/media/image1.png": ARCHIVE},
        "a field that starts a program": dde,
        "a part that climbs out": {"../../evil.xml": b"<x/>"},
        "an absolute part": {"/etc/cron.xml": b"<x/>"},
        "a part twice": {"WORD/Document.xml": b"<x/>"},
        "entities": {"word/_rels/a.xml.rels": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
    }
    for wrong, more in parts.items():
        yield Hostile(f"a DOCX with {wrong}", "a.docx", good.office("docx", more))
    yield Hostile("a DOCM as DOCX", "a.docx", good.office("docx", main_type=word))
    yield Hostile("an XLSM as XLSX", "a.xlsx", good.office("xlsx", main_type=excel))
    yield Hostile("a DOCX that lists macros", "a.docx", good.office("docx", types=vba))
    sheet = {"xl/macrosheets/sheet1.xml": b"<x/>"}
    yield Hostile("an XLSX with a macro sheet", "a.xlsx", good.office("xlsx", sheet))
    for kind in ("attachedTemplate", "oleObject", "image", "frame", "subDocument"):
        outside = good.link(kind, "http://example.org/x.dotm")
        yield Hostile(
            f"a DOCX with {kind} from outside", "a.docx", good.office("docx", links=outside)
        )


def _packages_that_lie() -> Iterator[Hostile]:
    bomb = bytes(40 * 1024 * 1024)
    yield Hostile("a DOCX that swells", "a.docx", good.office("docx", {"word/a.xml": bomb}))
    many = {f"word/{number}.xml": b"" for number in range(5000)}
    yield Hostile("a DOCX of 5,000 parts", "a.docx", good.office("docx", many))
    nested = good.office("docx", {"word/media/a.png": good.office("docx", {"word/a.xml": bomb})})
    yield Hostile("a bomb in a DOCX", "a.docx", nested)
    plain = good.office("docx")
    locked = bytearray(plain)
    at = -1
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        while (at := plain.find(mark, at + 1)) >= 0:
            locked[at + flags] |= 1
    yield Hostile("a DOCX whose parts are locked", "a.docx", bytes(locked))
    wrong = bytearray(plain)
    wrong[60] ^= 0xFF
    yield Hostile("a DOCX with a changed byte", "a.docx", bytes(wrong))
    yield Hostile(
        "a package without its kind", "a.docx", good.zipped({"[Content_Types].xml": b"<T/>"})
    )
    target = io.BytesIO(plain)
    with zipfile.ZipFile(target, "a") as package:
        package.comment = SCRIPT
    yield Hostile("a DOCX with a page as its comment", "a.docx", target.getvalue())


def _older_office() -> Iterator[Hostile]:
    for place in ("Macros", "VBA", "_VBA_PROJECT_CUR"):
        yield Hostile(f"a DOC with {place}", "a.doc", good.doc(place))
        yield Hostile(f"an XLS with {place}", "a.xls", good.xls(place))
    yield Hostile("a DOC with an object", "a.doc", good.doc("\x01Ole10Native"))
    yield Hostile("an XLS with an object", "a.xls", good.xls("MBD0012AB34"))
    yield Hostile("an XLS with controls", "a.xls", good.xls("Ctls"))
    yield Hostile("a locked DOC", "a.doc", good.doc(flags=0x0100))
    yield Hostile("a locked XLS", "a.xls", good.xls(locked=True))
    yield Hostile("an XLS with a macro sheet", "a.xls", good.xls(sheet=1))
    locked = {"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(4096)}
    yield Hostile("a locked package", "a.docx", good.compound(locked))
    yield Hostile("an installer", "a.doc", good.compound({"\u4840\u3f7f": bytes(4096)}))
    both = {"WordDocument": bytes(4096), "Workbook": bytes(4096)}
    yield Hostile("a DOC that is also an XLS", "a.doc", good.compound(both))


def _portable() -> Iterator[Hostile]:
    action = b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    hidden = b"/OpenAction<</S/J#61vaScript/J#53(app.alert(1))>>"
    entries = {
        "a script": action,
        "a script under another spelling": hidden,
        "a program to start": b"/OpenAction<</S/Launch/F(cmd.exe)>>",
        "a form that sends itself": b"/AA<</O<</S/SubmitForm/F(http://example.org)>>>>",
        "an attached file": b"/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>",
        "an XFA form": b"/AcroForm<</XFA 4 0 R/Fields[]>>",
        "a film": b"/X<</Subtype/RichMedia>>",
    }
    for wrong, entry in entries.items():
        yield Hostile(f"a PDF with {wrong}", "a.pdf", good.pdf(catalog=entry))
    inner = b"5 0 <</S/JavaScript/JS(app.alert(1))>>"
    packed = zlib.compress(inner)
    head = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(packed)
    yield Hostile("a PDF with a packed script", "a.pdf", _with_packed(head, packed))
    yield Hostile("a locked PDF", "a.pdf", _locked())
    yield Hostile("a PDF without pages", "a.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF")


def _locked() -> bytes:
    from pypdf import PdfWriter

    writer, target = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("mat khau", algorithm="AES-256")
    writer.write(target)
    return target.getvalue()


def _with_packed(head: bytes, packed: bytes) -> bytes:
    """A PDF whose fifth object lies packed in the fourth, listed by a packed table."""
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, text in enumerate(
        (
            b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            head + b"stream\n" + packed + b"\nendstream",
        ),
        1,
    ):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(made)
    rows = [(0, 0, 255), *((1, place, 0) for place in places), (2, 4, 0), (1, start, 0)]
    table = b"".join(struct.pack(">BHB", *row) for row in rows)
    made += b"6 0 obj\n<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return bytes(made) + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def _pictures() -> Iterator[Hostile]:
    yield Hostile("a PNG of 2,500,000,000 pixels", "a.png", _sized(good.png(), 50_000, 50_000))
    yield Hostile("a PNG of no width", "a.png", _sized(good.png(), 0, 40))
    large = bytearray(good.jpeg())
    at = large.find(b"\xff\xc0")
    large[at + 5 : at + 9] = struct.pack(">HH", 65000, 65000)
    yield Hostile("a JPEG of 4,225,000,000 pixels", "a.jpg", bytes(large))
    yield Hostile("a JPEG without a picture", "a.jpg", b"\xff\xd8\xff\xfe\0\x04ab\xff\xd9")
    yield Hostile("a PNG whose text swells", "a.png", _png_with(b"zTXt", _swelling()))


def _swelling() -> bytes:
    return b"a\0\0" + zlib.compress(bytes(80 * 1024 * 1024))


def _png_with(name: bytes, data: bytes) -> bytes:
    plain = good.png()
    chunk = struct.pack(">I", len(data)) + name + data
    return plain[:33] + chunk + struct.pack(">I", zlib.crc32(name + data)) + plain[33:]


def _sized(plain: bytes, width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">II", width, height) + plain[24:29]
    return plain[:12] + head + struct.pack(">I", zlib.crc32(head)) + plain[33:]
