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
    """Small first, then turned: a large picture is in memory only once."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=[seen.kind.name]) as opened:
        if opened.size != (seen.width, seen.height):
            raise errors.two_in_one()
        share = longest / max(opened.size)
        opened.draft("RGB", (int(opened.width * share), int(opened.height * share)))
        see_through = seen.kind is FileKind.PNG and opened.has_transparency_data
        image = _in_colour(opened, see_through=see_through)
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        ImageOps.exif_transpose(image, in_place=True)
        made = image.copy()
    made.info = {}  # no profile, no comment, no place
    return made


def _in_colour(image: "Image", *, see_through: bool) -> "Image":
    """The picture in a way of colours that can be made smaller and kept."""
    if image.mode in {"L", "RGB", "RGBA"} and see_through == (image.mode == "RGBA"):
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    grey = image.mode in {"1", "L", "F"} and not see_through
    return image.convert("L" if grey else "RGBA" if see_through else "RGB")


def _encoded(image: "Image", kind: FileKind) -> bytes:
    target = io.BytesIO()
    if kind is FileKind.JPEG:
        image.save(target, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True)
    else:
        image.save(target, "PNG")
    return target.getvalue()
