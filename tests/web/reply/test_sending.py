"""Checking, sending once and in time, and what was sent."""

import json

import pytest
from tests.factories import accounts, calls
from tests.web.reply.door import HERE, STAMP

from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.operations import allow_longer, return_reply
from stocktaking.calls.states import ReplyState


@pytest.fixture
def ready(desk):
    """Nothing is missing."""
    desk.save("next", "end", agreed="1")
    return desk


def send(desk, **more):
    return desk.post("check/", {**desk.page("check/"), **more})


def state(desk) -> ReplyState:
    return ReplyState(calls.fresh(desk.reply).state)


def test_check_page_leads_to_every_field_that_is_not_right(desk) -> None:
    desk.save("stay", title="", owner="new", owner__name="Us")
    html = desk.get("check/").content.decode()
    assert f'href="{desk.url("about/")}?check=1#id_q-title"' in html
    assert f'href="{desk.url("about/")}?check=1#id_q-owner.country"' in html
    assert f'href="{desk.url("end/")}?check=1#id_q-agreed"' in html
    assert "Send the reply" not in html
    about = desk.client.get(desk.url("about/") + "?check=1").content.decode()
    assert 'id="id_q-owner.country"' in about
    assert "Give the country." in about


def test_sending_what_is_not_right_lists_it(desk) -> None:
    answer = send(desk, based_on=str(desk.revision), idempotency_key="k" * 32)
    assert answer.status_code == 422
    assert "1 thing to put right before sending" in answer.content.decode()
    assert state(desk) is ReplyState.DRAFT


def test_sent_reply_has_a_number_and_says_what_comes_next(ready) -> None:
    answer = send(ready)
    assert answer.url == ready.url("sent/")
    html = ready.get("sent/").content.decode()
    assert f"<b>{ready.reply.pk}</b>" in html
    assert "What happens next" in html
    assert "Village network" in ready.get("sent/1/").content.decode()
    assert ready.get("sent/2/").status_code == 404
    assert ready.get("check/").url == ready.url("sent/")


def test_sending_twice_with_one_key_is_sending_once(ready) -> None:
    page = ready.page("check/")
    answers = [ready.post("check/", page) for _again in range(3)]
    assert {one.url for one in answers} == {ready.url("sent/")}
    assert ready.reply.snapshots.count() == 1


def test_same_key_with_other_content_is_refused(ready) -> None:
    page = ready.page("check/")
    ready.post("check/", page)
    answer = ready.post("check/", {**page, "based_on": "1"})
    assert answer.status_code == 409
    assert ready.reply.snapshots.count() == 1


def test_reply_that_a_co_author_changed_is_looked_at_again(ready, other) -> None:
    page = ready.page("check/")
    other.save("stay", summary="Changed by Bo.")
    answer = ready.post("check/", page)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "was changed meanwhile" in html
    assert "Changed by Bo." in html
    assert state(ready) is ReplyState.DRAFT
    assert ready.post("check/", ready.page("check/")).status_code == 302


@pytest.fixture
def closing(ready, settings):
    """The same with the end that the factories give; requests arrive when the test says."""
    call = ready.reply.call
    call.closes_at = calls.CLOSES
    call.save()
    settings.MIDDLEWARE = [HERE if one == STAMP else one for one in settings.MIDDLEWARE]
    ready.client = accounts.browser(ready.person)  # it goes through the new door
    arrive(ready, calls.AT)
    return ready


def arrive(desk, moment) -> None:
    desk.client.defaults["HTTP_X_ARRIVED"] = moment.isoformat()


@pytest.mark.parametrize(
    ("late", "grace", "status"),
    [(-1, 0, 302), (0, 0, 422), (1, 0, 422), (1, 5, 302), (5 * 60_000, 5, 422)],
)
def test_last_millisecond_counts_and_the_next_does_not(closing, late, grace, status) -> None:
    call = closing.reply.call
    call.grace_minutes = grace
    call.save()
    page = closing.page("check/")
    arrive(closing, calls.CLOSES + late * calls.MILLISECOND)
    assert closing.post("check/", page).status_code == status
    html = closing.get("check/", follow=True).content.decode()
    assert state(closing) is (ReplyState.SUBMITTED if status == 302 else ReplyState.DRAFT)
    if status == 422:
        assert "The call has closed" in html
        assert "Village network" in html
        assert "Send the reply" not in html


def test_grace_is_not_told_and_an_own_end_is(closing) -> None:
    call = closing.reply.call
    call.grace_minutes = 60
    call.save()
    arrive(closing, calls.CLOSES + calls.MILLISECOND)
    assert "The call has closed" not in closing.get("check/").content.decode()
    assert "Call closes Friday 20 March 2026, 23:00" in closing.get("").content.decode()
    person, end = closing.person, calls.AFTER
    allow_longer(call=call, person=person, until=end, reason="Power cut", by=None, at=calls.AT)
    assert "Saturday 21 March 2026, 23:00" in closing.get("").content.decode()


def test_returned_reply_is_sent_again_after_the_end(closing) -> None:
    send(closing)
    staff = accounts.person(Role.MODERATOR)
    return_reply(reply=closing.reply, reason="Say which village.", by=staff, at=calls.AT)
    arrive(closing, calls.AFTER)
    assert "Say which village." in closing.get("").content.decode()
    closing.save("stay", summary="Village of Kisi.")
    assert send(closing).url == closing.url("sent/")
    assert closing.reply.snapshots.count() == 2


def test_download_holds_everything_written_and_sent(ready) -> None:
    send(ready)
    answer = ready.get("reply.json")
    assert f"reply-{ready.reply.pk}.json" in answer.headers["Content-Disposition"]
    content = json.loads(answer.content)
    assert content["answers"] == {"title": "Village network", "agreed": True}
    assert content["sent"][0]["answers"] == content["answers"]
    assert content["questions"]["title"]["label"]["en"] == "Question title"


def test_staff_read_what_was_sent_and_no_draft(ready) -> None:
    staff = accounts.browser(accounts.person(Role.MODERATOR))
    assert staff.get(ready.url()).status_code == 404
    send(ready)
    assert staff.get(ready.url("sent/1/")).status_code == 200
    assert staff.get(ready.url("reply.json")).status_code == 404
    assert staff.get(ready.url("about/")).status_code == 404
