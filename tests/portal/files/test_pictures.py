"""Pictures are drawn anew: upright, small enough, and silent about who took them where."""

import io

import pytest
from PIL import Image, ImageCms

from portal.files.errors import FileRefused
from portal.files.kinds import FileKind, recognise
from portal.files.pictures import FOR_LISTS, FOR_PAGES, redraw
from tests.support import good_files

LIMIT = 20 * 1024 * 1024
TURNED_RIGHT = 6


def redrawn(data: bytes, longest: int = FOR_PAGES) -> Image.Image:
    made, seen = redraw(data, recognise(data, limit=LIMIT), longest=longest)
    picture = Image.open(io.BytesIO(made))
    assert picture.size == (seen.width, seen.height)
    assert recognise(made, limit=LIMIT) == seen
    return picture


def with_everything() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = TURNED_RIGHT
    exif[0x010F] = "Phone"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return good_files.jpeg(300, 100, exif=exif, icc_profile=profile, comment=b"Nha toi")


def test_nothing_a_camera_wrote_is_left_and_the_picture_stands_upright() -> None:
    picture = redrawn(with_everything())
    assert picture.size == (100, 300)
    assert not picture.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(picture.info)


def test_nothing_written_into_a_png_is_left() -> None:
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Author", "Nguyễn Văn A")
    assert redrawn(good_files.png(pnginfo=said, dpi=(72, 72))).info == {}


def test_a_large_picture_is_scaled_for_pages_and_for_lists() -> None:
    data = good_files.jpeg(4000, 3000)
    assert redrawn(data).size == (2000, 1500)
    assert redrawn(data, FOR_LISTS).size == (480, 360)


def test_a_small_picture_keeps_its_size() -> None:
    assert redrawn(good_files.png(5, 3)).size == (5, 3)


@pytest.mark.parametrize(
    ("mode", "after"),
    [("1", "L"), ("L", "L"), ("LA", "RGBA"), ("P", "RGB"), ("RGB", "RGB"), ("RGBA", "RGBA"),
     ("I;16", "L")],
)  # fmt: skip
def test_every_way_of_colour_in_a_png_is_understood(mode: str, after: str) -> None:
    assert redrawn(good_files.png(mode=mode)).mode == after


def test_a_picture_for_printing_becomes_one_for_screens() -> None:
    target = io.BytesIO()
    Image.new("CMYK", (9, 9)).save(target, "JPEG")
    assert redrawn(target.getvalue()).mode == "RGB"


def test_a_picture_with_another_behind_it_loses_the_other() -> None:
    target = io.BytesIO()
    one, two = Image.new("RGB", (9, 9)), Image.new("RGB", (4, 4))
    one.save(target, "MPO", save_all=True, append_images=[two])
    picture = redrawn(target.getvalue())
    assert (picture.format, picture.size) == ("JPEG", (9, 9))


def test_a_little_more_than_forty_million_pixels_is_too_much() -> None:
    data = good_files.png(8001, 5000, mode="1")
    with pytest.raises(FileRefused, match="40 triệu"):
        redraw(data, recognise(data, limit=LIMIT))


def test_a_picture_whose_colours_are_damaged_is_refused() -> None:
    data = bytearray(good_files.png(200, 200))
    at = data.index(b"IDAT") + 6
    data[at : at + 20] = bytes(20)
    with pytest.raises(FileRefused, match="hỏng"):
        redraw(bytes(data), recognise(bytes(data), limit=LIMIT))


def test_the_kind_stays() -> None:
    assert recognise(good_files.png(), limit=LIMIT).kind is FileKind.PNG
    assert redrawn(good_files.png()).format == "PNG"
