"""Digests of single entries: what changed, withdrawals, mergers."""

import pytest
from tests.factories import entries as factory
from tests.follow.conftest import WEEK

from stocktaking.entries.models import Entry
from stocktaking.entries.operations import (
    merge_entries,
    part_entries,
    publish_entry,
    revise_entry,
    withdraw_entry,
)
from stocktaking.entries.queries import values_of
from stocktaking.follow import operations
from stocktaking.follow.models import Subscription
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import RuleBroken


def revise(scene, entry, **changes):
    entry.refresh_from_db()
    values = factory.replace(values_of(entry.pk), **changes)
    revise_entry(number=entry.pk, values=values, based_on=entry.version, by=None, at=scene.at)


def merge(scene, kept, merged):
    numbers = (kept.pk, merged.pk)
    versions = Entry.objects.in_bulk(numbers)
    return merge_entries(
        kept=kept.pk,
        merged=merged.pk,
        based_on=(versions[kept.pk].version, versions[merged.pk].version),
        by=None,
        at=scene.at,
    )


@pytest.fixture
def entry(scene):
    return scene.publish("Village network")


def test_change_of_a_followed_entry_names_its_parts(scene, entry) -> None:
    scene.entry(entry)
    revise(scene, entry, start="2020")
    revise(scene, entry, website="https://example.org")
    scene.later(WEEK)
    mail = scene.mail()
    assert mail.subject == "News of an entry that you follow: Village network"
    assert "Changed: " in mail.text
    assert {"Start", "Website"} <= set(mail.text.replace(",", "").split())
    assert f"/en/entries/{entry.pk}-village-network/history/?from=1&to=3" in mail.text
    scene.later(WEEK)
    assert scene.tick() == []


def test_versions_before_the_first_look_are_no_news(scene, entry) -> None:
    revise(scene, entry, start="2020")
    scene.entry(entry)
    scene.later(WEEK)
    assert scene.tick() == []


def test_change_taken_back_before_the_mail_is_no_news(scene, entry) -> None:
    scene.entry(entry)
    revise(scene, entry, website="https://example.org")
    revise(scene, entry, website="")
    scene.later(WEEK)
    assert scene.tick() == []
    assert Subscription.objects.get().seen_version == 3


def test_withdrawn_entry_is_told_once_and_its_return_too(scene, entry) -> None:
    scene.entry(entry, rhythm="at_once")
    scene.tick()
    withdraw_entry(number=entry.pk, reason="It never began.", by=None, at=scene.at)
    assert "It was withdrawn: It never began." in scene.mail().text
    scene.later(WEEK)
    scene.publish("Another")  # the index moves on
    assert scene.tick() == []
    publish_entry(number=entry.pk, by=None, at=scene.at)
    assert "is published again" in scene.mail().text


def test_merged_entry_leads_on_to_the_one_that_stays(scene, entry) -> None:
    stays = scene.publish("The one that stays")
    row = scene.entry(entry)
    withdraw_entry(number=entry.pk, reason="Twice.", merged_into=stays.pk, by=None, at=scene.at)
    scene.later(WEEK)
    mail = scene.mail()
    assert "It was merged with another entry" in mail.text
    assert "The one that stays" in mail.text
    row.refresh_from_db()
    assert (row.entry_id, row.seen_version) == (stays.pk, 1)
    revise(scene, stays, start="2020")
    scene.later(WEEK)
    assert "Changed: Start" in scene.mail().text


def test_who_follows_both_follows_the_one_that_stays(scene, entry) -> None:
    stays = scene.publish("The one that stays")
    scene.entry(entry)
    kept = scene.entry(stays)
    withdraw_entry(number=entry.pk, reason="Twice.", merged_into=stays.pk, by=None, at=scene.at)
    scene.later(WEEK)
    assert "It was merged with another entry" in scene.mail().text
    assert list(Subscription.objects.all()) == [kept]
    assert HistoryRecord.objects.filter(verb="follow_ended").count() == 1


def test_entry_that_went_into_one_that_went_into_another_leads_on_to_the_last(scene, entry) -> None:
    between, last = scene.publish("Between"), scene.publish("The last one")
    row = scene.entry(entry)
    merge(scene, between, entry)
    merge(scene, last, between)
    scene.later(WEEK)
    text = scene.mail().text
    assert "It was merged with another entry" in text
    assert "The last one" in text
    row.refresh_from_db()
    assert (row.entry_id, row.moved) == (last.pk, [entry.pk, between.pk])


def test_undone_merge_brings_back_what_was_followed(scene, entry) -> None:
    stays = scene.publish("The one that stays")
    row = scene.entry(entry)
    merging = merge(scene, stays, entry)
    scene.later(WEEK)
    scene.mail()
    part_entries(merging=merging.pk, by=None, at=scene.at)
    scene.later(WEEK)
    text = scene.mail().text
    assert "Village network" in text
    assert f"/en/entries/{entry.pk}/" in text
    assert "is published again" in text
    row.refresh_from_db()
    assert (row.entry_id, row.key, row.moved) == (entry.pk, f"entry:{entry.pk}", [])
    scene.later(WEEK)
    assert scene.tick() == []
    revise(scene, entry, start="2020")
    scene.later(WEEK)
    assert "Changed: Start" in scene.mail().text


def test_undone_merge_before_the_mail_is_no_news(scene, entry) -> None:
    stays = scene.publish("The one that stays")
    scene.entry(entry)
    part_entries(merging=merge(scene, stays, entry).pk, by=None, at=scene.at)
    scene.later(WEEK)
    assert scene.tick() == []


def test_only_published_entries_are_followed(scene) -> None:
    draft = scene.publish("Draft", publish=False)
    with pytest.raises(RuleBroken) as refused:
        scene.entry(draft)
    assert refused.value.code == "entry_unknown"


def test_unpublished_changes_of_a_followed_entry_stay_unknown(scene, entry) -> None:
    """An import that was undone and is looked at again is no news until it is published."""
    scene.entry(entry, rhythm="at_once")
    scene.tick()
    type(entry).objects.filter(pk=entry.pk).update(state="unpublished")
    scene.publish("Another")
    assert scene.tick() == []
    assert Subscription.objects.get().seen_state == "published"


def test_following_twice_is_following_once(scene, entry) -> None:
    assert scene.entry(entry) == scene.entry(entry, rhythm="monthly")
    operations.end_subscription(subscription_id=scene.entry(entry).pk, by=scene.ada, at=scene.at)
    assert not Subscription.objects.exists()
