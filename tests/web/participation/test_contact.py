"""Messages to a project, and the link by which an entry is confirmed."""

import datetime as dt
import re

import pytest
from tests.factories import accounts
from tests.web.participation.conftest import XSS

from stocktaking.accounts.operations import set_consents
from stocktaking.accounts.rules.consents import Purpose
from stocktaking.entries.models import Entry
from stocktaking.intake.models import Confirmation, ContactMessage
from stocktaking.intake.operations.asking import ask_confirmation
from stocktaking.jobs.models import Job
from stocktaking.kernel import clock
from stocktaking.outbox.models import Message


def path(place):
    return f"entries/{place.entry.pk}/contact/"


def filled(page, **more):
    form = page.form(name="subject")
    stated = {"subject": "A question", "text": "May we use it?", **more}
    if "name" in form.fields:
        stated = {"name": "Vera", "email": "vera@example.net", **stated}
    for name, value in stated.items():
        form[name] = value
    return form


def agree(place, who):
    person = place.people[who]
    set_consents(person=person, given={Purpose.CONTACT: True}, by=person, at=accounts.AT)


def test_visitor_writes_to_those_who_agreed_and_learns_nothing_of_them(place, send):
    agree(place, "owner")
    page = place.open("visitor", path(place))
    done = send(filled(page))
    assert "Your message is on its way" in done.text
    mail = Message.objects.get(kind="intake.contact")
    assert (mail.to, mail.reply_to) == (place.people["owner"].email, "")
    for address in (place.people["owner"].email, place.people["editor"].email):
        assert address not in page.html + done.html


def test_page_is_the_same_whether_anybody_agreed(place, send):
    silent = send(filled(place.open("visitor", path(place)))).text
    agree(place, "owner")
    assert send(filled(place.open("visitor", path(place)))).text == silent
    assert [message.to_staff for message in ContactMessage.objects.order_by("pk")] == [True, False]


def test_person_with_an_account_signs_by_it(place):
    page = place.open("person", path(place))
    assert "Pia Person" in page.text
    form = filled(page)
    form.tick("may_reply", "on")
    form.send()
    message = ContactMessage.objects.get()
    assert (message.by, message.may_reply) == (place.people["person"], True)
    assert Message.objects.first().reply_to == place.people["person"].email


def test_form_sent_twice_is_one_message(place, send):
    form = filled(place.open("visitor", path(place)))
    send(form)
    send(form)
    assert ContactMessage.objects.count() == 1


def test_faults_keep_what_was_typed(place, send):
    answer = send(filled(place.open("visitor", path(place)), subject="", email="nonsense"))
    assert answer.status == 422
    assert {"id_subject_error", "id_email_error"} <= answer.ids()
    assert answer.form(name="subject")["text"] == "May we use it?"


def test_sixth_message_in_an_hour_waits(place):
    browser = place.browser("person")
    statuses = [browser.post(f"/en/{path(place)}").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]


@pytest.mark.parametrize("field", ["subject", "text", "name"])
def test_markup_in_a_message_stays_text(place, send, field):
    value = XSS[:140] if field == "subject" else XSS
    send(filled(place.open("visitor", path(place)), **{field: value}))
    page = place.open("moderator", "staff/messages/")
    assert "alert(1)" in page.text
    assert page.tree.findall(".//main//script") == []
    assert [i for i in page.tree.findall(".//main//img") if i.get("onerror")] == []
    for mail in Message.objects.all():
        assert "<script" not in mail.html
        assert "<img" not in mail.html


def token_of(place):
    ask_confirmation(by=None, at=clock.now())
    mail = Message.objects.get(kind="intake.confirmation", to=place.people["owner"].email)
    return re.search(r"/confirm/([\w-]+)/", mail.text)[1]


def test_look_at_the_link_changes_nothing_and_the_button_confirms(place):
    token = token_of(place)
    page = place.open("visitor", f"confirm/{token}/")
    assert "Village network" in page.text
    assert not Entry.objects.exclude(confirmed_on=None).exists()
    done = page.form(name="csrfmiddlewaretoken").send()
    assert "Confirmed" in done.text
    assert Entry.objects.get(pk=place.entry.pk).confirmed_on == clock.now().date()
    shown = place.open("visitor", f"entries/{place.entry.pk}-{place.entry.slug}/")
    assert "Fresh: confirmed on" in shown.text
    again = place.browser("visitor").post(f"/en/confirm/{token}/")
    assert again.status_code == 422


def test_link_that_is_over_is_said_so(place):
    token = token_of(place)
    Confirmation.objects.update(expires_at=clock.now() - dt.timedelta(days=1))
    page = place.open("visitor", f"confirm/{token}/")
    assert "This link has expired" in page.text
    assert place.browser("visitor").post(f"/en/confirm/{token}/").status_code == 422
    for wrong in ("x", "x" * 500, "%C3%A9"):
        assert place.open("visitor", f"confirm/{wrong}/").status == 404


def test_staff_ask_by_the_button_once(place):
    page = place.open("moderator", "staff/confirmations/")
    assert "Village network" not in page.text
    form = page.form(name="idempotency_key")
    form.send()
    form.send()
    assert Job.objects.filter(kind="intake.ask_confirmation").count() == 1
