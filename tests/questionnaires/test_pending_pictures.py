"""A picture counts as soon as it is kept; one that cannot be drawn is as good as none."""

import datetime as dt

import pytest
from tests.factories import questionnaires as forms
from tests.factories.documents import PDF
from tests.factories.files import AT, picture

from stocktaking.files.operations import draw_pending, store_file
from stocktaking.questionnaires.queries import known_for
from stocktaking.questionnaires.rules.answers import faults
from stocktaking.questionnaires.states import QuestionKind as Kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def faults_of(data: bytes, *, drawn: bool = False) -> list[str]:
    stored = store_file(data=data, name="a", by=None, at=AT)
    if drawn:
        draw_pending(file_id=stored.pk, at=AT)
    form = forms.definition("photo", forms.section("one", forms.question("photo", Kind.IMAGE)))
    answers = {"photo": [{"file": stored.pk, "alt": "A mast"}]}
    known = known_for(form, answers, today=dt.date(2026, 3, 2))
    return [fault.code for fault in faults(form, answers, {}, known)]


def test_pending_picture_may_be_sent():
    assert faults_of(picture()) == []
    assert faults_of(picture("JPEG"), drawn=True) == []


def test_picture_that_could_not_be_drawn_may_not():
    broken = picture("PNG", (400, 300))[:300]
    assert faults_of(broken) == []
    assert faults_of(broken + b" ", drawn=True) == ["file_unknown"]


def test_document_is_no_picture():
    assert faults_of(PDF) == ["file_unknown"]
