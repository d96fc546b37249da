"""Creating and revising entries."""

import datetime as dt
import threading
from dataclasses import replace

import pytest
from django.db import connections
from tests.factories.accounts import person
from tests.factories.entries import AT, entry, values

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations, signals
from stocktaking.entries.models import Entry, EntryTerm, EntryVersion
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import TextValue
from stocktaking.entries.states import EntryState
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken, RulesBroken, StaleVersion
from stocktaking.search.models import Change

LATER = AT + dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_framework")


@pytest.fixture
def heard():
    """Names of the signals that were sent."""
    names: list[str] = []
    listeners = {}
    for name in ("entry_created", "entry_published", "entry_revised", "entry_withdrawn"):

        def listen(sender, name=name, **told):
            assert told["at"] is not None
            names.append(name)

        listeners[name] = listen
        getattr(signals, name).connect(listen)
    yield names
    for name, listen in listeners.items():
        getattr(signals, name).disconnect(listen)


def test_create_entry_keeps_what_it_was_given():
    given = values(website="https://example.org", end="2020")
    made = operations.create_entry(values=given, by=None, at=AT)
    assert values_of(made.number) == replace(given, registered_on=AT.date())
    assert made.state == EntryState.UNPUBLISHED
    assert str(made.starts) == "2019-05"
    assert str(Entry.objects.get().ends) == "2020"
    assert made.version == 1


def test_create_entry_writes_one_version_one_record_and_no_change_for_the_index(heard):
    made = entry(publish=False)
    assert EntryVersion.objects.get().public is False
    assert HistoryRecord.objects.get(object_type="entries.entry").verb == "created"
    assert heard == ["entry_created"]
    assert not Change.objects.filter(key=str(made.number)).exists()


def test_create_entry_published_is_told_to_the_index(heard):
    made = entry()
    assert (made.state, made.published_version, made.published_at) == ("published", 1, AT)
    assert heard == ["entry_created", "entry_published"]
    assert Change.objects.get(kind="entry").key == str(made.number)
    assert EntryVersion.objects.get().public


def test_create_entry_refuses_with_every_fault():
    wrong = values(texts=(TextValue("en", ""), TextValue("fr", "Réseau")), start="soon")
    with pytest.raises(RulesBroken) as caught:
        operations.create_entry(values=wrong, by=None, at=AT)
    fields = {error.field: error.code for error in caught.value.errors}
    assert fields["texts.en.title"] == "original_missing"
    assert fields["start"] == "date_malformed"
    assert not Entry.objects.exists()


def test_create_entry_needs_the_capability():
    with pytest.raises(NotAllowed):
        operations.create_entry(values=values(), by=person(), at=AT)
    moderator = person(Role.MODERATOR)
    made = operations.create_entry(values=values(), by=moderator, at=AT, publish=True)
    assert made.submitted_by_id == moderator.pk
    assert HistoryRecord.objects.get(object_type="entries.entry").actor_id == moderator.pk


def test_revise_entry_publishes_the_new_version_at_once(heard):
    made = entry()
    heard.clear()
    changed = replace(values_of(made.number), website="https://example.org")
    revised = operations.revise_entry(
        number=made.number, values=changed, based_on=1, by=None, at=LATER, reason="a website"
    )
    assert (revised.version, revised.published_version) == (2, 2)
    assert values_of(made.number).website == "https://example.org"
    assert EntryVersion.objects.get(number=2).public
    assert EntryVersion.objects.get(number=2).reason == "a website"
    assert heard == ["entry_revised"]
    assert Change.objects.count() == 2


def test_revise_entry_leaves_an_unpublished_one_unpublished():
    made = entry(publish=False)
    changed = replace(values_of(made.number), worldwide=True)
    revised = operations.revise_entry(
        number=made.number, values=changed, based_on=1, by=None, at=LATER
    )
    assert (revised.state, revised.version) == (EntryState.UNPUBLISHED, 2)
    assert revised.published_version is None
    assert not Change.objects.exists()


def test_revise_entry_publishes_where_it_is_asked_to(heard):
    made = entry(publish=False)
    heard.clear()
    changed = replace(values_of(made.number), website="https://example.org/new")
    told = {"number": made.number, "based_on": 1, "by": None, "at": LATER, "publish": True}
    shown = operations.revise_entry(values=changed, **told)
    assert (shown.state, shown.published_version) == (EntryState.PUBLISHED, 2)
    assert heard == ["entry_revised", "entry_published"]
    assert EntryVersion.objects.get(entry=made, number=2).public


def test_revise_entry_that_cannot_be_published_is_not_revised_either():
    made = entry(publish=False)
    changed = replace(values_of(made.number), website="https://example.org/new")

    def refuse(sender, **told):
        raise RuleBroken("not_yet", "Not yet.")

    signals.entry_published.connect(refuse)
    try:
        with pytest.raises(RuleBroken, match="Not yet"):
            operations.revise_entry(
                number=made.number, values=changed, based_on=1, by=None, at=LATER, publish=True
            )
    finally:
        signals.entry_published.disconnect(refuse)
    assert (Entry.objects.get().version, values_of(made.number).website) == (1, "")


def test_revise_entry_without_a_change_makes_no_version(heard):
    made = entry()
    heard.clear()
    same = replace(values_of(made.number), registered_on=None)
    unchanged = operations.revise_entry(
        number=made.number, values=same, based_on=1, by=None, at=LATER
    )
    assert unchanged.version == 1
    assert EntryVersion.objects.count() == 1
    assert heard == []


def test_revise_entry_refuses_a_change_based_on_an_older_version():
    made = entry()
    first = replace(values_of(made.number), worldwide=True)
    operations.revise_entry(number=made.number, values=first, based_on=1, by=None, at=LATER)
    second = replace(first, website="https://example.org")
    with pytest.raises(StaleVersion) as caught:
        operations.revise_entry(number=made.number, values=second, based_on=1, by=None, at=LATER)
    assert caught.value.code == "stale_version"
    assert values_of(made.number) == first


def test_revise_entry_replaces_its_terms_and_slug():
    made = entry()
    before = values_of(made.number)
    changed = replace(
        before,
        terms=before.terms[:1],
        texts=(TextValue("en", "A school network"), before.texts[1]),
    )
    revised = operations.revise_entry(
        number=made.number, values=changed, based_on=1, by=None, at=LATER
    )
    assert EntryTerm.objects.filter(entry=made).count() == 1
    assert revised.slug == "a-school-network"


def test_revise_entry_may_keep_what_was_retired_since():
    old = values(registered_on=dt.date(2012, 1, 1))
    goal = old.terms[0].__class__("old-goal", "O1")
    made = entry(terms=(*old.terms, goal), registered_on=old.registered_on)
    with pytest.raises(RulesBroken):
        entry(terms=(*old.terms, goal))
    kept = replace(values_of(made.number), registered_on=AT.date(), worldwide=True)
    revised = operations.revise_entry(
        number=made.number, values=kept, based_on=1, by=None, at=LATER
    )
    assert revised.version == 2


@pytest.mark.django_db(transaction=True)
def test_revise_entry_of_two_people_at_once_keeps_one_and_tells_the_other():
    made = entry()
    before = values_of(made.number)
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def revise(website):
        try:
            ready.wait()
            changed = replace(before, website=website)
            operations.revise_entry(
                number=made.number, values=changed, based_on=1, by=None, at=LATER
            )
            outcomes.append(website)
        except StaleVersion:
            outcomes.append("stale")
        finally:
            connections.close_all()

    sites = ("https://a.example", "https://b.example")
    threads = [threading.Thread(target=revise, args=(site,)) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[1] == "stale"
    assert values_of(made.number).website == sorted(outcomes)[0]
    assert EntryVersion.objects.count() == 2
