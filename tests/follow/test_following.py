"""Beginning, changing, pausing and ending; whose it is; what is refused."""

import datetime as dt
import json

import pytest
from tests.factories import accounts

from stocktaking.accounts.operations import erase_person, export_person, merge_people
from stocktaking.follow import operations
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.operations import read_stop, stop_by_link, stop_token
from stocktaking.follow.queries import followed_by, standing_of
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from stocktaking.outbox.models import Suppression
from stocktaking.outbox.operations import suppress_address
from stocktaking.outbox.states import Category, SuppressionReason


def refused(act, *args, **stated) -> str:
    with pytest.raises(RuleBroken) as caught:
        act(*args, **stated)
    return caught.value.code


def revise(scene, row, **changes):
    stated = {"name": row.name, "language": row.language, "rhythm": row.rhythm}
    stated |= {"based_on": row.lock, "by": scene.ada, **changes}
    return operations.revise_subscription(subscription_id=row.pk, at=scene.at, **stated)


def verbs() -> list[str]:
    found = HistoryRecord.objects.filter(object_type__startswith="follow.")
    return list(found.values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"query": ""}, "search_whole"),
        ({"query": "line=L9"}, "search_outdated"),
        ({"name": " \n "}, "name_missing"),
        ({"rhythm": "daily"}, "rhythm_unknown"),
        ({"language": "de"}, "language_unknown"),
    ],
)
def test_what_cannot_be_followed(scene, stated, code) -> None:
    assert refused(scene.search, **stated) == code
    assert not Subscription.objects.exists()


def test_following_the_same_search_twice_is_following_it_once(scene) -> None:
    assert scene.search() == scene.search(name="Other name", rhythm="monthly")
    assert verbs() == ["follow_begun"]


def test_nobody_follows_more_than_so_much(scene, settings) -> None:
    settings.FOLLOWED_MOST = 2
    scene.search("line=L1"), scene.search("line=L2")
    assert refused(scene.search, "goal=1") == "followed_enough"
    scene.search("line=L1")  # what is followed already is no more
    scene.search("goal=1", by=accounts.person())


def test_first_weekly_moment_is_the_next_monday(scene) -> None:
    assert scene.search().next_at == dt.datetime(2026, 3, 9, 7, tzinfo=dt.UTC)


def test_schedule_moves_what_comes_by_the_clock(scene) -> None:
    week, month = scene.search(), scene.search("line=L2", rhythm="monthly")
    once = scene.search("goal=1", rhythm="at_once")
    before = once.next_at
    operations.revise_schedule(
        person=scene.ada,
        weekday=4,
        hour=18,
        zone="Africa/Nairobi",
        based_on=1,
        by=scene.ada,
        at=scene.at,
    )
    for row in (week, month, once):
        row.refresh_from_db()
    assert week.next_at == dt.datetime(2026, 3, 6, 15, tzinfo=dt.UTC)
    assert month.next_at == dt.datetime(2026, 3, 6, 15, tzinfo=dt.UTC)
    assert once.next_at == before
    with pytest.raises(StaleVersion):
        operations.revise_schedule(
            person=scene.ada, weekday=1, hour=1, zone="UTC", based_on=1, by=scene.ada, at=scene.at
        )


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ({"weekday": 7}, "moment_unknown"),
        ({"hour": 24}, "moment_unknown"),
        ({"zone": "Mars/Base"}, "zone_unknown"),
        ({"zone": "../etc/passwd"}, "zone_unknown"),
    ],
)
def test_schedule_refuses_what_there_is_not(scene, stated, code) -> None:
    values = {"weekday": 0, "hour": 7, "zone": "UTC", "based_on": 1, **stated}
    found = refused(
        operations.revise_schedule, person=scene.ada, by=scene.ada, at=scene.at, **values
    )
    assert found == code


def test_changes_are_recorded_with_their_parts_alone(scene) -> None:
    row = revise(scene, scene.search(), name="Renamed", rhythm="at_once")
    assert (row.name, row.rhythm, row.next_at, row.lock) == ("Renamed", "at_once", scene.at, 2)
    assert revise(scene, row).lock == 2  # nothing changed
    record = HistoryRecord.objects.get(verb="follow_revised")
    assert record.detail == {"parts": ["name", "rhythm"]}


def test_two_windows_do_not_overwrite_each_other(scene) -> None:
    row = scene.search()
    revise(scene, row, name="First")
    with pytest.raises(StaleVersion):
        revise(scene, row, name="Second")


def test_nobody_touches_what_others_follow(scene) -> None:
    row, eve = scene.search(), accounts.person()
    assert refused(revise, scene, row, by=eve) == "subscription_unknown"
    for act in (operations.pause_subscription, operations.resume_subscription):
        code = refused(act, subscription_id=row.pk, by=eve, at=scene.at)
        assert code == "subscription_unknown"
    operations.end_subscription(subscription_id=row.pk, by=eve, at=scene.at)
    assert Subscription.objects.get() == row
    with pytest.raises(NotAllowed):
        operations.pause_all(person=scene.ada, by=eve, at=scene.at)


def test_pausing_twice_is_pausing_once(scene) -> None:
    row = scene.search()
    for _ in range(2):
        operations.pause_subscription(subscription_id=row.pk, by=scene.ada, at=scene.at)
        operations.pause_all(person=scene.ada, by=scene.ada, at=scene.at)
    assert verbs() == ["follow_begun", "follow_paused", "following_paused"]


def test_link_stops_its_own_thing_alone_and_takes_it_back(scene) -> None:
    row, other = scene.search(), scene.search("line=L2")
    token = stop_token(subscription=row.pk)
    for _ in range(2):
        stop_by_link(token=token, at=scene.at)
    states = dict(Subscription.objects.values_list("pk", "state"))
    assert states == {row.pk: "paused", other.pk: "active"}
    stop_by_link(token=token, resume=True, at=scene.at)
    assert set(Subscription.objects.values_list("state", flat=True)) == {"active"}
    record = HistoryRecord.objects.get(verb="follow_paused")
    assert (record.actor_id, record.detail) == (None, {"how": "link"})


def test_link_of_the_mail_stops_everything(scene) -> None:
    row = scene.search()
    stop_by_link(token=stop_token(follower=row.follower_id), at=scene.at)
    assert Follower.objects.get().state == "paused"
    assert not Suppression.objects.exists()  # mails of other kinds still come


def test_link_of_something_ended_is_no_error(scene) -> None:
    row = scene.search()
    token = stop_token(subscription=row.pk)
    operations.end_subscription(subscription_id=row.pk, by=scene.ada, at=scene.at)
    stop_by_link(token=token, at=scene.at)


@pytest.mark.parametrize("wrong", ["", "s1", "s1.x", "ä", "s1.\x00", "x" * 5000])
def test_nobody_makes_up_a_link(scene, wrong) -> None:
    scene.search()
    assert refused(read_stop, wrong) == "token_unknown"
    real = stop_token(subscription=1)
    assert refused(read_stop, real.replace("s1", "s2", 1)) == "token_unknown"
    assert refused(read_stop, real.replace("s1", "f1", 1)) == "token_unknown"


def test_links_survive_a_change_of_the_secret_key(scene, settings) -> None:
    token = stop_token(subscription=7)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret"
    assert read_stop(token).number == 7


@pytest.mark.parametrize(
    ("reason", "category", "released"),
    [
        (SuppressionReason.BOUNCED, None, True),
        (SuppressionReason.UNSUBSCRIBED, Category.PROCESS, True),
        (SuppressionReason.BY_HAND, None, False),
        (SuppressionReason.COMPLAINT, None, False),
    ],
)
def test_own_mailbox_that_works_again(scene, reason, category, released) -> None:
    scene.search()
    suppress_address(
        address="Ada@Example.org", category=category, reason=reason, by=None, at=scene.at
    )
    assert standing_of(scene.ada).may_release is released
    stated = {"person": scene.ada, "by": scene.ada, "at": scene.at}
    if released:
        operations.release_own(**stated)
        assert standing_of(scene.ada).reason is None
    else:
        assert refused(operations.release_own, **stated) == "release_refused"


def test_news_letters_that_are_stopped_do_not_stop_this(scene) -> None:
    suppress_address(
        address=scene.ada.email,
        category=Category.NEWS,
        reason=SuppressionReason.UNSUBSCRIBED,
        by=None,
        at=scene.at,
    )
    assert standing_of(scene.ada).reason is None


def test_merged_accounts_follow_what_both_followed_once(scene) -> None:
    bea = accounts.person()
    scene.search("line=L1"), scene.search("goal=1")
    scene.search("line=L1", by=bea, rhythm="monthly"), scene.search("line=L2", by=bea)
    merge_people(kept=scene.ada.pk, merged=bea.pk, by=None, at=scene.at)
    found = {row.query: row.rhythm for row in Subscription.objects.all()}
    assert found == {"line=L1": "weekly", "goal=1": "weekly", "line=L2": "weekly"}
    assert Follower.objects.get().person == scene.ada


def test_merged_account_hands_over_all_to_one_that_follows_nothing(scene) -> None:
    bea = accounts.person()
    scene.search(by=bea)
    merge_people(kept=scene.ada.pk, merged=bea.pk, by=None, at=scene.at)
    assert [row.name for row in followed_by(scene.ada, "en")] == ["First line"]


def test_who_stopped_all_mails_gets_none_because_accounts_were_merged(scene) -> None:
    bea = accounts.person()
    scene.search("line=L1"), scene.search("line=L2", by=bea)
    operations.pause_all(person=bea, by=bea, at=scene.at)
    merge_people(kept=scene.ada.pk, merged=bea.pk, by=None, at=scene.at)
    found = {row.query: row.state for row in Subscription.objects.all()}
    assert found == {"line=L1": "active", "line=L2": "paused"}


def test_export_has_what_is_followed_and_erasing_removes_it(scene) -> None:
    entry = scene.publish("Followed")
    scene.search(), scene.entry(entry)
    data = export_person(person=scene.ada, by=scene.ada, at=scene.at)
    told = json.loads(json.dumps(data))["following"]
    assert [row["query"] or row["entry"] for row in told["subscriptions"]] == ["line=L1", entry.pk]
    assert told["zone"] == "UTC"
    erase_person(person=scene.ada, by=scene.ada, at=scene.at)
    assert not Follower.objects.exists()
    assert not Subscription.objects.exists()
