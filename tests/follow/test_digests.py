"""Digests of searches: once each, whatever breaks off, and nothing lost."""

import datetime as dt

import pytest
from tests.follow.conftest import DAY, HOUR, WEEK

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import withdraw_entry
from stocktaking.follow import operations, tasks
from stocktaking.follow.models import Follower, Subscription
from stocktaking.history.models import HistoryRecord
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import run_waiting
from stocktaking.jobs.operations.leases import RunStopped
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations import release_address, suppress_address
from stocktaking.outbox.states import SuppressionReason
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Term
from stocktaking.search import operations as search


def titles(message: Message) -> list[str]:
    lines = message.text.splitlines()
    return [line[2:].partition(" <")[0] for line in lines if line.startswith("- ")]


def test_new_entries_of_a_search_come_on_monday_once(scene) -> None:
    scene.publish("Old network")
    scene.search()
    scene.later(DAY)
    scene.publish("Village network", countries="KE FR")
    scene.publish("Elsewhere", lines="L2")
    assert scene.tick() == []  # not Monday yet
    scene.later(6 * DAY)
    mail = scene.mail()
    assert (mail.to, mail.subject) == ("ada@example.org", "1 new entry: First line")
    assert titles(mail) == ["Village network"]
    assert "http://127.0.0.1:8000/en/entries/?line=L1" in mail.text
    assert scene.tick() == []
    scene.later(WEEK)
    assert scene.tick() == []  # nothing is new
    scene.publish("Second network")
    scene.later(WEEK)
    assert titles(scene.mail()) == ["Second network"]


def test_what_was_there_is_not_new(scene) -> None:
    scene.publish("An hour before")
    scene.later(HOUR)
    scene.search(rhythm="at_once")
    assert scene.tick() == []


def test_an_entry_that_is_committed_late_is_told_and_no_other_twice(scene) -> None:
    scene.search(rhythm="at_once")
    scene.later(HOUR)
    scene.publish("In time")
    assert titles(scene.mail()) == ["In time"]
    # its moment is before the last look, as of a transaction that took long
    slow = scene.publish("Slow")
    Entry.objects.filter(pk=slow.pk).update(published_at=scene.at - dt.timedelta(minutes=30))
    scene.later(HOUR)
    assert titles(scene.mail()) == ["Slow"]
    scene.publish("Elsewhere", lines="L2")
    scene.later(HOUR)
    assert scene.tick() == []


def test_entry_that_the_index_lacks_waits_for_it(scene) -> None:
    """The follower is due, the index behind: what it lacks is told the next time."""
    scene.search()
    scene.later(WEEK)
    scene.publish("Seen")
    late = scene.publish("Not yet in the index")
    search.catch_up()
    held = tasks.catch_up
    try:
        Entry.objects.filter(pk=late.pk).update(state="withdrawn", withdrawn_at=scene.at)
        search.note_change(kind="entry", keys=[str(late.pk)], at=scene.at)
        search.catch_up()
        Entry.objects.filter(pk=late.pk).update(state="published", withdrawn_at=None)
        tasks.catch_up = lambda: 0
        operations.ask_for_digests(at=scene.at)
        run_waiting(at_clock=lambda: scene.at)
    finally:
        tasks.catch_up = held
    assert titles(Message.objects.get()) == ["Seen"]
    search.note_change(kind="entry", keys=[str(late.pk)], at=scene.at)
    scene.later(WEEK)
    assert titles(scene.mail()) == ["Not yet in the index"]


def test_at_once_waits_a_quarter_of_an_hour_between_two_mails(scene) -> None:
    scene.search(rhythm="at_once")
    scene.publish("First")
    assert titles(scene.mail()) == ["First"]
    scene.later(dt.timedelta(minutes=1))
    scene.publish("Second")
    assert scene.tick() == []
    scene.later(dt.timedelta(minutes=14))
    assert titles(scene.mail()) == ["Second"]


def test_a_register_at_rest_starts_no_job(scene) -> None:
    scene.search(rhythm="at_once")
    scene.tick()
    before = Job.objects.count()
    for _ in range(3):
        scene.later(HOUR)
        assert scene.tick() == []
    assert Job.objects.count() == before


def test_all_that_is_due_is_one_mail(scene) -> None:
    scene.search(name="First line")
    scene.search("goal=2", name="Goal 2", rhythm="monthly")
    entry = scene.publish("Followed", lines="L2", goals="1")
    scene.entry(entry)
    scene.later(DAY)
    scene.publish("Both", goals="2")
    withdraw_entry(number=entry.pk, reason="It ended.", by=None, at=scene.at)
    scene.at = dt.datetime(2026, 4, 6, 8, tzinfo=dt.UTC)  # the first Monday of April
    mail = scene.mail()
    assert mail.subject == "News of what you follow: First line, and more"
    assert titles(mail) == ["Both", "Both", "Followed"]
    assert "It was withdrawn: It ended." in mail.text


def test_many_entries_are_counted_and_some_are_named(scene) -> None:
    scene.search()
    for number in range(30):
        scene.publish(f"Network {number}")
    scene.later(WEEK)
    mail = scene.mail()
    assert "30 new entries fit this search." in mail.text
    assert titles(mail) == [f"Network {number}" for number in range(29, 19, -1)]
    assert "See 20 more, and all that fit" in mail.text
    assert len(mail.html) > 0


def test_a_mail_is_in_the_language_of_its_reader_and_links_in_that_of_the_search(scene) -> None:
    scene.ada.language = "en"
    scene.search(language="fr")
    scene.publish("", sections=())  # a factory entry with an English and a French title
    scene.later(WEEK)
    mail = scene.mail()
    assert "1 new entry fits this search." in mail.text
    assert "Réseau villageois" in mail.text
    assert "/fr/entries/" in mail.text


def test_a_killed_worker_has_written_to_somebody_wholly_or_not_at_all(scene, monkeypatch) -> None:
    from tests.factories import accounts  # noqa: PLC0415

    others = [accounts.person(email=f"p{number}@example.org") for number in range(3)]
    for one in (scene.ada, *others):
        scene.search(by=one)
    scene.publish("Village network")
    scene.later(WEEK)
    search.catch_up()
    operations.ask_for_digests(at=scene.at)
    note, calls = operations.note_told, []

    def dying(*args, **stated):
        calls.append(1)
        note(*args, **stated)
        if len(calls) == 2:
            raise RunStopped  # after the marks moved, before the transaction ends

    monkeypatch.setattr(operations, "note_told", dying)
    run_waiting(at_clock=lambda: scene.at, limit=1)
    assert Message.objects.count() == 1
    monkeypatch.setattr(operations, "note_told", note)
    run_waiting(at_clock=lambda: scene.at + HOUR)
    assert sorted(Message.objects.values_list("to", flat=True)) == [
        "ada@example.org",
        "p0@example.org",
        "p1@example.org",
        "p2@example.org",
    ]
    assert set(Follower.objects.values_list("digests", flat=True)) == {1}


def test_one_mail_that_cannot_be_written_holds_up_nobody(scene) -> None:
    from tests.factories import accounts  # noqa: PLC0415

    scene.search()
    scene.search(by=accounts.person(email="bea@example.org"))
    Person.objects.filter(pk=scene.ada.pk).update(email="no address")
    scene.publish("Village network")
    scene.later(WEEK)
    assert [mail.to for mail in scene.tick()] == ["bea@example.org"]
    assert Job.objects.get(kind="follow.digests").state == "done"
    assert scene.tick() == []  # nor is it tried each minute
    Person.objects.filter(pk=scene.ada.pk).update(email="ada@example.org")
    scene.later(HOUR)
    assert titles(scene.mail()) == ["Village network"]


def test_the_job_run_twice_writes_once(scene) -> None:
    scene.search()
    scene.publish("Village network")
    scene.later(WEEK)
    scene.tick()
    Subscription.objects.update(next_at=scene.at)
    assert scene.tick() == []


def test_stopped_address_gets_nothing_and_loses_nothing(scene) -> None:
    scene.search()
    found = suppress_address(
        address="ada@example.org", reason=SuppressionReason.BOUNCED, by=None, at=scene.at
    )
    scene.publish("Missed")
    scene.later(WEEK)
    assert scene.tick() == []
    assert not Message.objects.exists()
    jobs = Job.objects.count()
    scene.later(HOUR)
    scene.tick()
    assert Job.objects.count() == jobs  # it is not asked every minute
    release_address(suppression_id=found.pk, by=None, at=scene.at)
    scene.later(WEEK)
    assert titles(scene.mail()) == ["Missed"]


@pytest.mark.parametrize("how", ["subscription", "follower", "account"])
def test_what_is_paused_is_silent_and_told_after_the_pause(scene, how) -> None:
    row = scene.search()
    if how == "subscription":
        operations.pause_subscription(subscription_id=row.pk, by=scene.ada, at=scene.at)
    elif how == "follower":
        operations.pause_all(person=scene.ada, by=scene.ada, at=scene.at)
    else:
        Person.objects.filter(pk=scene.ada.pk).update(is_active=False)
    scene.publish("Meanwhile")
    scene.later(WEEK)
    assert scene.tick() == []
    if how == "subscription":
        operations.resume_subscription(subscription_id=row.pk, by=scene.ada, at=scene.at)
    elif how == "follower":
        operations.resume_all(person=scene.ada, by=scene.ada, at=scene.at)
    else:
        Person.objects.filter(pk=scene.ada.pk).update(is_active=True)
    scene.later(WEEK)
    assert titles(scene.mail()) == ["Meanwhile"]


def test_search_whose_term_is_gone_is_told_of_no_longer(scene) -> None:
    scene.search("line=L2")
    scene.publish("Any", lines="L1")
    Term.objects.filter(scheme__slug="line", code="L2").update(assignable=False)
    reference.forget()
    scene.later(WEEK)
    assert scene.tick() == []  # not everything in its place


def test_without_an_index_nobody_is_due(scene, settings, tmp_path) -> None:
    scene.search()
    settings.INDEX_DIR = tmp_path / "none"
    scene.later(WEEK)
    assert operations.ask_for_digests(at=scene.at) == 0
    assert not Job.objects.exists()


def test_history_tells_of_each_digest_without_its_words(scene) -> None:
    scene.search()
    scene.publish("Secret title")
    scene.later(WEEK)
    scene.tick()
    record = HistoryRecord.objects.get(verb="digest_written")
    assert (record.object_type, record.detail) == ("follow.follower", {"number": 1, "parts": 1})


def test_markup_in_titles_and_names_stays_text(scene) -> None:
    scene.search(name="[x](https://evil.example) <b>")
    scene.publish("<script>alert(1)</script> [y](https://evil.example) {x1}")
    scene.later(WEEK)
    mail = scene.mail()
    assert "<script>" not in mail.html
    assert 'href="https://evil.example"' not in mail.html
    assert "{x1}" in mail.text
