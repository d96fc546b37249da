"""A reply whose picture cannot be drawn goes back to its authors, whatever the time."""

import datetime as dt

import pytest
from tests.factories import accounts
from tests.factories import calls as factory
from tests.factories import questionnaires as forms
from tests.factories.files import picture

from stocktaking.calls.models import Reply
from stocktaking.calls.operations import save_reply, submit_reply
from stocktaking.calls.states import ReplyState
from stocktaking.files.operations import draw_pending, store_file
from stocktaking.kernel.errors import RulesBroken
from stocktaking.outbox.models import Message
from stocktaking.questionnaires.states import QuestionKind

pytestmark = pytest.mark.django_db
LATE = factory.CLOSES + dt.timedelta(hours=3)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def call():
    title = forms.question("title", QuestionKind.SHORT, required=True, binds_to="title")
    photo = forms.question("photo", QuestionKind.IMAGE)
    return factory.call(form=forms.definition("photos", forms.section("about", title, photo)))


def image(data: bytes, person) -> int:
    return store_file(data=data, name="mast.png", by=person, at=factory.AT).pk


def sent(call, person, number: int | None, *, at=factory.AT, language="en") -> Reply:
    reply = factory.reply(call, person, answers={"title": "Network"}, language=language)
    return send(reply, person, number, at=at)


def send(reply: Reply, person, number: int | None, *, at) -> Reply:
    reply.refresh_from_db()
    rows = [{"file": number, "alt": "A mast"}] if number else None
    based_on = reply.answer_set.revision
    saved = save_reply(reply=reply, answers={"photo": rows}, based_on=based_on, by=person, at=at)
    submit_reply(reply=reply, based_on=saved.revision, by=person, at=at)
    reply.refresh_from_db()
    return reply


def test_reply_with_a_broken_picture_may_be_sent_again_after_the_deadline(call):
    ada = accounts.person()
    broken = image(picture("PNG", (400, 300))[:300], ada)
    reply, untouched = (
        sent(call, ada, broken, language="fr"),
        sent(call, ada, image(picture(), ada)),
    )
    draw_pending(file_id=broken, at=LATE)
    reply.refresh_from_db()
    untouched.refresh_from_db()
    assert (reply.state, untouched.state) == (ReplyState.RETURNED, ReplyState.SUBMITTED)
    assert "mast.png" in reply.reason
    assert Message.objects.filter(to=ada.email, queued_at=LATE).count() == 1
    with pytest.raises(RulesBroken) as caught:
        send(reply, ada, broken, at=LATE)
    assert caught.value.code == "file_unknown"
    whole = image(picture("PNG", (40, 30)), ada)
    assert send(reply, ada, whole, at=LATE).state == ReplyState.SUBMITTED


def test_replies_of_others_and_drafts_stay_as_they_are(call):
    ada, bo = accounts.person(), accounts.person()
    broken = image(picture("PNG", (400, 300))[:300], ada)
    draft = factory.reply(call, ada, answers={"title": "Network"})
    other = sent(call, bo, None)
    draw_pending(file_id=broken, at=LATE)
    draft.refresh_from_db()
    other.refresh_from_db()
    assert (draft.state, other.state) == (ReplyState.DRAFT, ReplyState.SUBMITTED)
