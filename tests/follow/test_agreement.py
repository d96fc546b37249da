"""Whatever happens in whatever order: everything new is told, once, and nothing else."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import accounts
from tests.follow.conftest import HOUR, Scene
from tests.follow.test_digests import titles
from tests.web.conftest import Register

from stocktaking.entries.models import Entry
from stocktaking.entries.operations import withdraw_entry
from stocktaking.follow import operations
from stocktaking.search.queries import answer, matching_keys
from stocktaking.search.queries.among import among
from stocktaking.search.rules.values import Query

ACTS = st.lists(
    st.sampled_from(["fitting", "other", "late", "withdraw", "tick", "tick", "pause", "resume"]),
    max_size=14,
)


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(acts=ACTS, rhythm=st.sampled_from(["at_once", "weekly", "monthly"]))
def test_everything_new_is_told_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, acts: list[str], rhythm: str
) -> None:
    monkeypatch.setattr("stocktaking.follow.queries.news.SHOWN", 20)  # all of them by name
    someone = Scene(Register(), accounts.person(), at=scene.at + dt.timedelta(days=60))
    scene.at = someone.at
    row = someone.search(rhythm=rhythm)
    expected: dict[str, int] = {}
    told: list[str] = []

    def look() -> None:
        told.extend(
            title
            for mail in someone.tick()
            if mail.to == someone.ada.email
            for title in titles(mail)
        )

    for place, act in enumerate(acts):
        someone.later(dt.timedelta(hours=5))
        title = f"{act} {row.pk} {place}"
        if act == "fitting":
            expected[title] = someone.publish(title).pk
        elif act == "other":
            someone.publish(title, lines="L2")
        elif act == "late":  # committed now, with a moment before the last look
            entry = someone.publish(title)
            row.refresh_from_db()
            moment = max(row.since - 3 * HOUR, row.created_at + dt.timedelta(minutes=1))
            Entry.objects.filter(pk=entry.pk).update(published_at=moment)
            expected[title] = entry.pk
        elif act == "withdraw" and (left := [one for one in expected if one not in told]):
            number = expected.pop(left[0])
            withdraw_entry(number=number, reason="Gone.", by=None, at=someone.at)
        elif act == "tick":
            look()
        elif act in ("pause", "resume"):
            getattr(operations, f"{act}_subscription")(
                subscription_id=row.pk, by=someone.ada, at=someone.at
            )
    operations.resume_subscription(subscription_id=row.pk, by=someone.ada, at=someone.at)
    for _ in range(2):
        someone.later(dt.timedelta(days=36))
        look()
    assert sorted(told) == sorted(expected)
    operations.end_subscription(subscription_id=row.pk, by=someone.ada, at=someone.at)
    scene.at = someone.at


@pytest.mark.parametrize("few", [0, 2_000])
@pytest.mark.parametrize(
    "query",
    [
        Query(filters={"line": ("L1",)}, sort="newest"),
        Query(text="network"),
        Query(text="network -second"),
        Query(text='"village network"', filters={"goal": ("3",)}),
        Query(text="nothing like this"),
        Query(registered_from=1, registered_to=2, sort="newest"),
    ],
)
def test_asking_about_some_agrees_with_the_whole_answer(scene, monkeypatch, few, query) -> None:
    monkeypatch.setattr("stocktaking.search.engine.among.FEW", few)
    for title in ("Village network", "Second network", "Clinic", "Village networks of two"):
        scene.publish(title, lines="L1" if title != "Clinic" else "L2")
    scene.register.index()
    keys = [str(entry.pk) for entry in scene.register.made[1:]]
    # words that nothing fits are put right for a reader, and not here
    whole = set() if "any_word" in answer(query).problems else set(matching_keys(query))
    assert among(query, keys) == whole & set(keys)
    assert among(query, []) == set()
