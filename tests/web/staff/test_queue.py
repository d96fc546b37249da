"""The queue on the screen: the list, one reply, what is done with it."""

import pytest
from tests.factories import accounts, calls, intake
from tests.factories import entries as make_entries
from tests.factories.pages import visit

from stocktaking.accounts.operations import add_member
from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.states import ReplyState
from stocktaking.entries.models import Entry
from stocktaking.entries.rules.values import TermValue
from stocktaking.entries.states import Basis
from stocktaking.intake import operations
from stocktaking.intake.models import Endorsement, Likeness, Moderation
from stocktaking.jobs.operations import run_waiting
from stocktaking.kernel import clock
from stocktaking.threads.models import Comment, Thread


@pytest.fixture
def call(register):
    return intake.call("yearly")


@pytest.fixture
def moderator(register):
    return accounts.person(Role.MODERATOR, name="Mo Derator")


@pytest.fixture
def queue(moderator):
    browser = accounts.browser(moderator)
    return lambda path="": visit(browser, f"/en/staff/queue/{path}")


def test_list_shows_counts_and_rows(queue, call) -> None:
    reply = intake.sent(call, title="Weather <b>buoys</b>")
    intake.sent(call, language="ar", title="محطة")
    page = queue()
    assert "Waiting 2" in page.text
    assert "Weather <b>buoys</b>" in page.text
    assert f"/en/staff/queue/{reply.number}/" in page.links()
    assert 'lang="ar" dir="rtl"' in page.html
    assert "No reply fits." in queue("?language=fr").text


def test_filters_stay_in_the_links_to_replies(queue, call) -> None:
    reply = intake.sent(call)
    page = queue("?call=yearly&sort=newest&assigned=nobody")
    assert (
        f"/en/staff/queue/{reply.number}/?call=yearly&assigned=nobody&sort=newest" in page.links()
    )


@pytest.mark.parametrize(
    "query", ["?page=99999999999&older=-1&assigned=%00", "?state=draft&sort=x"]
)
def test_what_cannot_be_read_counts_as_not_asked(queue, call, query) -> None:
    intake.sent(call)
    assert queue(query).status == 200


def test_accept_publishes_and_goes_on_with_the_next(queue, call, moderator) -> None:
    first = intake.sent(call)
    second = intake.sent(call, at=intake.AT + intake.DAY)
    page = queue(f"{first.number}/")
    after = page.form(value="accept").send(act="accept")
    assert after.path == f"/en/staff/queue/{second.number}/"
    assert f"Reply {first.number} is accepted." in after.text
    assert Entry.objects.get().pk == calls.fresh(first).entry_id
    end = after.form(value="accept").send(act="accept")
    assert end.path == "/en/staff/queue/"


def test_accept_for_later_keeps_the_moment(queue, call) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="accept")
    form["accept-when_year"], form["accept-when_month"], form["accept-when_day"] = "2099", "3", "1"
    form["accept-when_hour"] = "9:30"
    form.send(act="accept")
    moment = intake.moderation(reply).publish_at
    assert moment.isoformat() == "2099-03-01T09:30:00+00:00"
    page = queue(f"{reply.number}/")
    page.form(value="publish").send(act="publish")
    assert intake.moderation(reply).publish_at is None


@pytest.mark.parametrize(
    ("day", "hour", "field"),
    [("", "", "when_year"), ("31", "", "when_year"), ("1", "25:00", "when_hour")],
)
def test_impossible_moment_is_told_and_nothing_is_done(queue, call, day, hour, field) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="accept")
    form["accept-when_year"], form["accept-when_month"] = "2099", "2"
    form["accept-when_day"], form["accept-when_hour"] = day, hour
    answer = form.send(act="accept")
    assert answer.status == 422
    assert f"id_accept-{field}_error" in answer.ids()
    assert calls.fresh(reply).state == ReplyState.SUBMITTED


def test_moment_that_has_passed_is_refused(queue, call) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="accept")
    form["accept-when_year"], form["accept-when_month"], form["accept-when_day"] = "2020", "1", "1"
    assert "id_accept-when_year_error" in form.send(act="accept").ids()


def test_return_sends_reason_and_comments_by_question(queue, call) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="return")
    form["reason"], form["comment-summary"] = "Two things.", "Say who <i>uses</i> it."
    form.send(act="return")
    reply = calls.fresh(reply)
    assert (reply.state, reply.reason) == (ReplyState.RETURNED, "Two things.")
    assert Thread.objects.get().place == "summary"
    page = queue(f"{reply.number}/")
    assert "Say who <i>uses</i> it." in page.text


def test_return_without_a_reason_keeps_the_comments(queue, call) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="return")
    form["comment-summary"] = "Kept"
    answer = form.send(act="return")
    assert answer.status == 422
    again = answer.form(value="return")
    assert again["comment-summary"] == "Kept"
    assert not Comment.objects.exists()
    again["reason"] = "Now with one"
    again.send(act="return")
    assert calls.fresh(reply).state == ReplyState.RETURNED


def test_comments_alone_return_nothing(queue, call) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="comment")
    form["reason"] = "Thank you."
    form.send(act="comment")
    assert calls.fresh(reply).state == ReplyState.SUBMITTED
    assert [one.text for one in Comment.objects.all()] == ["Thank you."]
    page = queue(f"{reply.number}/")
    page.form(id="settle").send(thread=str(Thread.objects.get().pk))
    assert Thread.objects.get().resolved_at is not None


def test_update_says_in_one_sentence_what_its_owner_stands_behind(queue, call, register) -> None:
    by, body = accounts.person(), accounts.organisation()
    add_member(organisation=body, person=by, by=None, at=intake.AT)
    entry = make_entries.entry(
        organisation=body.pk,
        terms=(
            TermValue("line", "L1", Basis.SUGGESTED),
            TermValue("status", "ongoing", Basis.IMPORT),
            TermValue("country", "KE", Basis.OWNER),
        ),
    )
    reply = intake.confirmed(entry, intake.call(confirms=True), by, title="Village network 2.0")
    page = queue(f"{reply.number}/")
    assert "The owner now stands behind 2 terms." in page.text
    assert "Who says so" not in page.text
    assert "1 field changed" in page.text


def test_reasons_for_returning_and_declining_are_told_apart(queue, call) -> None:
    page = queue(f"{intake.sent(call).number}/")
    assert page.text.count("Why it is declined") == 1
    assert page.text.count("What its authors are told") == 1


def test_decline_and_take_up_again(queue, call) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="decline")
    assert form.send(act="decline").status == 422
    form["decline-reason"] = "It is a product."
    form.send(act="decline")
    assert calls.fresh(reply).state == ReplyState.DECLINED
    queue(f"{reply.number}/").form(value="take_up").send(act="take_up")
    assert calls.fresh(reply).state == ReplyState.SUBMITTED


def test_second_moderator_sees_what_the_first_did(queue, call) -> None:
    reply = intake.sent(call)
    mine = queue(f"{reply.number}/").form(value="accept")
    other = intake.moderator(name="Other Moderator")
    operations.decline(number=reply.number, reason="A twin", by=other, at=clock.now())
    answer = mine.send(act="accept")
    assert answer.status == 409
    assert "Done meanwhile" in answer.text
    assert "Other Moderator" in answer.text
    assert "A twin" in answer.text
    assert calls.fresh(reply).state == ReplyState.DECLINED
    assert not Entry.objects.exists()


def test_error_of_a_check_asks_for_a_reason(queue, call) -> None:
    intake.check(severity="error")
    reply = intake.sent(call)
    page = queue(f"{reply.number}/")
    assert "The summary is short." in page.text
    answer = page.form(value="accept").send(act="accept")
    assert answer.status == 422
    assert "id_accept-override_error" in answer.ids()
    form = answer.form(value="accept")
    form["accept-override"] = "Short is right here."
    form.send(act="accept")
    assert calls.fresh(reply).state == ReplyState.ACCEPTED


def test_assign_shows_who_has_it(queue, call, moderator) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="assign")
    form["assign-to"] = str(moderator.pk)
    form.send(act="assign")
    assert intake.moderation(reply).assigned_to == moderator
    assert "Mo Derator" in queue("?assigned=me").text
    assert "No reply fits." in queue("?assigned=nobody").text


def test_chosen_replies_are_accepted_assigned_and_returned_together(queue, call, moderator) -> None:
    sent = [intake.sent(call) for _ in range(4)]
    form = queue().form(value="accept")
    form["reply"] = [str(sent[0].number), str(sent[1].number)]
    answer = form.send(act="accept")
    assert "2 replies: done." in answer.text
    assert Entry.objects.count() == 2
    form = queue().form(value="assign")
    form["reply"], form["to"] = [str(sent[2].number)], str(moderator.pk)
    form.send(act="assign")
    assert intake.moderation(sent[2]).assigned_to == moderator
    form = queue().form(value="return")
    form["reply"] = [str(sent[2].number), str(sent[3].number)]
    form["reason"] = "The call has changed."
    form.send(act="return")
    assert {calls.fresh(one).state for one in sent[2:]} == {ReplyState.RETURNED}


def test_each_of_the_chosen_has_its_own_verdict(queue, call) -> None:
    intake.check(severity="error", condition={"question": "summary", "words_less_than": 8})
    short = intake.sent(call, summary="Just six words are in here.")
    fine = intake.sent(call)
    form = queue().form(value="accept")
    form["reply"] = [str(short.number), str(fine.number)]
    answer = form.send(act="accept")
    assert "1 reply: done." in answer.text
    assert f"Reply {short.number}: A check found an error." in answer.text
    assert calls.fresh(short).state == ReplyState.SUBMITTED


def test_nothing_chosen_is_told_and_the_form_stays(queue, call) -> None:
    intake.sent(call)
    answer = queue().form(value="accept").send(act="accept")
    assert answer.status == 422
    assert "Choose replies in the list first." in answer.text


def test_same_form_twice_acts_once(queue, call) -> None:
    reply = intake.sent(call)
    form = queue(f"{reply.number}/").form(value="comment")
    form["reason"] = "Once."
    form.send(act="comment"), form.send(act="comment")
    assert Comment.objects.count() == 1


def test_likeness_is_shown_beside_and_dismissed(queue, call) -> None:
    entry = make_entries.entry()
    reply = intake.sent(call, title=entry.texts.get(language="en").title)
    run_waiting(at_clock=clock.now)
    page = queue(f"{reply.number}/")
    assert "Entries that it resembles" in page.text
    page.form(action=f"/en/staff/queue/{reply.number}/likeness/{Likeness.objects.get().pk}/")
    found = [f for f in page.tree.findall(".//form") if "likeness" in f.get("action", "")]
    page.client.post(found[0].get("action"))
    assert Moderation.objects.get(reply=reply).alike == 0
    run_waiting(at_clock=clock.now)
    assert Likeness.objects.get().dismissed_at is not None


def test_resent_reply_shows_what_changed(queue, call) -> None:
    by = accounts.person()
    reply = intake.sent(call, by)
    operations.return_with_comments(
        number=reply.number, reason="Shorter", language="en", by=None, at=intake.AT
    )
    calls.operations.save_reply(
        reply=reply,
        answers={"summary": "A network run by two villages for all of their neighbours."},
        based_on=calls.fresh(reply).answer_set.revision,
        by=by,
        at=intake.AT,
    )
    calls.submit(reply, by, at=intake.AT + intake.DAY)
    page = queue(f"{reply.number}/")
    assert "<ins>two villages" in page.html
    assert "<del>" in page.html


def test_observer_sees_all_and_can_do_nothing(call) -> None:
    reply = intake.sent(call)
    browser = accounts.browser(accounts.person(Role.OBSERVER))
    page = visit(browser, f"/en/staff/queue/{reply.number}/")
    assert page.status == 200
    assert reply.title in page.text
    assert not page.tree.findall(".//main//button")
    assert not visit(browser, "/en/staff/queue/").tree.findall(
        ".//main//input[@type='checkbox'][@name='reply']"
    )
    for act in ("accept", "return", "decline", "assign"):
        answer = browser.post(f"/en/staff/queue/{reply.number}/act/", {"act": act})
        assert answer.status_code == 403
    assert browser.post("/en/staff/queue/many/", {"act": "accept"}).status_code == 403


def test_draft_is_not_there(queue, call) -> None:
    draft = calls.reply(call, answers={"title": "Draft"})
    assert queue(f"{draft.number}/").status == 404


def test_coordinator_sees_and_endorses_the_own_country_alone(call) -> None:
    kenyan = intake.sent(call, title="From Kenya")
    french = intake.sent(
        call,
        title="From France",
        owner={"name": "Commune", "country": "FR", "type": "academia"},
    )
    browser = accounts.browser(accounts.person(Role.COORDINATOR, scope=("country", "KE")))
    page = visit(browser, "/en/staff/queue/endorse/")
    assert "From Kenya" in page.text
    assert "From France" not in page.text
    assert browser.get(f"/en/staff/queue/endorse/{french.number}/").status_code == 404
    assert browser.get(f"/en/staff/queue/{kenyan.number}/").status_code == 403
    one = visit(browser, f"/en/staff/queue/endorse/{kenyan.number}/")
    assert "ada@example.org" not in one.html
    form = one.form(name="verdict")
    form["verdict"] = "objected"
    assert form.send().status == 422
    form["note"] = "Not known in the country."
    form.send()
    assert Endorsement.objects.get().note == "Not known in the country."
    assert "From Kenya" in visit(browser, "/en/staff/queue/endorse/?spoken=1").text


def test_statistics_are_a_page_and_a_file(queue, call, moderator) -> None:
    first = intake.sent(call)
    intake.sent(call)
    operations.accept(number=first.number, by=moderator, at=intake.AT + 3 * intake.DAY)
    page = queue("statistics/")
    assert "Half of the first decisions came within 3.0 days" in page.text
    assert "March 2026" in page.text
    assert "Mo Derator" in page.text
    file = page.client.get("/en/staff/queue/statistics.csv")
    assert file["Content-Type"].startswith("text/csv")
    assert "month,2026-03,1,3.0,3.0," in file.getvalue().decode()
