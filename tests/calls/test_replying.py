"""From a draft to what was sent: started, saved, submitted, withdrawn, copied."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.factories import accounts
from tests.factories import calls as make
from tests.factories import entries as register

from stocktaking.accounts.operations import add_member
from stocktaking.accounts.rules.roles import Role
from stocktaking.calls import operations, signals
from stocktaking.calls.models import Reply, ReplySnapshot
from stocktaking.calls.rules.audience import Audience
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.rules.sending import fingerprint
from stocktaking.calls.states import Occasion, Part, ReplyState
from stocktaking.entries.operations import merge_entries, part_entries
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken, RulesBroken, StaleVersion
from stocktaking.reference.queries import catalogue

AT, CLOSES, AFTER, MS = make.AT, make.CLOSES, make.AFTER, make.MILLISECOND


def code_of(act, *args, **stated):
    with pytest.raises(RuleBroken) as caught:
        act(*args, **stated)
    return caught.value.code


def start(call, by, at=AT, **stated):
    return operations.start_reply(call=call, by=by, at=at, language="en", **stated)


def verbs(reply):
    rows = HistoryRecord.objects.filter(object_type="calls.reply", object_id=str(reply.pk))
    return list(rows.order_by("id").values_list("verb", flat=True))


def test_a_reply_begins_as_a_draft_with_its_lead():
    by = accounts.person()
    reply = start(make.call(), by)
    [author] = reply.authors.all()
    assert (author.person, author.part) == (by, Part.LEAD)
    assert reply.state == ReplyState.DRAFT
    assert reply.answer_set.version_id == reply.call.version_id
    assert verbs(reply) == ["reply_started"]


def test_nothing_begins_before_the_call_opens_or_after_it_closes():
    call, by = make.call(), accounts.person()
    assert code_of(start, call, by, make.OPENS - MS) == "call_not_open"
    assert code_of(start, call, by, CLOSES) == "call_closed"
    start(call, by, make.OPENS)
    start(call, by, CLOSES - MS)
    assert code_of(start, make.draft_call(), by) == "call_not_open"
    operations.cancel_call(call=call, reason={"en": "No money"}, by=None, at=AT)
    call.refresh_from_db()
    assert code_of(start, call, by) == "call_cancelled"


def test_columns_follow_the_answers():
    by = accounts.person()
    body = accounts.organisation("Village council", country="KE", type="academia")
    reply = make.reply(by=by, answers={"title": " Village  network ", "owner": {"number": body.pk}})
    assert reply.title == "Village network"
    assert reply.organisation == body
    assert (reply.country, reply.stakeholder) == ("KE", "academia")
    named = {"name": "A school", "country": "FR", "type": "government"}
    operations.save_reply(reply=reply, answers={"owner": named}, based_on=2, by=by, at=AT)
    reply = make.fresh(reply)
    assert reply.organisation is None
    assert reply.organisation_name == "A school"
    assert (reply.country, reply.stakeholder) == ("FR", "government")
    operations.save_reply(reply=reply, answers={"owner": None}, based_on=3, by=by, at=AT)
    assert make.fresh(reply).organisation_name == ""


def test_a_draft_is_saved_after_the_end_and_by_its_authors_alone():
    by = accounts.person()
    reply = make.reply(by=by)
    stranger = accounts.person(Role.ORGANISER)
    act = {"reply": reply, "answers": {"title": "Late"}, "based_on": 2, "at": AFTER}
    with pytest.raises(NotAllowed):
        operations.save_reply(**act, by=stranger)
    assert operations.save_reply(**act, by=by).changed == ("title",)
    assert make.fresh(reply).title == "Late"


def test_the_last_millisecond_is_sent_and_the_next_is_not():
    by = accounts.person()
    late, last = make.reply(by=by), make.reply(by=by)
    assert code_of(make.submit, late, by, at=CLOSES) == "call_closed"
    assert make.fresh(late).state == ReplyState.DRAFT
    assert make.submit(last, by, at=CLOSES - MS).at == CLOSES - MS
    assert make.fresh(last).submitted_at == CLOSES - MS


def test_grace_and_an_allowance_take_what_comes_later():
    by, other = accounts.person(), accounts.person()
    call = make.call(grace_minutes=10)
    mine, theirs = make.reply(call, by), make.reply(call, other)
    operations.allow_longer(call=call, person=by, until=AFTER, reason="Power cut", by=None, at=AT)
    grace = CLOSES + dt.timedelta(minutes=10)
    assert code_of(make.submit, theirs, other, at=grace) == "call_closed"
    make.submit(theirs, other, at=grace - MS)
    assert code_of(make.submit, mine, by, at=AFTER) == "call_closed"
    make.submit(mine, by, at=AFTER - MS)
    operations.take_back_allowance(call=call, person=by, by=None, at=AT)
    assert not call.allowances.exists()


def test_what_is_sent_is_kept_as_it_was():
    by = accounts.person()
    reply = make.reply(by=by, answers={**make.ANSWERS, "contacts": [{"name": "Ada"}]})
    snapshot = make.submit(reply, by)
    reply = make.fresh(reply)
    assert snapshot.answers["title"] == "Village network"
    assert snapshot.sha256 == fingerprint(snapshot.answers)
    assert (snapshot.number, snapshot.revision) == (1, reply.answer_set.revision)
    assert reply.answer_set.locked_at == AT
    code = code_of(
        operations.save_reply, reply=reply, answers={"title": "x"}, based_on=2, by=by, at=AT
    )
    assert code == "reply_not_writable"
    assert verbs(reply) == ["reply_started", "reply_submitted"]


def test_sent_twice_is_sent_once():
    by = accounts.person()
    reply = make.reply(by=by)
    first = make.submit(reply, by)
    # the same request again, late: it is answered as the first was
    again = operations.submit_reply(reply=reply, based_on=2, by=by, at=AFTER)
    assert again == first
    assert ReplySnapshot.objects.count() == 1
    assert verbs(reply) == ["reply_started", "reply_submitted"]


def test_every_fault_is_told_and_nothing_is_sent():
    by = accounts.person()
    reply = make.reply(by=by, answers={})
    with pytest.raises(RulesBroken) as caught:
        make.submit(reply, by)
    assert [(one.code, one.field) for one in caught.value.errors] == [
        ("required", "title"),
        ("statement_not_accepted", "agreed"),
    ]
    assert make.fresh(reply).state == ReplyState.DRAFT
    refused = make.reply(by=by, answers={"title": "No", "agreed": True})
    assert code_of(make.submit, refused, by) == "required"  # the kind says so


def test_what_a_co_author_changed_meanwhile_is_looked_at_first():
    by = accounts.person()
    reply = make.reply(by=by)
    seen = reply.answer_set.revision
    operations.save_reply(reply=reply, answers={"title": "New"}, based_on=seen, by=by, at=AT)
    with pytest.raises(StaleVersion) as caught:
        operations.submit_reply(reply=reply, based_on=seen, by=by, at=AT)
    assert caught.value.code == "reply_changed"


def test_a_returned_reply_is_sent_again_whatever_the_time():
    by, staff = accounts.person(), accounts.person(Role.MODERATOR)
    reply = make.sent(by=by)
    operations.return_reply(reply=reply, reason="Say more", by=staff, at=AT)
    reply = make.fresh(reply)
    assert (reply.state, reply.reason) == (ReplyState.RETURNED, "Say more")
    assert reply.answer_set.locked_at is None
    operations.save_reply(reply=reply, answers={"title": "More"}, based_on=2, by=by, at=AFTER)
    heard = []

    def listen(again, **told):
        heard.append(again)

    signals.reply_submitted.connect(listen)
    snapshot = make.submit(reply, by, at=AFTER)
    signals.reply_submitted.disconnect(listen)
    assert (snapshot.number, snapshot.answers["title"]) == (2, "More")
    assert heard == [True]
    assert [one.answers["title"] for one in reply.snapshots.all()] == ["Village network", "More"]
    assert make.fresh(reply).reason == ""


def test_staff_decide_what_was_sent_and_nothing_else():
    staff = accounts.person(Role.MODERATOR)
    draft, reply = make.reply(), make.sent()
    assert code_of(operations.accept_reply, reply=draft, by=staff, at=AT) == "move_refused"
    with pytest.raises(NotAllowed):
        operations.accept_reply(reply=reply, by=accounts.person(), at=AT)
    code = code_of(operations.decline_reply, reply=reply, reason=" ", by=staff, at=AT)
    assert code == "reason_missing"
    operations.decline_reply(reply=reply, reason="Not a project", by=staff, at=AT)
    operations.reopen_reply(reply=reply, by=staff, at=AT)
    assert code_of(operations.reopen_reply, reply=reply, by=staff, at=AT) == "move_refused"
    code = code_of(operations.accept_reply, reply=reply, publish_at=AT, by=staff, at=AT)
    assert code == "publish_in_past"
    accepted = operations.accept_reply(reply=reply, by=staff, at=AT)
    assert accepted.state == ReplyState.ACCEPTED
    assert code_of(operations.return_reply, reply=reply, reason="x", by=staff, at=AT) == (
        "move_refused"
    )


def test_the_lead_takes_a_reply_back_until_it_is_decided():
    by = accounts.person()
    reply = make.sent(by=by)
    with pytest.raises(NotAllowed):
        operations.withdraw_reply(reply=reply, by=accounts.person(), at=AT)
    assert operations.withdraw_reply(reply=reply, by=by, at=AFTER).state == ReplyState.WITHDRAWN
    assert operations.withdraw_reply(reply=reply, by=by, at=AFTER).decided_at == AFTER
    accepted = make.sent(by=by)
    operations.accept_reply(reply=accepted, by=None, at=AT)
    assert code_of(operations.withdraw_reply, reply=accepted, by=by, at=AT) == "move_refused"


def test_answers_go_over_to_a_later_call_by_code_and_kind():
    by = accounts.person()
    old = make.sent(by=by)
    form = make.short_form("other")
    sections = list(form.sections)
    sections[1] = make.forms.section(
        "end", make.forms.question("agreed", make.QuestionKind.SHORT, required=True)
    )
    call = make.call(form=replace(form, sections=tuple(sections)))
    copy = operations.copy_reply(reply=old, call=call, by=by, at=AT)
    assert copy.answer_set.answers == {"title": "Village network"}
    assert (copy.copied_from, copy.title) == (old, "Village network")
    with pytest.raises(NotAllowed):
        operations.copy_reply(reply=old, call=call, by=accounts.person(), at=AT)


def test_only_who_is_asked_may_reply():
    by = accounts.person()
    call = make.call(audience=Audience(countries=frozenset({"KE"})))
    assert code_of(start, call, by) == "country_unknown"
    by.country_id = catalogue().term("country", "FR").id
    by.save()
    assert code_of(start, call, by) == "country_not_asked"
    body = accounts.organisation(country="KE")
    with pytest.raises(NotAllowed):
        start(call, by, organisation=body)
    add_member(organisation=body, person=by, by=None, at=AT)
    reply = start(call, by, organisation=body)
    assert (reply.organisation, reply.country) == (body, "KE")
    assert reply.answer_set.answers == {"owner": {"number": body.pk}}
    needed = make.call(audience=Audience(organisation=True))
    assert code_of(start, needed, by) == "organisation_needed"


def test_a_quota_holds_for_drafts_of_one_person_and_sent_ones_of_an_organisation():
    one, two = accounts.person(), accounts.person()
    body = accounts.organisation()
    call = make.call(quota=Quota(per_person=1, per_organisation=1))
    mine = make.reply(call, one)
    assert code_of(start, call, one) == "quota_of_person"
    operations.withdraw_reply(reply=mine, by=one, at=AT)
    owned = {**make.ANSWERS, "owner": {"number": body.pk}}
    first, second = make.reply(call, one, answers=owned), make.reply(call, two, answers=owned)
    make.submit(first, one)
    assert code_of(make.submit, second, two) == "quota_of_organisation"
    operations.decline_reply(reply=first, reason="No", by=None, at=AT)
    make.submit(second, two)


def test_who_names_an_organisation_of_others_takes_no_place_of_theirs():
    stranger, member = accounts.person(), accounts.person(Role.ORGANISATION_EDITOR)
    body = member.memberships.get().organisation
    call = make.call(quota=Quota(per_organisation=1))
    owned = {**make.ANSWERS, "owner": {"number": body.pk}}
    make.submit(make.reply(call, stranger, answers=owned), stranger)
    make.submit(make.reply(call, member, answers=owned), member)
    late = accounts.person()
    assert code_of(make.submit, make.reply(call, late, answers=owned), late) == (
        "quota_of_organisation"
    )


def test_update_of_an_entry_that_went_into_another_one_is_not_sent():
    owner = accounts.person(Role.ORGANISATION_EDITOR)
    body = owner.memberships.get().organisation
    entry, stays = register.entry(organisation=body.pk), register.entry()
    call = make.call(confirms=True)
    update = start(call, owner, occasion=Occasion.UPDATE, entry=entry)
    versions = {"based_on": (stays.version, entry.version), "by": None, "at": AT}
    merging = merge_entries(kept=stays.pk, merged=entry.pk, **versions)
    assert code_of(make.submit, update, owner) == "entry_not_published"
    part_entries(merging=merging.pk, by=None, at=AT)
    make.submit(update, owner)
    update.refresh_from_db()
    assert update.state == ReplyState.SUBMITTED


def test_one_active_reply_about_an_entry():
    owner, colleague = accounts.person(Role.ORGANISATION_EDITOR), accounts.person()
    body = owner.memberships.get().organisation
    add_member(organisation=body, person=colleague, by=None, at=AT)
    entry = register.entry(organisation=body.pk)
    call = make.call(confirms=True)
    update = start(call, owner, occasion=Occasion.UPDATE, entry=entry)
    assert update.answer_set.answers["title"] == f"Entry {entry.number}"
    assert start(call, owner, occasion=Occasion.UPDATE, entry=entry) == update
    again = {"occasion": Occasion.UPDATE, "entry": entry}
    assert code_of(start, call, colleague, **again) == "entry_has_reply"
    with pytest.raises(NotAllowed):
        start(call, accounts.person(), **again)
    assert code_of(start, make.call(), owner, **again) == "call_does_not_confirm"
    operations.withdraw_reply(reply=update, by=owner, at=AT)
    assert start(call, colleague, **again) != update
    assert Reply.objects.filter(entry=entry).count() == 2
