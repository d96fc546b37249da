"""What moderators and coordinators do, who may, and which mail follows."""

import datetime as dt

import pytest
from tests.factories import accounts, calls
from tests.factories import entries as register
from tests.factories import intake as make

from stocktaking.accounts.operations import export_person
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.signals import people_merged
from stocktaking.calls.operations import reopen_reply, withdraw_reply
from stocktaking.calls.states import ReplyState
from stocktaking.history.models import HistoryRecord
from stocktaking.intake import operations
from stocktaking.intake.models import Endorsement, Likeness, Moderation
from stocktaking.intake.operations.likenesses import TWINS
from stocktaking.intake.permissions import can_see, from_scopes, scope_for
from stocktaking.intake.queries.likenesses import likened_entries
from stocktaking.intake.queries.statistics import statistics
from stocktaking.intake.queries.waiting import waiting_replies
from stocktaking.intake.rules.likeness import LEAST, address_key, likened, score_of
from stocktaking.intake.rules.turnaround import by_age, by_month, percentile, turnaround
from stocktaking.intake.states import EndorsementVerdict
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import run_waiting
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from stocktaking.outbox.models import Message
from stocktaking.threads.models import Comment, Thread
from stocktaking.threads.operations import say

pytestmark = pytest.mark.usefixtures("_framework")
AT, DAY = make.AT, make.DAY
LATER = AT + DAY
ENDORSED, OBJECTED = EndorsementVerdict.ENDORSED, EndorsementVerdict.OBJECTED


def mails(kind=""):
    """Oldest first; those of one moment by name."""
    rows = Message.objects.filter(kind__startswith=kind or "intake.").order_by("queued_at", "kind")
    return [(mail.kind, mail.to) for mail in rows]


def code_of(do, **stated):
    with pytest.raises(RuleBroken) as caught:
        do(**stated)
    return caught.value.code


def test_return_says_the_comments_and_sends_one_mail():
    by, moderator = accounts.person(), make.moderator()
    reply = make.sent(by=by)
    operations.return_with_comments(
        number=reply.number,
        reason="Two things.",
        comments={"summary": "Who uses it?", "title": " "},
        language="en",
        by=moderator,
        at=LATER,
    )
    assert [(one.thread.place, one.text) for one in Comment.objects.all()] == [
        ("summary", "Who uses it?")
    ]
    assert mails() == []
    assert mails("calls.returned") == [("calls.returned", by.email)]
    row = make.moderation(reply)
    assert (row.first_decided_at, row.first_decided_by_id) == (LATER, moderator.pk)


def test_return_that_is_refused_leaves_no_comment():
    reply = make.sent()
    stated = {"number": reply.number, "language": "en", "by": None, "at": LATER}
    code = code_of(operations.return_with_comments, reason=" ", comments={"title": "Hm"}, **stated)
    assert code == "reason_missing"
    assert not Comment.objects.exists()


def test_first_decision_stays_the_first():
    by, moderator = accounts.person(), make.moderator()
    reply = make.sent(by=by)
    operations.return_with_comments(
        number=reply.number, reason="More", language="en", by=moderator, at=LATER
    )
    calls.submit(reply, by, at=LATER + DAY)
    operations.accept(number=reply.number, by=make.moderator(), at=LATER + 2 * DAY)
    row = make.moderation(reply)
    assert (row.first_submitted_at, row.first_decided_at) == (AT, LATER)
    assert row.first_decided_by_id == moderator.pk


def test_who_comes_second_is_told():
    reply = make.sent()
    seen = make.moderation(reply).lock
    operations.assign_reply(
        number=reply.number, to=make.moderator(), based_on=seen, by=None, at=LATER
    )
    for act in (operations.accept, operations.take_up):
        with pytest.raises(StaleVersion):
            act(number=reply.number, based_on=seen, by=None, at=LATER)
    with pytest.raises(StaleVersion):
        operations.decline(number=reply.number, reason="x", based_on=seen, by=None, at=LATER)
    assert calls.fresh(reply).state == ReplyState.SUBMITTED


def test_withdrawing_counts_as_an_act():
    by = accounts.person()
    reply = make.sent(by=by)
    seen = make.moderation(reply).lock
    withdraw_reply(reply=reply, by=by, at=LATER)
    with pytest.raises(StaleVersion):
        operations.accept(number=reply.number, based_on=seen, by=None, at=LATER)


def test_declined_reply_can_be_taken_up_again():
    reply = make.sent()
    operations.decline(number=reply.number, reason="A product", by=None, at=LATER)
    operations.take_up(number=reply.number, by=make.moderator(), at=LATER)
    assert calls.fresh(reply).state == ReplyState.SUBMITTED
    assert code_of(operations.take_up, number=reply.number, by=None, at=LATER) == "move_refused"
    with pytest.raises(RuleBroken):
        reopen_reply(reply=reply, by=None, at=LATER)


def test_assign_tells_whom_it_is_given_to_but_not_those_who_take():
    reply, me, other = make.sent(), make.moderator(), make.moderator()
    operations.assign_reply(number=reply.number, to=me, by=me, at=LATER)
    assert mails() == []
    operations.assign_reply(number=reply.number, to=other, by=me, at=LATER)
    operations.assign_reply(number=reply.number, to=other, by=me, at=LATER)
    assert mails() == [("intake.assigned", other.email)]
    operations.assign_reply(number=reply.number, to=None, by=me, at=LATER)
    assert make.moderation(reply).assigned_to is None
    assert HistoryRecord.objects.filter(verb="reply_assigned").count() == 3


def test_assign_refuses_somebody_who_does_not_moderate():
    reply = make.sent()
    stated = {"number": reply.number, "by": None, "at": LATER}
    observer = accounts.person(Role.OBSERVER)
    assert code_of(operations.assign_reply, to=observer, **stated) == "not_a_moderator"


def test_acceptance_is_told_once_now_or_with_the_moment():
    by = accounts.person()
    now, later = make.sent(by=by), make.sent(by=by)
    operations.accept(number=now.number, by=None, at=LATER)
    operations.accept(number=later.number, publish_at=LATER + DAY, by=None, at=LATER)
    assert mails() == [("intake.published", by.email), ("intake.scheduled", by.email)]
    operations.publish_due(at=LATER + DAY)
    assert mails()[2:] == [("intake.published", by.email)]
    message = Message.objects.filter(kind="intake.published").order_by("queued_at").first()
    assert f"/e/{calls.fresh(now).entry_id}" in message.text


def test_comments_go_to_authors_and_answers_to_who_has_the_reply():
    by, moderator = accounts.person(), make.moderator()
    reply = make.sent(by=by)
    operations.assign_reply(number=reply.number, to=moderator, by=moderator, at=LATER)
    stated = {"number": reply.number, "language": "en", "by": moderator, "at": LATER}
    operations.comment_on(text="Where is this?", **stated)
    operations.comment_on(text="Weak.", audience=Thread.Audience.STAFF, **stated)
    assert mails() == [("intake.commented", by.email)]
    say(
        about_type="calls.reply",
        about_id=str(reply.number),
        text="On the hill.",
        language="en",
        by=by,
        at=LATER + DAY,
    )
    assert mails()[1:] == [("intake.answered", moderator.email)]


def test_each_does_what_can_be_done_and_says_what_cannot():
    first, second = make.sent(), make.sent()
    operations.decline(number=second.number, reason="Twin", by=None, at=LATER)
    verdicts = operations.each(
        [first.number, second.number, 999_999, first.number],
        lambda number: operations.accept(number=number, by=None, at=LATER),
    )
    assert [bool(verdict.refusal) for verdict in verdicts] == [False, True, True]
    assert code_of(operations.each, numbers=[], act=print) == "none_chosen"
    assert code_of(operations.each, numbers=range(201), act=print) == "too_many_replies"


@pytest.mark.parametrize("role", [None, Role.OBSERVER, Role.COORDINATOR])
def test_deciding_needs_a_moderator(role):
    reply, by = make.sent(), accounts.person(role)
    stated = {"number": reply.number, "by": by, "at": LATER}
    for act, more in (
        (operations.decline, {"reason": "x"}),
        (operations.return_with_comments, {"reason": "x", "language": "en"}),
        (operations.assign_reply, {"to": None}),
        (operations.comment_on, {"text": "x", "language": "en"}),
        (operations.take_up, {}),
        (operations.publish_now, {}),
    ):
        with pytest.raises(NotAllowed):
            act(**stated, **more)
    assert calls.fresh(reply).state == ReplyState.SUBMITTED


def owner(country):
    return {"name": f"Council of {country}", "country": country, "type": "academia"}


def test_coordinator_speaks_on_the_own_country_or_region_alone():
    kenyan, sudanese = make.sent(), make.sent(owner=owner("SD"))
    of_country = accounts.person(Role.COORDINATOR, scope=("country", "KE"))
    of_region = accounts.person(Role.COORDINATOR, scope=("region", "ARB"))
    on = AT.date()
    assert scope_for(of_country, kenyan, on=on) == "country:KE"
    assert scope_for(of_country, sudanese, on=on) == ""
    assert scope_for(of_region, sudanese, on=on) == "region:ARB"
    assert list(from_scopes(of_region, on=on)) == [sudanese]
    for other in (None, accounts.person(), make.moderator(), accounts.person(Role.OBSERVER)):
        assert scope_for(other, kenyan, on=on) == ""
        assert not from_scopes(other, on=on).exists()
    with pytest.raises(NotAllowed):
        operations.endorse_reply(number=sudanese.number, verdict=ENDORSED, by=of_country, at=LATER)
    assert not Endorsement.objects.exists()


def test_later_word_of_a_scope_replaces_the_earlier_one():
    reply = make.sent()
    of_country = accounts.person(Role.COORDINATOR, scope=("country", "KE"))
    of_region = accounts.person(Role.COORDINATOR, scope=("region", "AFR"))
    stated = {"number": reply.number, "at": LATER}
    operations.endorse_reply(verdict=ENDORSED, by=of_country, **stated)
    operations.endorse_reply(verdict=OBJECTED, note="Unknown here", by=of_region, **stated)
    row = make.moderation(reply)
    assert (row.endorsed, row.objected) == (1, 1)
    operations.endorse_reply(verdict=ENDORSED, by=of_region, **stated)
    row = make.moderation(reply)
    assert (row.endorsed, row.objected) == (2, 0)


def test_endorsing_refuses_a_decided_reply_and_an_objection_without_a_word():
    reply = make.sent()
    by = accounts.person(Role.COORDINATOR, scope=("country", "KE"))
    stated = {"number": reply.number, "by": by, "at": LATER}
    assert code_of(operations.endorse_reply, verdict=OBJECTED, **stated) == "note_missing"
    operations.decline(number=reply.number, reason="Twin", by=None, at=LATER)
    assert code_of(operations.endorse_reply, verdict=ENDORSED, **stated) == "not_endorsable"


def test_draft_is_seen_by_nobody_of_the_staff():
    draft = calls.reply(make.call(), answers={"title": "Draft", "owner": owner("KE")})
    assert not can_see(make.moderator(), draft)
    assert scope_for(accounts.person(Role.COORDINATOR), draft, on=AT.date()) == ""
    assert can_see(accounts.person(Role.OBSERVER), make.sent())
    assert code_of(operations.accept, number=draft.number, by=None, at=AT) == "not_in_queue"
    assert code_of(operations.accept, number=0, by=None, at=AT) == "reply_unknown"


def title_of(entry):
    return entry.texts.get(language="en").title


def test_twins_are_found_by_one_job_and_dismissed_for_good():
    entry = register.entry()
    twin, other = make.sent(title=title_of(entry).upper()), make.sent(title="Weather buoys")
    assert Job.objects.filter(kind=TWINS).count() == 1
    run_waiting(at_clock=lambda: LATER)
    found = Likeness.objects.get()
    assert (found.reply, found.entry, found.why) == (twin, entry, ["title", "country"])
    assert (make.moderation(twin).alike, make.moderation(other).alike) == (1, 0)
    operations.dismiss_likeness(likeness_id=found.pk, by=make.moderator(), at=LATER)
    Moderation.objects.update(twins_sought_at=None)
    Job.objects.update(state="waiting", runs=0)
    run_waiting(at_clock=lambda: LATER)
    assert Likeness.objects.get().dismissed_at == LATER
    assert make.moderation(twin).alike == 0
    stated = {"likeness_id": 0, "by": None, "at": LATER}
    assert code_of(operations.dismiss_likeness, **stated) == "likeness_unknown"


def test_entry_that_a_reply_updates_is_no_twin_of_it():
    assert list(likened_entries()) == []
    entry = register.entry()
    [(number, held)] = likened_entries()
    assert number == entry.number
    assert held.countries == {"KE"}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"titles": ["E-Health  Uganda"]}, {"titles": ["e-health UGANDA"]}, ("title",)),
        ({"titles": ["Uganda e-health"]}, {"titles": ["E-health, Uganda"]}, ("title",)),
        ({"titles": ["Réseau"]}, {"titles": ["RESEAU"]}, ("title",)),
        ({"titles": ["农村学校远程教育平台"]}, {"titles": ["农村学校远程教育平台"]}, ("title",)),
        (
            {"titles": ["Telecentres of Kenya"], "organisation": 3},
            {"titles": ["Telecentres in Kenya"], "organisation": 3},
            ("title", "organisation"),
        ),
        (
            {"titles": ["One"], "website": "https://www.example.org/net/"},
            {"titles": ["Quite another"], "website": "http://example.org/net"},
            ("website",),
        ),
        (
            {"titles": ["One"], "website": "https://a.org"},
            {"titles": ["Two"], "website": "a.org"},
            None,
        ),
        ({"titles": ["Digital skills"]}, {"titles": ["Weather buoys"]}, None),
        ({"titles": ["Skills", "مهارات رقمية"]}, {"titles": ["المهارات الرقمية"]}, ("title",)),
    ],
)
def test_likeness_says_why(one, other, why):
    score, reasons = score_of(likened(**one), likened(**other))
    assert (reasons if score >= LEAST else None) == why
    assert score <= 100


@pytest.mark.parametrize("stated", ["", "no address", "http://[", "mailto:a@b.example"])
def test_address_key_of_no_address_is_empty(stated):
    assert address_key(stated) == ""


def test_turnaround_counts_middle_and_slowest_tenth():
    spans = [(AT, AT + days * DAY) for days in range(1, 11)]
    found = turnaround(spans)
    assert (found.decided, found.median, found.slowest_tenth) == (10, 5.0, 9.0)
    assert turnaround([]).median is None
    assert percentile([4.0], 90) == 4.0
    assert [month for month, _ in by_month([(AT, AT + 40 * DAY), *spans])] == ["2026-03", "2026-04"]
    waiting = [AT - days * DAY for days in (0, 7, 8, 61, 400)]
    assert [count for *_span, count in by_age(waiting, AT)] == [2, 1, 0, 0, 2]


def test_statistics_leave_out_what_nobody_decided():
    moderator = make.moderator(name="Mo")
    slow, quick, waiting = (make.sent() for _ in range(3))
    operations.accept(number=slow.number, by=moderator, at=AT + 9 * DAY)
    operations.accept(number=quick.number, by=None, at=AT)
    operations.assign_reply(number=waiting.number, to=moderator, by=moderator, at=AT)
    found = statistics(at=AT + 10 * DAY)
    assert (found.whole.decided, found.whole.median, found.automatic) == (1, 9.0, 1)
    assert [(one.name, one.waiting, one.first_decisions) for one in found.load] == [
        ("Mo", 1, 1),
        ("", 0, 0),
    ]
    assert found.states[ReplyState.ACCEPTED] == 2
    assert statistics(at=AT, call="none").whole.decided == 0


def test_waiting_replies_counts_mine_and_those_that_nobody_has(django_assert_num_queries):
    me = make.moderator()
    mine = make.sent(at=AT)
    make.sent(at=AT + DAY)
    operations.assign_reply(number=mine.number, to=me, by=me, at=LATER)
    with django_assert_num_queries(1):
        found = waiting_replies(me, at=LATER)
    assert (found.mine, found.free, found.refused) == (1, 1, 0)
    assert (found.oldest_mine, found.oldest) == (AT, AT + dt.timedelta(days=1))


def test_part_of_a_moderator_is_handed_out_and_follows_a_merged_account():
    reply = make.sent()
    kept = accounts.person(Role.COORDINATOR, scope=("country", "KE"))
    merged = accounts.person(Role.COORDINATOR, scope=("country", "KE"))
    operations.endorse_reply(number=reply.number, verdict=ENDORSED, by=merged, at=LATER)
    told = export_person(person=merged, by=merged, at=LATER)
    assert [one["verdict"] for one in told["endorsements"]] == ["endorsed"]
    people_merged.send(sender=None, kept=kept, merged=merged, by=None, at=LATER)
    assert Endorsement.objects.get().by == kept
