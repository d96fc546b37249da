"""Storing images, and refusing what only looks like one."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from tests.factories.files import (
    AT,
    photograph_with_place,
    picture,
    png_bomb,
    png_chunk,
    stored,
)

from stocktaking.files.models import StoredFile
from stocktaking.files.operations import store_image
from stocktaking.files.operations.keeping import original_path
from stocktaking.files.operations.storing import MESSAGES, SIZE_MAX
from stocktaking.files.queries import renditions
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_originals(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("payload.html", "<script>alert(1)</script>")
    return out.getvalue()


def animated(form: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), (value, 0, 0)) for value in (250, 100, 10)]
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def served(file: StoredFile) -> list[Image.Image]:
    """The renditions as pictures, smallest first."""
    paths = [Path(settings.MEDIA_ROOT) / one.path for one in file.renditions.all()]
    return [Image.open(io.BytesIO(path.read_bytes())) for path in paths]


def store(data: bytes, name: str = "a.png") -> StoredFile:
    return store_image(data=data, name=name, by=None, at=AT)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
JPEG = picture("JPEG", (400, 300))
PNG = picture("PNG", (400, 300))
REFUSED = {
    "empty": (b"", "file_empty"),
    "too many bytes": (PNG + b"\0" * SIZE_MAX, "file_too_large"),
    "svg": (SVG, "image_not_allowed"),
    "svg without a head": (b"  \n<svg/>", "image_not_allowed"),
    "svg in sixteen bits": (SVG.decode().encode("utf-16"), "image_not_allowed"),
    "html called png": (HTML, "image_not_allowed"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "image_not_allowed"),
    "zip": (zipped(), "image_not_allowed"),
    "bitmap": (picture("BMP"), "image_not_allowed"),
    "tiff": (picture("TIFF"), "image_not_allowed"),
    "heif": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image_not_allowed"),
    "plain words": (b"just words", "image_not_recognised"),
    "zero bytes": (b"\0" * 500, "image_not_recognised"),
    "a pixel bomb of 12000 x 12000": (png_bomb(12_000, 12_000), "image_too_large"),
    "a bomb beyond every limit": (png_bomb(60_000, 60_000), "image_too_large"),
    "a very long strip": (png_bomb(20_000, 1), "image_too_large"),
    "fewer pixels than declared": (png_bomb(100, 100), "image_damaged"),
    "truncated png": (PNG[: len(PNG) // 2], "image_damaged"),
    "truncated jpeg": (JPEG[: len(JPEG) // 2], "image_damaged"),
    "truncated gif": (picture("GIF", (400, 300))[:30], "image_damaged"),
    "truncated webp": (picture("WEBP", (400, 300))[:60], "image_damaged"),
    "png head only": (b"\x89PNG\r\n\x1a\n", "image_damaged"),
    "jpeg head only": (b"\xff\xd8\xff\xe0", "image_damaged"),
    "gif head before html": (b"GIF89a" + HTML, "image_damaged"),
    "png head before html": (b"\x89PNG\r\n\x1a\n" + HTML, "image_damaged"),
    "jpeg head before php": (b"\xff\xd8\xff\xe0<?php system($_GET[0]); ?>", "image_damaged"),
    "png with a wrong checksum": (PNG[:29] + bytes([PNG[29] ^ 1]) + PNG[30:], "image_damaged"),
    "png of no width": (png_bomb(0, 10), "image_damaged"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_store_image_refuses(data, code):
    with pytest.raises(RuleBroken) as caught:
        store(data)
    assert caught.value.code == code
    assert caught.value.field == "image"
    assert str(caught.value)
    assert "%(" not in str(caught.value)
    assert not StoredFile.objects.exists()
    assert not (Path(settings.DATA_DIR) / "originals").exists()


POLYGLOTS = {
    "png and zip": PNG + zipped(),
    "png and html": PNG + HTML,
    "jpeg and zip": JPEG + zipped(),
    "gif and script": picture("GIF") + b";alert(1)//",
    "png with a text chunk": PNG[:-12] + png_chunk(b"tEXt", b"Comment\0" + HTML) + PNG[-12:],
}


@pytest.mark.parametrize("data", POLYGLOTS.values(), ids=POLYGLOTS.keys())
def test_store_image_serves_the_pixels_of_a_polyglot_alone(data):
    file = store(data)
    for one in file.renditions.all():
        content = (Path(settings.MEDIA_ROOT) / one.path).read_bytes()
        assert content[:4] == b"RIFF"
        assert content[8:12] == b"WEBP"
        assert len(content) == int.from_bytes(content[4:8], "little") + 8
        assert b"alert" not in content
        assert b"PK\x03\x04" not in content


def test_store_image_drops_place_camera_and_comment():
    data = photograph_with_place()
    assert b"SECRETCAMERA" in data
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    file = store(data, "photo.jpg")
    for one in served(file):
        assert not one.getexif()
        assert "icc_profile" not in one.info
        assert "xmp" not in one.info
    for one in file.renditions.all():
        content = (Path(settings.MEDIA_ROOT) / one.path).read_bytes()
        assert b"SECRET" not in content
        assert b"Exif" not in content


# where the red quarter of the stored picture is seen, by EXIF orientation
CORNERS = {
    1: (0, 0),
    2: (1, 0),
    3: (1, 1),
    4: (0, 1),
    5: (0, 0),
    6: (1, 0),
    7: (1, 1),
    8: (0, 1),
}


@pytest.mark.parametrize("orientation", CORNERS)
def test_store_image_turns_the_picture_upright(orientation):
    file = store(photograph_with_place(orientation), "photo.jpg")
    largest = served(file)[-1].convert("RGB")
    assert largest.size == ((640, 320) if orientation < 5 else (320, 640))
    across, down = CORNERS[orientation]
    for x in (0, 1):
        for y in (0, 1):
            place = (largest.width * (1 + 2 * x) // 4, largest.height * (1 + 2 * y) // 4)
            red, _, blue = largest.getpixel(place)
            assert (red > blue) == ((x, y) == (across, down))


def test_store_image_ignores_an_orientation_that_is_none():
    assert served(store(photograph_with_place(99), "p.jpg"))[-1].size == (640, 320)


MODES = {
    "cmyk jpeg": (picture("JPEG", mode="CMYK"), "RGB"),
    "grey jpeg": (picture("JPEG", mode="L"), "RGB"),
    "sixteen bits": (picture("PNG", mode="I;16"), "RGB"),
    "one bit": (picture("PNG", mode="1"), "RGB"),
    "palette": (picture("PNG", mode="P"), "RGB"),
    "palette with transparency": (picture("PNG", mode="P", transparency=1), "RGBA"),
    "grey with alpha": (picture("PNG", mode="LA"), "RGBA"),
    "alpha": (picture("PNG", mode="RGBA"), "RGBA"),
    "one colour is transparent": (picture("PNG", transparency=(1, 2, 3)), "RGBA"),
    "gif": (picture("GIF", mode="P"), "RGB"),
    "webp": (picture("WEBP"), "RGB"),
    "animated gif": (animated("GIF"), "RGB"),
    "animated webp": (animated("WEBP"), "RGB"),
    "animated png": (animated("PNG"), "RGB"),
}


@pytest.mark.parametrize(("data", "mode"), MODES.values(), ids=MODES.keys())
def test_store_image_draws_every_kind(data, mode):
    [drawn] = served(store(data))
    assert drawn.format == "WEBP"
    # an opaque picture may lose its alpha channel on the way
    assert drawn.mode in {mode, "RGB"}
    assert not getattr(drawn, "is_animated", False)


def test_store_image_draws_the_first_picture_of_an_animation():
    [drawn] = served(store(animated("GIF")))
    red, green, _ = drawn.convert("RGB").getpixel((20, 20))
    assert red > 200
    assert green < 60


def test_store_image_keeps_the_brightness_of_sixteen_bits():
    image = Image.new("I;16", (40, 40), 256 * 200)
    out = io.BytesIO()
    image.save(out, "PNG")
    [drawn] = served(store(out.getvalue()))
    assert abs(drawn.convert("L").getpixel((20, 20)) - 200) < 6


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((64, 48), [64]),
        ((320, 100), [320]),
        ((700, 100), [320, 640, 700]),
        ((2000, 1000), [320, 640, 1280]),
        ((1, 1), [1]),
    ],
)
def test_store_image_draws_widths_up_to_its_own(size, widths):
    file = stored(size)
    assert [one.width for one in file.renditions.all()] == widths
    for one, drawn in zip(file.renditions.all(), served(file), strict=True):
        assert (one.width, one.height) == drawn.size
        assert abs(one.height - one.width * size[1] / size[0]) <= 1


def test_store_image_manages_as_many_pixels_as_it_allows():
    file = store(picture("PNG", (8000, 5000)))
    assert [one.size for one in served(file)] == [(320, 200), (640, 400), (1280, 800)]


def test_store_image_keeps_the_original_apart_by_its_hash():
    file = store(PNG, "../../etc/\u202egnp.exe.png")
    path = original_path(file.sha256)
    assert path.read_bytes() == PNG
    assert file.sha256 == hashlib.sha256(PNG).hexdigest()
    assert Path(settings.MEDIA_ROOT) not in path.parents
    assert path.stat().st_mode & 0o077 == 0
    assert file.name == "gnp.exe.png"
    assert file.media_type == "image/png"


def test_store_image_twice_is_one_file():
    first, second = store(PNG), store(PNG, "other.png")
    assert first.pk == second.pk
    assert StoredFile.objects.count() == 1
    assert HistoryRecord.objects.filter(verb="stored").count() == 1


def test_store_image_draws_again_what_was_lost():
    first = store(PNG)
    lost = Path(settings.MEDIA_ROOT) / first.renditions.first().path
    lost.unlink()
    assert store(PNG).pk == first.pk
    assert lost.exists()


def test_messages_name_what_can_be_done():
    assert all(str(message).endswith(".") for message in MESSAGES.values())


def test_renditions_have_addresses_below_the_media_address(django_assert_num_queries):
    one, other = stored((700, 100)), stored((32, 32))
    with django_assert_num_queries(1):
        found = renditions([one.pk, other.pk, 999_999])
    assert set(found) == {one.pk, other.pk}
    assert [view.width for view in found[one.pk]] == [320, 640, 700]
    assert found[other.pk][0].url == f"/media/images/{other.sha256[:2]}/{other.sha256}-32.webp"
    with django_assert_num_queries(0):
        assert renditions([]) == {}
