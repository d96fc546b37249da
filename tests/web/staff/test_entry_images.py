import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import entries, files

from stocktaking.entries.queries import values_of
from stocktaking.files.models import StoredFile


def upload(content: bytes, name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


@pytest.fixture
def form(desk):
    entry = entries.entry(publish=False)
    made = desk(f"entries/{entry.pk}/").form(name="based_on")
    made.entry = entry
    return made


def test_picture_is_stored_with_its_text(form) -> None:
    form["images-0-upload"] = upload(files.picture())
    form["images-0-alt"], form["images-0-credit"] = "A mast", "Ada"
    form.send(act="save")
    [image] = values_of(form.entry.pk).images
    assert (image.alt, image.language, image.credit) == ("A mast", "en", "Ada")


def test_picture_without_text_is_kept_and_the_text_asked_for(form) -> None:
    form["images-0-upload"] = upload(files.picture())
    answer = form.send(act="save")
    again = answer.form(name="based_on")
    assert answer.status == 422
    assert "Say what the image shows" in answer.text
    assert again["images-0-file"] == str(StoredFile.objects.get().pk)
    again["images-0-alt"] = "A mast"
    again.send(act="save")
    assert len(values_of(form.entry.pk).images) == 1


@pytest.mark.parametrize(
    "content",
    [
        files.png_bomb(12_000, 12_000),
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        b"GIF89a<script>alert(1)</script>",
        b"x" * (12 * 1024 * 1024 + 1),
        b"",
    ],
    ids=["bomb", "svg", "polyglot", "polyglot gif", "too large", "empty"],
)
def test_refused_picture_is_told_at_its_field_and_nothing_else_is_lost(form, content) -> None:
    form["images-0-upload"] = upload(files.picture())
    form["images-0-alt"] = "A mast"
    form = form.send(act="add_images").form(name="based_on")
    first = form["images-0-file"]
    form["images-1-upload"], form["images-1-alt"] = upload(content), "Typed text"
    form["texts-0-title"] = "Typed title"
    answer = form.send(act="save")
    again = answer.form(name="based_on")
    assert answer.status == 422
    assert "id_images-1-upload_error" in answer.ids()
    assert (again["images-0-file"], again["images-1-alt"]) == (first, "Typed text")
    assert again["texts-0-title"] == "Typed title"
    assert again.fields.get("images-1-file", [""]) == [""]


def test_pictures_are_ordered_and_removed(form) -> None:
    for place, size in enumerate(((64, 48), (48, 64), (32, 32))):
        form[f"images-{place}-upload"] = upload(files.picture(size=size))
        form[f"images-{place}-alt"] = f"Picture {place}"
        form = form.send(act="add_images").form(name="based_on")
    form["images-0-order"], form["images-1-order"] = "2", "1"
    form["images-2-DELETE"] = "on"
    number = int(form.action.rstrip("/").rpartition("/")[2])
    form.send(act="save")
    assert [image.alt for image in values_of(number).images] == ["Picture 1", "Picture 0"]
