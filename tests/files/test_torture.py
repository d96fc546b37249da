"""Hundreds of bad files, drawn from a seed: each is refused or drawn clean, soon, by a process
that stays small."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from tests.factories.documents import REFUSED, SOUND, bad_images
from tests.factories.files import AT, photograph_with_place

from stocktaking.files.models import StoredFile
from stocktaking.files.operations import draw_pending, store_file
from stocktaking.files.operations.documents import MESSAGES
from stocktaking.files.states import FileState
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db
# what a page, an archive or a script begins with, and what cameras write
FOREIGN = (b"<script", b"<svg", b"PK\x03\x04", b"%PDF", b"Exif", b"GPS", b"SECRET")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def fate(data: bytes, name: str) -> str:
    """The code of the refusal, or "kept"."""
    try:
        stored = store_file(data=data, name=name, by=None, at=AT)
    except RuleBroken as refused:
        return refused.code
    if stored.state == FileState.PENDING:
        stored = draw_pending(file_id=stored.pk, at=AT)
    return stored.refusal or "kept"


def judge(files: list[tuple[bytes, str]]) -> list[str]:
    told = [fate(data, name) for data, name in files]
    assert set(told) <= {*MESSAGES, "kept"}
    for path in Path(settings.MEDIA_ROOT).rglob("*.*"):
        content = path.read_bytes()
        assert not [sign for sign in FOREIGN if sign in content]
        with Image.open(path) as drawn:
            assert drawn.format == "WEBP"
            assert not drawn.getexif()
            assert not getattr(drawn, "is_animated", False)
    assert not StoredFile.objects.filter(state=FileState.PENDING).exists()
    return told


def test_representative_bad_files_are_refused_or_drawn_clean():
    files = [(data, name) for data, name, _ in [*REFUSED.values(), *SOUND.values()]]
    told = judge([*files, *((data, "a.jpg") for data in bad_images(40))])
    assert set(told[: len(REFUSED)]) <= set(MESSAGES)
    assert set(told[len(REFUSED) : len(files)]) == {"kept"}
    assert {"kept", "image_damaged", "image_too_large"} <= set(told[len(files) :])


PLACES = {
    form: photograph_with_place(size=(320, 160)) if form == "JPEG" else None
    for form in ("JPEG", "PNG", "WEBP")
}


@pytest.mark.parametrize("form", PLACES)
def test_place_and_camera_are_in_no_rendition(form, tmp_path):
    data = PLACES[form]
    if data is None:
        source = tmp_path / "photo"
        with Image.open(io.BytesIO(PLACES["JPEG"])) as photo:
            photo.save(source, form, exif=photo.getexif())
        data = source.read_bytes()
    assert b"SECRETCAMERA" in data
    assert judge([(data, "photo")]) == ["kept"]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_five_hundred_bad_images_are_refused_or_drawn_clean(seed):
    """The decoder's own process ends by its limits of time and memory, if by nothing else."""
    assert len(judge([(data, "a.png") for data in bad_images(100, seed=seed + 10)])) == 100
