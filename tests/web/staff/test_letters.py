"""Letters and groups on the desk: written, looked at, tried, sent."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import calls as make

from stocktaking.calls import operations
from stocktaking.calls.models import Call, Letter, RecipientGroup
from stocktaking.calls.states import LetterState
from stocktaking.jobs.operations import run_waiting
from stocktaking.kernel import clock
from stocktaking.outbox.models import Message
from stocktaking.questionnaires import queries as questionnaires

AT = make.AT


@pytest.fixture(autouse=True)
def _calls(register, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)
    questionnaires.forget()


@pytest.fixture
def group():
    made = operations.create_group(
        slug="focal", title={"en": "Focal points"}, rule=make.NOBODY, by=None, at=AT
    )
    operations.save_recipients(
        group=made, text="ada@example.org,Ada,,en\nbea@example.org,Bea,,fr", by=None, at=AT
    )
    return made


@pytest.fixture
def call() -> Call:
    return make.call("yearly")


@pytest.fixture
def letter(call, group) -> Letter:
    return operations.draft_letter(
        call=call, values=make.letter_values(groups=("focal",)), by=None, at=AT
    )


@pytest.mark.usefixtures("call", "group")
def test_a_letter_is_written_once(desk) -> None:
    form = desk("calls/yearly/letters/new/").form(name="reference")
    form["subject-en"], form["body-en"] = "Call: {call}", "Dear {name}"
    form.tick("groups", "focal")
    first, second = form.send(), form.send()
    made = Letter.objects.get()
    assert first.path == second.path == f"/en/staff/calls/yearly/letters/{made.pk}/"
    assert [one.slug for one in made.groups.all()] == ["focal"]
    assert "Call: Yearly call" in desk("calls/yearly/letters/").text


@pytest.mark.usefixtures("call")
def test_words_that_nothing_fills_are_told_at_their_text(desk) -> None:
    form = desk("calls/yearly/letters/new/").form(name="reference")
    form["subject-fr"], form["body-fr"] = "{nom}", "Bonjour"
    answer = form.send()
    assert answer.status == 422
    assert "id_subject-fr_error" in answer.ids()
    assert answer.form(name="reference")["body-fr"] == "Bonjour"
    assert not Letter.objects.exists()


def test_it_is_seen_as_each_reader_gets_it(desk, letter) -> None:
    here = f"calls/yearly/letters/{letter.pk}/preview/"
    page = desk(here)
    assert "Dear Ada" in page.text
    assert "REF/26" in page.text
    assert "Bonjour Bea" in desk(f"{here}?reader=1").text
    assert "Dear Bea" in desk(f"{here}?reader=1&language=en").text
    assert "is not written in this reader’s language" in desk(f"{here}?language=zh").text
    assert desk(f"{here}?reader=-1&language=%3Cx%3E").status == 200


def test_it_is_tried_out_on_oneself_alone(desk, letter, administrator) -> None:
    form = desk(f"calls/yearly/letters/{letter.pk}/preview/").form(value="test")
    form.send(act="test")
    [mail] = Message.objects.all()
    assert (mail.to, mail.subject) == (administrator.email, "Call: Yearly call")
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFT


def test_sending_says_how_many_get_it_and_sends_once(desk, letter) -> None:
    page = desk(f"calls/yearly/letters/{letter.pk}/send/")
    assert "2 people get it, each once." in page.text
    form = page.form(name="send_at_year")
    form.send()
    form.send()
    run_waiting(at_clock=lambda: AT)
    assert sorted(Message.objects.values_list("to", flat=True)) == [
        "ada@example.org",
        "bea@example.org",
    ]
    page = desk(f"calls/yearly/letters/{letter.pk}/")
    assert "Sent" in page.text
    assert not page.tree.findall(".//main//textarea")


def test_it_waits_for_a_moment_and_is_held_back(desk, letter) -> None:
    form = desk(f"calls/yearly/letters/{letter.pk}/send/").form(name="send_at_year")
    form["send_at_year"], form["send_at_month"], form["send_at_day"] = "2026", "3", "1"
    assert form.send().status == 422  # that was yesterday
    form["send_at_day"] = "5"
    form.send()
    letter.refresh_from_db()
    assert letter.state == LetterState.SCHEDULED
    desk(f"calls/yearly/letters/{letter.pk}/").form(value="hold").send(act="hold")
    letter.refresh_from_db()
    assert (letter.state, letter.send_at) == (LetterState.DRAFT, None)
    desk(f"calls/yearly/letters/{letter.pk}/").form(value="delete").send(act="delete")
    assert not Letter.objects.exists()


def test_a_letter_belongs_to_its_call(desk, letter) -> None:
    make.call("other")
    assert desk(f"calls/other/letters/{letter.pk}/").status == 404
    assert desk("calls/nothing/letters/").status == 404


def test_a_group_is_made_once_and_revised(desk) -> None:
    form = desk("recipients/new/").form(name="slug")
    form["slug"], form["title-en"] = "kenya", "Kenya"
    form.tick("countries", "KE")
    assert form.send().path == form.send().path == "/en/staff/recipients/kenya/"
    group = RecipientGroup.objects.get()
    assert group.rule["countries"] == ["KE"]
    form = desk("recipients/kenya/").form(name="based_on")
    form["title-fr"] = "Le Kenya"
    form.send()
    group.refresh_from_db()
    assert group.title == {"en": "Kenya", "fr": "Le Kenya"}
    assert desk("recipients/").text.count("Kenya") == 1


def test_each_line_of_a_list_gets_a_verdict(desk, group, browser) -> None:
    form = desk("recipients/focal/").form(name="lines")
    form["lines"] = "cy@example.org\nnobody <x\nada@example.org"
    answer = form.send()
    assert answer.status == 422
    assert "2 lines were left out" in answer.text
    assert "Line 2: nobody <x – there is no e-mail address in it" in answer.text
    assert group.recipients.count() == 3
    file = SimpleUploadedFile("list.csv", "email;name\ndee@example.org;Дея\n".encode())
    browser.post("/en/staff/recipients/focal/add/", {"file": file, "language": "ru"})
    assert group.recipients.get(email="dee@example.org").name == "Дея"
    bad = SimpleUploadedFile("list.csv", b"\xff\xfe\x00")
    answer = browser.post("/en/staff/recipients/focal/add/", {"file": bad})
    assert answer.status_code == 422


def test_people_are_taken_off_a_list(desk, group) -> None:
    form = desk("recipients/focal/").form(name="recipient")
    row = group.recipients.get(email="ada@example.org")
    form.tick("recipient", str(row.pk))
    form.tick("recipient", "x")
    form.send()
    assert [one.email for one in group.recipients.all()] == ["bea@example.org"]
