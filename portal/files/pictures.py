"""Draws pictures anew: upright, scaled for the web, and without what a camera wrote into them."""

import io
from typing import TYPE_CHECKING

from portal.files import errors
from portal.files.kinds import FileKind, Seen

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_MEGAPIXELS = 40
FOR_PAGES = 2000
FOR_LISTS = 480
JPEG_QUALITY = 85


def redraw(data: bytes, seen: Seen, *, longest: int = FOR_PAGES) -> tuple[bytes, Seen]:
    """The same picture with neither side longer than `longest`, in pixels; raises FileRefused.

    `seen` is what `recognise` said: the number of pixels is judged before one of them is decoded.
    """
    if (seen.width or 0) * (seen.height or 0) > MOST_MEGAPIXELS * 1_000_000:
        raise errors.too_many_pixels(MOST_MEGAPIXELS)
    try:
        upright = _upright(data, seen, longest)
    except errors.FileRefused:
        raise
    except Exception as error:  # decoders fail in many ways at bytes made to make them fail
        raise errors.broken() from error
    return _encoded(upright, seen.kind), Seen(seen.kind, upright.width, upright.height)


def _upright(data: bytes, seen: Seen, longest: int) -> "Image":
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=[seen.kind.name]) as opened:
        if opened.size != (seen.width, seen.height):
            raise errors.two_in_one()
        opened.draft("RGB", (longest, longest))
        plain = _plain(ImageOps.exif_transpose(opened), seen.kind)
    plain.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return plain


def _plain(image: "Image", kind: FileKind) -> "Image":
    """Colours alone: no profile, no comment, no place, no second picture."""
    seen_through = kind is FileKind.PNG and image.has_transparency_data
    if image.mode in {"L", "1", "I", "F"} or image.mode.startswith("I;16"):
        mode = "LA" if seen_through else "L"
    else:
        mode = "RGBA" if seen_through else "RGB"
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256)
    made = image.convert(mode)
    made.info = {}
    return made


def _encoded(image: "Image", kind: FileKind) -> bytes:
    target = io.BytesIO()
    if kind is FileKind.JPEG:
        image.save(target, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True)
    else:
        image.save(target, "PNG")
    return target.getvalue()
