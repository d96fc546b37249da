"""Storing documents, and refusing what only looks like one."""

import hashlib
import io
import sys
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import accounts
from tests.factories.documents import NAMES, PDF, REFUSED, SOUND, archive, docx
from tests.factories.files import AT, picture

from stocktaking.files import decoder
from stocktaking.files.models import Sending, StoredFile
from stocktaking.files.operations import draw_pending, store_file, store_image
from stocktaking.files.operations.documents import DRAW, MESSAGES, SIZE_MAX
from stocktaking.files.operations.keeping import original_path
from stocktaking.files.queries import file_views, open_original, renditions, sent_by
from stocktaking.files.rules.content import DOCUMENT_TYPES, KEPT_TYPES, SUFFIXES, content_type
from stocktaking.files.rules.packages import Unfit
from stocktaking.files.signals import file_drawn, file_refused
from stocktaking.files.states import FileState
from stocktaking.history.models import HistoryRecord
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import retry_job, run_waiting
from stocktaking.jobs.states import JobState
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_originals(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def store(data: bytes | Path, name: str = "a.pdf", **stated) -> StoredFile:
    return store_file(data=data, name=name, **{"by": None, "at": AT, **stated})


def refusal(data: bytes, name: str = "a.pdf", **stated) -> RuleBroken:
    with pytest.raises(RuleBroken) as caught:
        store(data, name, **stated)
    return caught.value


@pytest.mark.parametrize(("data", "name", "kind"), SOUND.values(), ids=SOUND.keys())
def test_store_file_tells_what_a_file_is_by_reading_it(data, name, kind):
    stored = store(data, name)
    assert stored.media_type.endswith(kind)
    path = original_path(stored.sha256)
    assert path.read_bytes() == data
    assert path.stat().st_mode & 0o077 == 0
    assert Path(settings.MEDIA_ROOT) not in path.parents
    assert (stored.size, stored.sha256) == (len(data), hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize(("data", "name", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_store_file_refuses(data, name, code):
    error = refusal(data, name)
    assert error.code == code
    assert error.field == "file"
    assert "%(" not in str(error)
    assert not StoredFile.objects.exists()
    assert not (Path(settings.DATA_DIR) / "originals").exists()


def test_store_file_takes_the_kinds_that_are_asked_for():
    assert store(PDF, kinds=["application/pdf"]).state == FileState.READY
    error = refusal(docx(), kinds=["application/pdf", "text/csv"])
    assert error.code == "file_not_allowed"
    assert "PDF, CSV." in str(error)
    assert refusal(archive({"a": "b"}), kinds=["application/zip"]).code == "file_not_allowed"


def test_store_file_refuses_what_is_too_large():
    assert refusal(PDF + b" " * SIZE_MAX).code == "file_too_large"
    assert "3 MB" in str(refusal(PDF + b" " * (3 << 20), most=3 << 20))


@pytest.mark.parametrize("name", NAMES)
def test_store_file_cleans_names(name):
    shown = store(PDF, name).name
    assert 0 < len(shown) <= 200
    assert not set(shown) & {"/", "\\"}
    assert not any(unicodedata.category(sign)[0] == "C" for sign in shown)


def test_store_file_from_a_path_leaves_the_path_alone(tmp_path):
    source = tmp_path / "sent"
    source.write_bytes(PDF)
    stored = store(source)
    assert original_path(stored.sha256).read_bytes() == PDF
    assert source.read_bytes() == PDF
    source.unlink()
    assert original_path(stored.sha256).read_bytes() == PDF


def test_same_content_is_one_file_that_each_may_name():
    ada, bo = accounts.person(), accounts.person()
    first, second = store(PDF, "plan.pdf", by=ada), store(PDF, "notes.pdf", by=bo)
    assert first == second
    assert sent_by(ada.pk, [first.pk, 999]) == {first.pk: "plan.pdf"}
    assert sent_by(bo.pk, [first.pk]) == {first.pk: "notes.pdf"}
    assert sent_by(accounts.person().pk, [first.pk]) == {}
    assert sent_by(ada.pk, []) == {}
    store(PDF, "again.pdf", by=ada)
    assert Sending.objects.count() == 2
    assert HistoryRecord.objects.filter(verb="stored").count() == 1


def test_image_is_kept_at_once_and_drawn_by_a_job():
    drawn = []
    file_drawn.connect(lambda file, **_: drawn.append(file.pk), weak=False, dispatch_uid="test")
    stored = store(picture("PNG", (700, 100)), "a.png")
    assert stored.state == FileState.PENDING
    assert not stored.renditions.exists()
    assert original_path(stored.sha256).exists()
    assert Job.objects.get().kind == DRAW
    assert run_waiting(at_clock=lambda: AT) == 1
    file_drawn.disconnect(dispatch_uid="test")
    stored.refresh_from_db()
    assert stored.state == FileState.READY
    assert [one.width for one in renditions([stored.pk])[stored.pk]] == [320, 640, 700]
    assert drawn == [stored.pk]
    assert store(picture("PNG", (700, 100))).state == FileState.READY
    assert Job.objects.count() == 1


def test_image_that_cannot_be_drawn_is_told_and_refused_when_sent_again():
    told = []
    file_refused.connect(
        lambda file, code, **_: told.append((file.pk, code)), weak=False, dispatch_uid="test"
    )
    broken = picture("PNG", (400, 300))[:400]
    stored = store(broken, "a.png")
    run_waiting(at_clock=lambda: AT)
    assert draw_pending(file_id=stored.pk, at=AT).state == FileState.REFUSED
    file_refused.disconnect(dispatch_uid="test")
    assert told == [(stored.pk, "image_damaged")]
    view = file_views([stored.pk])[stored.pk]
    assert (view.state, view.refusal, view.picture) == (FileState.REFUSED, "image_damaged", True)
    assert refusal(broken, "a.png").code == "image_damaged"
    assert HistoryRecord.objects.filter(verb="file_refused").count() == 1


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_image_waits_where_the_decoder_cannot_start(monkeypatch, program):
    stored = store(picture("PNG", (64, 64)), "a.png")
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", program)
        run_waiting(at_clock=lambda: AT)
    job = Job.objects.get()
    stored.refresh_from_db()
    assert (job.state, stored.state, stored.refusal) == (JobState.FAILED, FileState.PENDING, "")
    retry_job(job_id=job.pk, by=None, at=AT)
    run_waiting(at_clock=lambda: AT)
    stored.refresh_from_db()
    assert stored.state == FileState.READY


def test_image_is_not_blamed_for_a_full_disk(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(picture("PNG", (64, 64)))
    (tmp_path / "64.webp").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        decoder.draw(source, tmp_path)


def test_image_drawn_meanwhile_by_the_editor_is_not_drawn_again():
    data = picture("PNG", (64, 64))
    stored = store(data, "a.png")
    assert store_image(data=data, name="b.png", by=None, at=AT) == stored
    stored.refresh_from_db()
    assert stored.state == FileState.READY
    assert run_waiting(at_clock=lambda: AT) == 1
    assert stored.renditions.count() == 1


def test_drawing_what_is_gone_is_no_failure():
    assert draw_pending(file_id=12345, at=AT) is None


def test_original_is_opened_for_who_may_see_it():
    stored = store(PDF)
    found, file = open_original(stored.pk)
    with file:
        assert (found, file.read()) == (stored, PDF)
    assert open_original(99) is None
    original_path(stored.sha256).unlink()
    assert open_original(stored.pk) is None


def test_every_kept_type_has_a_suffix_and_every_message_says_what_to_do():
    assert set(KEPT_TYPES) == set(SUFFIXES)
    assert set(DOCUMENT_TYPES) < set(KEPT_TYPES)
    assert all(str(message).endswith(".") for message in MESSAGES.values())


def verdict(data: bytes, name: str = "") -> str:
    try:
        return content_type(io.BytesIO(data), len(data), name)
    except Unfit as unfit:
        return unfit.args[0]


@given(st.binary(max_size=400), st.text(max_size=20))
def test_content_type_of_anything_is_a_type_or_a_code(data, name):
    found = verdict(data, name)
    assert "/" in found or found in MESSAGES


@given(st.sampled_from([docx(), PDF, archive({"a": "b" * 99})]), st.data())
def test_content_type_of_damaged_documents_is_a_type_or_a_code(whole, data):
    place = data.draw(st.integers(0, len(whole) - 1))
    noise = data.draw(st.binary(max_size=12))
    found = verdict(whole[:place] + noise + whole[place + len(noise) :])
    assert "/" in found or found in MESSAGES
