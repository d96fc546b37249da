"""From an accepted reply to an entry: made, changed, confirmed, now or later."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.factories import accounts, calls
from tests.factories import entries as register
from tests.factories import intake as make

from stocktaking.accounts.models import Membership, Organisation
from stocktaking.accounts.operations import add_member
from stocktaking.accounts.rules.roles import Role
from stocktaking.calls.states import ReplyState
from stocktaking.entries.models import Entry, EntryVersion
from stocktaking.entries.operations import create_collection, revise_entry, withdraw_entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import SectionValue, TermValue, TextValue
from stocktaking.entries.states import Basis, Cause, EntryState
from stocktaking.history.models import HistoryRecord
from stocktaking.intake import operations
from stocktaking.intake.models import Moderation
from stocktaking.kernel.errors import NotAllowed, RuleBroken, RulesBroken

pytestmark = pytest.mark.usefixtures("_framework")
AT, DAY = make.AT, make.DAY
LATER = AT + DAY


def accept(reply, by=None, at=LATER, **stated):
    return operations.accept(number=reply.number, by=by, at=at, **stated)


def owned_entry(by, **stated):
    """A published entry of an organisation for which ``by`` acts."""
    owner = accounts.organisation()
    add_member(organisation=owner, person=by, by=None, at=AT)
    stated.setdefault("terms", TERMS)
    return register.entry(organisation=owner.number, at=AT - 300 * DAY, **stated)


TERMS = (
    TermValue("line", "L1", Basis.SUGGESTED),
    TermValue("status", "ongoing", Basis.IMPORT),
    TermValue("goal", "3", Basis.OWNER, "Clinics are reached by the mast.", "fr"),
)
CHANGED = {"title": "Village network 2.0"}


def test_accepted_reply_is_an_entry_that_everybody_sees():
    by, moderator = accounts.person(), make.moderator()
    reply = make.sent(by=by, title="Weather station", language="fr")
    accept(reply, by=moderator)
    reply = calls.fresh(reply)
    assert reply.state == ReplyState.ACCEPTED
    entry = reply.entry
    assert entry.state == EntryState.PUBLISHED
    assert (entry.submitted_by, entry.registered_on) == (by, AT.date())
    values = values_of(entry.number)
    assert values.original_language == "fr"
    assert values.texts[0].title == "Weather station"
    assert {term.basis for term in values.terms} == {Basis.OWNER}
    assert (values.start, values.end) == ("2019", "2025-11")
    owner = Organisation.objects.get(number=values.organisation)
    assert (owner.name, owner.country.code) == ("Village council", "KE")
    assert not Membership.objects.exists()
    acts = HistoryRecord.objects.filter(object_type="entries.entry", object_id=str(entry.number))
    assert {act.actor_id for act in acts} == {moderator.pk}


def test_organisation_that_the_register_knows_is_found_by_name_and_country():
    known = accounts.organisation("Village Council", country="KE")
    other = accounts.organisation("Village council", country="FR")
    reply = make.sent()
    accept(reply)
    assert calls.fresh(reply).entry.organisation == known != other


def test_reply_that_was_accepted_for_later_is_shown_when_its_moment_comes():
    reply = make.sent()
    accept(reply, publish_at=LATER + DAY)
    entry = calls.fresh(reply).entry
    assert entry.state == EntryState.UNPUBLISHED
    assert operations.publish_due(at=LATER + DAY - dt.timedelta(seconds=1)) == 0
    assert operations.publish_due(at=LATER + DAY) == 1
    assert operations.publish_due(at=LATER + DAY) == 0
    entry.refresh_from_db()
    assert (entry.state, entry.published_at) == (EntryState.PUBLISHED, LATER + DAY)
    assert make.moderation(reply).publish_at is None


def test_entry_withdrawn_meanwhile_does_not_come_back_by_the_clock():
    reply = make.sent()
    accept(reply, publish_at=LATER + DAY)
    withdraw_entry(number=calls.fresh(reply).entry.number, reason="Twin", by=None, at=LATER)
    assert operations.publish_due(at=LATER + DAY) == 0
    assert operations.publish_due(at=LATER + 2 * DAY) == 0
    assert calls.fresh(reply).entry.state == EntryState.WITHDRAWN
    assert make.moderation(reply).publish_refusal
    assert HistoryRecord.objects.filter(verb="publication_failed").count() == 1


def test_publish_now_does_not_wait():
    reply = make.sent()
    accept(reply, publish_at=LATER + DAY)
    operations.publish_now(number=reply.number, by=make.moderator(), at=LATER)
    assert calls.fresh(reply).entry.state == EntryState.PUBLISHED


def test_update_changes_what_was_asked_and_keeps_everything_else():
    by = accounts.person()
    entry = owned_entry(by, sections=(SectionValue("results", "fr", "Trois villages."),))
    reply = make.confirmed(entry, make.call(confirms=True), by, **CHANGED)
    assert Entry.objects.get(number=entry.number).state == EntryState.PUBLISHED
    before = values_of(entry.number)
    accept(reply)
    after = values_of(entry.number)
    assert after.texts == (replace(before.texts[0], title=CHANGED["title"]), before.texts[1])
    assert after.sections == before.sections
    assert [term.code for term in after.terms] == [term.code for term in before.terms]
    assert {term.basis for term in after.terms} == {Basis.OWNER}
    assert (after.terms[2].note, after.terms[2].note_language) == (before.terms[2].note, "fr")
    assert after.organisation == before.organisation
    entry.refresh_from_db()
    assert (entry.confirmed_on, entry.version) == (LATER.date(), 2)
    assert EntryVersion.objects.get(entry=entry, number=2).reason == Cause.REPLY


def test_update_for_later_leaves_the_published_entry_as_it_is_until_then():
    by = accounts.person()
    entry = owned_entry(by)
    reply = make.confirmed(entry, make.call(confirms=True), by, **CHANGED)
    accept(reply, publish_at=LATER + DAY)
    entry.refresh_from_db()
    assert (entry.version, entry.state) == (1, EntryState.PUBLISHED)
    operations.publish_due(at=LATER + DAY)
    assert values_of(entry.number).texts[0].title == CHANGED["title"]


def test_update_does_not_undo_what_staff_put_right_meanwhile():
    by = accounts.person()
    entry = owned_entry(by)
    reply = make.confirmed(entry, make.call(confirms=True), by, **CHANGED)
    held = values_of(entry.number)
    texts = (TextValue("en", "Misspelt", "A better summary of the network."), *held.texts[1:])
    revise_entry(
        number=entry.number, values=replace(held, texts=texts), based_on=1, by=None, at=LATER
    )
    accept(reply)
    text = values_of(entry.number).texts[0]
    assert (text.title, text.summary) == (CHANGED["title"], "A better summary of the network.")


def test_update_of_an_entry_that_was_withdrawn_is_refused():
    by = accounts.person()
    entry = owned_entry(by)
    reply = make.confirmed(entry, make.call(confirms=True), by, **CHANGED)
    withdraw_entry(number=entry.number, reason="Asked for", by=None, at=AT)
    with pytest.raises(RuleBroken) as caught:
        accept(reply)
    assert caught.value.code == "entry_gone"
    assert calls.fresh(reply).state == ReplyState.SUBMITTED


def test_unchanged_confirmation_is_accepted_by_itself():
    by = accounts.person()
    entry = owned_entry(by)
    make.check(severity="error")  # what is published already is not held up
    reply = make.confirmed(entry, make.call(confirms=True), by)
    assert reply.state == ReplyState.ACCEPTED
    entry.refresh_from_db()
    assert entry.confirmed_on == AT.date()
    moderation = make.moderation(reply)
    assert (moderation.first_decided_at, moderation.first_decided_by_id) == (AT, None)


def test_update_waits_for_a_moderator():
    by = accounts.person()
    reply = make.confirmed(owned_entry(by), make.call(confirms=True), by, **CHANGED)
    assert reply.state == ReplyState.SUBMITTED


def test_entry_joins_the_collection_of_the_call():
    create_collection(slug="health", title={"en": "Health"}, by=None, at=AT)
    reply = make.sent(make.call(collection="health"))
    accept(reply)
    assert values_of(calls.fresh(reply).entry.number).collections == ("health",)


def test_error_of_a_check_stops_acceptance_unless_somebody_says_why():
    make.check(severity="error")
    reply = make.sent()
    with pytest.raises(RuleBroken) as caught:
        accept(reply)
    assert (caught.value.code, caught.value.field) == ("errors_found", "override")
    assert not Entry.objects.exists()
    accept(reply, override="A short text is right for a buoy.")
    assert make.moderation(reply).override_reason == "A short text is right for a buoy."
    assert calls.fresh(reply).entry.state == EntryState.PUBLISHED


def test_what_the_register_refuses_is_told_before_sending():
    by = accounts.person()
    entry = owned_entry(by)
    with pytest.raises(RulesBroken) as caught:
        make.confirmed(entry, make.call(confirms=True), by, title="\u00ad")
    assert ("required", "title") in [(one.code, one.field) for one in caught.value.errors]


def test_personal_answers_and_other_kinds_make_nothing():
    reply = make.sent()
    accept(reply)
    assert "ada@example.org" not in str(values_of(calls.fresh(reply).entry.number))
    other = calls.sent()
    accept(other)
    assert calls.fresh(other).entry is None
    assert Moderation.objects.filter(reply=other).exists()


@pytest.mark.parametrize("role", [None, Role.OBSERVER, Role.COORDINATOR, Role.FACILITATOR])
def test_accept_needs_a_moderator(role):
    reply = make.sent()
    with pytest.raises(NotAllowed):
        accept(reply, by=accounts.person(role))
    assert calls.fresh(reply).state == ReplyState.SUBMITTED
