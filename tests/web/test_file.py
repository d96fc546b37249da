"""What somebody sent is saved by who may have it, and never opened in a page of ours."""

import io

import pytest
from csp.middleware import CSPMiddleware
from django.http import Http404
from django.test import RequestFactory
from PIL import Image
from tests.factories import accounts
from tests.factories import calls as factory
from tests.factories import questionnaires as forms
from tests.factories.documents import CSV, PDF, SCRIPTED_PDF
from tests.factories.files import AT, photograph_with_place

from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.operations import save_reply, submit_reply
from stocktaking.calls.states import Part
from stocktaking.files.operations import draw_pending, store_file
from stocktaking.files.operations.keeping import original_path
from stocktaking.questionnaires.states import QuestionKind
from stocktaking.web.views.file import send_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def stored(data: bytes, name: str):
    return store_file(data=data, name=name, by=None, at=AT)


def content_of(answer) -> bytes:
    content = b"".join(answer.streaming_content)
    answer.close()
    return content


def test_document_is_given_out_as_it_came_to_be_saved():
    answer = send_file(stored(SCRIPTED_PDF, "plan.pdf").pk)
    assert content_of(answer) == SCRIPTED_PDF
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_policy_of_the_site_does_not_take_the_place_of_the_sandbox():
    number = stored(PDF, "a.pdf").pk
    answer = CSPMiddleware(lambda request: send_file(number))(RequestFactory().get("/"))
    assert answer["Content-Security-Policy"].startswith("sandbox")
    answer.close()


@pytest.mark.parametrize(
    ("data", "name", "saved"),
    [
        (PDF, "plan.exe", 'filename="plan.exe.pdf"'),
        (PDF, "plan", 'filename="plan.pdf"'),
        (CSV, "table.CSV", 'filename="table.CSV"'),
        (CSV, "table.html", 'filename="table.html.txt"'),
        (PDF, 'a";x="b.pdf', 'filename="a\\";x=\\"b.pdf"'),
        (PDF, "план.pdf", "filename*=utf-8''%D0%BF%D0%BB%D0%B0%D0%BD.pdf"),
        (PDF, "a\r\nSet-Cookie: b=c.pdf", "Set-Cookie"),
    ],
)
def test_name_ends_as_the_content_is_and_makes_no_header(data, name, saved):
    answer = send_file(stored(data, name).pk)
    answer.close()
    assert saved in answer["Content-Disposition"]
    assert "\n" not in answer["Content-Disposition"]
    assert not answer.has_header("Set-Cookie")


def test_caller_may_say_what_it_is_called_here():
    answer = send_file(stored(PDF, "of the first sender.pdf").pk, name="../mine.pdf")
    answer.close()
    assert answer["Content-Disposition"] == 'attachment; filename="mine.pdf"'


def test_picture_is_given_out_without_place_and_camera():
    file = stored(photograph_with_place(), "photo.jpg")
    with pytest.raises(Http404):
        send_file(file.pk)  # not drawn yet: nobody gets the original
    draw_pending(file_id=file.pk, at=AT)
    answer = send_file(file.pk)
    content = content_of(answer)
    assert answer["Content-Disposition"] == 'attachment; filename="photo.jpg.webp"'
    assert b"SECRET" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_what_is_not_there_is_not_found():
    with pytest.raises(Http404):
        send_file(99)
    file = stored(PDF, "a.pdf")
    original_path(file.sha256).unlink()
    with pytest.raises(Http404):
        send_file(file.pk)


@pytest.fixture
def plan():
    """A reply that names a document, sent by its author."""
    title = forms.question("title", QuestionKind.SHORT, required=True, binds_to="title")
    papers = forms.question("papers", QuestionKind.FILE)
    call = factory.call(form=forms.definition("papers", forms.section("one", title, papers)))
    ada = accounts.person()
    number = store_file(data=PDF, name="plan.pdf", by=ada, at=AT).pk
    reply = factory.reply(call, ada, answers={"title": "Network"})
    reply.refresh_from_db()
    saved = save_reply(
        reply=reply,
        answers={"papers": [{"file": number, "name": "our plan.pdf"}]},
        based_on=reply.answer_set.revision,
        by=ada,
        at=AT,
    )
    return ada, reply, number, saved.revision


def status(who, number, **how) -> int:
    answer = accounts.browser(who, **how).get(f"/en/files/{number}/")
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def test_file_is_for_its_sender_and_from_sending_on_for_staff(plan):
    ada, reply, number, revision = plan
    moderator, observer = accounts.person(Role.MODERATOR), accounts.person(Role.OBSERVER)
    assert status(ada, number) == 200
    assert (status(moderator, number), status(observer, number)) == (404, 404)
    submit_reply(reply=reply, based_on=revision, by=ada, at=AT)
    assert (status(moderator, number), status(observer, number)) == (200, 200)
    assert status(moderator, number, second_factor=False) == 404
    assert status(accounts.person(), number) == 404
    assert status(accounts.person(Role.EXPERT), number) == 404
    answer = accounts.browser(moderator).get(f"/en/files/{number}/")
    assert b"".join(answer.streaming_content) == PDF
    assert "our plan.pdf" in answer["Content-Disposition"]


def test_file_is_for_co_authors(plan):
    _ada, reply, number, _revision = plan
    bo = accounts.person()
    assert status(bo, number) == 404
    reply.authors.create(person=bo, part=Part.CO_AUTHOR, since=AT)
    assert status(bo, number) == 200
    assert status(bo, number + 1) == 404


def test_numbers_do_not_tell_visitors_anything(plan, client):
    _ada, _reply, number, _revision = plan
    asked = [client.get(f"/en/files/{one}/") for one in (number, 99_999)]
    assert {answer.status_code for answer in asked} == {302}
