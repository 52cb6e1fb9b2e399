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
    from PIL import Image, ImageOps, UnidentifiedImageError

    width, height = seen.width or 0, seen.height or 0
    if width * height > MOST_MEGAPIXELS * 1_000_000:
        raise errors.too_many_pixels(MOST_MEGAPIXELS)
    try:
        with Image.open(io.BytesIO(data), formats=[seen.kind.name]) as opened:
            if opened.size != (width, height):
                raise errors.two_in_one()
            opened.draft("RGB", (longest, longest))
            upright = ImageOps.exif_transpose(opened)
            plain = _plain(upright, seen.kind)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError) as error:
        raise errors.broken() from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise errors.too_many_pixels(MOST_MEGAPIXELS) from error
    plain.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return _encoded(plain, seen.kind), Seen(seen.kind, plain.width, plain.height)


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
