"""Calls drawn up, published, extended, cancelled, copied; more time for one person."""

import datetime as dt

import pytest
from tests.factories import accounts
from tests.factories import calls as make

from stocktaking.accounts.rules.roles import Role
from stocktaking.calls import operations
from stocktaking.calls.models import Call, Letter
from stocktaking.calls.queries import call_lists, counts_of, desk_calls, open_calls, standing
from stocktaking.calls.rules.audience import Audience
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.rules.window import day_ends_anywhere
from stocktaking.calls.states import CallState, ReplyState
from stocktaking.history.models import HistoryRecord
from stocktaking.jobs.models import Job
from stocktaking.kernel.errors import NotAllowed, RuleBroken, RulesBroken, StaleVersion
from stocktaking.questionnaires.models import Questionnaire
from stocktaking.questionnaires.operations import open_draft, save_definition
from stocktaking.questionnaires.states import VersionState

AT, CLOSES, AFTER = make.AT, make.CLOSES, make.AFTER
WEEK = dt.timedelta(days=7)


def code_of(act, *args, **stated):
    with pytest.raises(RuleBroken) as caught:
        act(*args, **stated)
    return caught.value.code


def create(slug="fresh", *, kind="trial", questionnaire="", **stated):
    if not questionnaire:
        questionnaire = "asked"
        save_definition(definition=make.short_form(questionnaire), by=None, at=AT)
    return operations.create_call(
        slug=slug, kind=kind, questionnaire=questionnaire, values=make.values(**stated),
        by=None, at=AT,
    )  # fmt: skip


def test_every_fault_of_a_new_call_is_told_at_its_field():
    with pytest.raises(RulesBroken) as caught:
        create(
            "Not A Slug",
            kind="unknown",
            questionnaire="none",
            title={"en": " "},
            closes_at=make.OPENS,
            audience=Audience(countries=frozenset({"XX"})),
            quota=Quota(per_person=0),
            collection="none",
            previous="none",
        )
    assert [(one.code, one.field) for one in caught.value.errors] == [
        ("slug_malformed", "slug"),
        ("kind_unknown", "kind"),
        ("call_title_missing", "title"),
        ("closes_before_opening", "closes_at"),
        ("term_unknown", "audience_country"),
        ("quota_malformed", "per_person"),
        ("collection_unknown", "collection"),
        ("call_unknown", "previous"),
        ("questionnaire_unknown", "questionnaire"),
    ]
    assert not Call.objects.exists()
    assert code_of(create, zone="Mars/Olympus") == "zone_unknown"
    assert code_of(create, anywhere=True) == "not_end_of_day"
    create(anywhere=True, closes_at=day_ends_anywhere(dt.date(2026, 3, 20)))
    assert code_of(create) == "call_exists"


def test_only_organisers_may():
    call, stranger = make.draft_call(), accounts.person(Role.MODERATOR)
    for act in (
        lambda: operations.publish_call(call=call, by=stranger, at=AT),
        lambda: operations.cancel_call(call=call, reason={"en": "x"}, by=stranger, at=AT),
        lambda: operations.copy_call(call=call, slug="copy", by=stranger, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    operations.publish_call(call=call, by=accounts.person(Role.ORGANISER), at=AT)


def test_publishing_freezes_the_questionnaire_and_pins_it():
    call = make.draft_call()
    draft = call.questionnaire.versions.get()
    published = operations.publish_call(call=call, by=None, at=AT)
    draft.refresh_from_db()
    assert draft.state == VersionState.FROZEN
    assert (published.version_id, published.state) == (draft.pk, CallState.PUBLISHED)
    assert operations.publish_call(call=call, by=None, at=AFTER).published_at == AT
    open_draft(questionnaire_id=call.questionnaire_id, by=None, at=AT)
    reply = make.reply(published)
    assert reply.answer_set.version_id == draft.pk  # the pinned one, whatever is built now
    record = HistoryRecord.objects.get(verb="call_published")
    assert record.object_id == str(call.pk)


def test_a_questionnaire_with_dead_ends_does_not_go_out():
    empty = make.forms.definition("empty", make.forms.section("nothing"))
    call = make.draft_call(form=empty)
    assert code_of(operations.publish_call, call=call, by=None, at=AT) == "questionnaire_unfit"
    call.refresh_from_db()
    assert call.state == CallState.DRAFT
    ended = make.draft_call()
    assert code_of(operations.publish_call, call=ended, by=None, at=CLOSES) == "extension_in_past"


def test_two_organisers_do_not_overwrite_each_other():
    call = make.draft_call()
    act = {"call": call, "based_on": 1, "by": None, "at": AT}
    operations.revise_call(**act, values=make.values(title={"en": "One"}))
    with pytest.raises(StaleVersion):
        operations.revise_call(**act, values=make.values(title={"en": "Two"}))
    call.refresh_from_db()
    assert call.title == {"en": "One"}


def test_what_was_announced_is_not_revised():
    call = make.call()
    with pytest.raises(RulesBroken) as caught:
        operations.revise_call(
            call=call, based_on=call.lock, by=None, at=AT,
            values=make.values(closes_at=AFTER, zone="UTC"),
        )  # fmt: skip
    assert {(one.code, one.field) for one in caught.value.errors} == {
        ("call_fixed", "closes_at"),
        ("call_fixed", "zone"),
    }
    revised = operations.revise_call(
        call=call, based_on=call.lock, by=None, at=AT, values=make.values(minutes=45)
    )
    assert revised.minutes == 45


def test_an_extension_moves_the_end_for_all_and_is_announced():
    call = make.call()
    act = {"call": call, "by": None, "at": AT}
    assert code_of(operations.extend_call, **act, closes_at=AFTER, reason={}) == "reason_missing"
    reason = {"en": "Many asked"}
    assert code_of(operations.extend_call, **act, closes_at=CLOSES, reason=reason) == (
        "extension_not_later"
    )
    extension = operations.extend_call(**act, closes_at=AFTER, reason=reason)
    assert (extension.was, extension.becomes) == (CLOSES, AFTER)
    assert operations.extend_call(**act, closes_at=AFTER, reason=reason) == extension
    [job] = Job.objects.filter(kind="calls.extension")
    assert job.arguments == {"extension": extension.pk}
    call.refresh_from_db()
    by = accounts.person()
    late = make.reply(call, by, at=CLOSES)
    make.submit(late, by, at=AFTER - make.MILLISECOND)
    # also after the end: what was refused is taken from then on
    late_act = {"call": call, "reason": reason, "by": None}
    assert code_of(operations.extend_call, **late_act, closes_at=AFTER + WEEK, at=AFTER + WEEK) == (
        "extension_in_past"
    )
    operations.extend_call(**late_act, closes_at=AFTER + WEEK, at=AFTER + WEEK / 2)


def test_a_cancelled_call_keeps_what_was_written():
    by = accounts.person()
    reply = make.reply(by=by)
    assert code_of(operations.cancel_call, call=reply.call, reason={"en": " "}, by=None, at=AT) == (
        "reason_missing"
    )
    operations.cancel_call(call=reply.call, reason={"en": "No money"}, by=None, at=AT)
    assert code_of(make.submit, make.fresh(reply), by) == "call_cancelled"
    operations.save_reply(reply=reply, answers={"title": "Kept"}, based_on=2, by=by, at=AT)
    assert make.fresh(reply).title == "Kept"
    assert Job.objects.filter(kind="calls.cancellation").count() == 1
    assert code_of(
        operations.extend_call, call=reply.call, closes_at=AFTER, reason={"en": "x"}, by=None, at=AT
    ) == ("call_move_refused")


def test_more_time_for_one_person_is_later_than_the_end_and_has_a_reason():
    call, person = make.call(), accounts.person()
    act = {"call": call, "person": person, "by": None, "at": AT}
    assert code_of(operations.allow_longer, **act, until=AFTER, reason=" ") == "reason_missing"
    assert code_of(operations.allow_longer, **act, until=CLOSES, reason="x") == (
        "allowance_not_later"
    )
    operations.allow_longer(**act, until=AFTER, reason="Power cut")
    again = operations.allow_longer(**act, until=AFTER + WEEK, reason="Flood")
    assert call.allowances.get() == again
    details = HistoryRecord.objects.filter(verb="allowance_given").values_list("detail", flat=True)
    assert "Flood" not in str(list(details))


def test_next_years_call_is_this_years_a_year_later():
    call = make.call("call-2026")
    operations.draft_letter(
        call=call, values=make.letter_values(reference="REF/26"), by=None, at=AT
    )
    copy = operations.copy_call(call=call, slug="call-2027", by=None, at=AT)
    assert (copy.previous, copy.confirms, copy.state) == (call, True, CallState.DRAFT)
    assert copy.closes_at == dt.datetime(2027, 3, 20, 22, 0, tzinfo=dt.UTC)
    assert copy.title == call.title
    [letter] = Letter.objects.filter(call=copy)
    assert (letter.reference, letter.dated) == ("", None)
    assert letter.texts.count() == 2
    aoe = make.call(anywhere=True, closes_at=day_ends_anywhere(dt.date(2028, 2, 29)))
    later = operations.copy_call(call=aoe, slug="leap", by=None, at=AT)
    assert later.closes_at == day_ends_anywhere(dt.date(2029, 2, 28))


def test_replies_are_counted_with_one_grouped_query_each(django_assert_num_queries):
    call = make.call()
    people = [accounts.person() for _ in range(4)]
    for by, country in zip(people, ("KE", "KE", "FR", ""), strict=True):
        body = {"name": "Body", "country": country, "type": "academia"} if country else None
        make.sent(call, by, answers={**make.ANSWERS, "owner": body})
    make.reply(call)
    with django_assert_num_queries(4):
        counts = counts_of(call)
    assert (counts.sent, counts.all, counts.state[ReplyState.DRAFT]) == (4, 5, 1)
    plain = {
        name: [(term.code if term else None, number) for term, number in getattr(counts, name)]
        for name in ("region", "country", "stakeholder")
    }
    assert plain == {
        "region": [("AFR", 2), ("EUR", 1), (None, 1)],
        "country": [("KE", 2), ("FR", 1), (None, 1)],
        "stakeholder": [("academia", 3), (None, 1)],
    }
    assert counts.language == (("en", 4),)


def test_lists_cost_the_same_for_one_and_for_many(django_assert_num_queries):
    for number in range(6):
        make.sent(make.call(f"call-number-{number}"))
    standing(AT)
    with django_assert_num_queries(1):
        assert len(call_lists(AT).open) == 6
    with django_assert_num_queries(2):
        assert sum(row.sent for row in desk_calls(AT)) == 6
    with django_assert_num_queries(0):  # every kept page asks for it
        now = standing(AT)
    assert now != standing(AT + WEEK)
    assert Questionnaire.objects.count() == 6


def test_what_is_kept_of_windows_follows_every_change():
    call = make.call()
    before = standing(AT)
    operations.revise_call(
        call=call, based_on=call.lock, values=make.values(minutes=5), by=None, at=AT
    )
    revised = standing(AT)
    operations.extend_call(call=call, closes_at=AFTER, reason={"en": "x"}, by=None, at=AT)
    assert len({before, revised, standing(AT)}) == 3
    assert [one.closes.iso for one in open_calls(AT)] == ["2026-03-21T22:00:00Z"]
    assert open_calls(AFTER) == []
