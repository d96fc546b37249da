"""Merging and erasing take hold of much: they give way to somebody who sends a reply."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from tests.factories import accounts
from tests.factories import calls as make

from stocktaking.accounts.models import Organisation, Person
from stocktaking.accounts.operations import (
    add_member,
    erase_person,
    merge_organisations,
    merge_people,
)
from stocktaking.calls import operations, registry
from stocktaking.calls.models import Reply, ReplySnapshot
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.states import Part, ReplyState
from stocktaking.kernel import giving_way
from stocktaking.kernel.errors import Refused, RuleBroken

pytestmark = pytest.mark.django_db(transaction=True)
AT = make.AT
QUOTA = Quota(per_person=3, per_organisation=3)  # sending holds person and organisation


class Slow(make.Trial):
    """A kind of call that looks at a reply, which is held then, until somebody waits for it."""

    name = "slow"
    looking = threading.Event()

    def faults(self, **_known):
        self.looking.set()
        wait_for_a_waiter()
        return []


registry.register(Slow())


def wait_for_a_waiter():
    """Until another transaction waits for a row, or has had the time to; at once where one
    writer at a time is let in."""
    if connection.vendor != "postgresql":
        return
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)


def meeting(send, other):
    """Both outcomes, where ``other`` begins while ``send`` holds its reply."""

    def one(act):
        try:
            return act()
        finally:
            connection.close()

    Slow.looking.clear()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(one, send)
        assert Slow.looking.wait(timeout=30)
        second = pool.submit(one, other)
        return first.result(timeout=60), second.result(timeout=60)


def draft(by, **answers):
    call = make.call(kind="slow", quota=QUOTA)
    return make.reply(call, by, answers={**make.ANSWERS, **answers})


def test_an_account_is_merged_while_its_reply_is_sent():
    kept, merged = accounts.person(), accounts.person()
    reply = draft(merged)
    snapshot, _stays = meeting(
        lambda: make.submit(reply, merged),
        lambda: merge_people(kept=kept.pk, merged=merged.pk, by=None, at=AT),
    )
    assert snapshot.by_id == merged.pk
    held = make.fresh(reply)
    assert (held.state, held.started_by) == (ReplyState.SUBMITTED, kept)
    assert [author.person for author in held.authors.all()] == [kept]
    assert not Person.objects.filter(pk=merged.pk).exists()


def test_organisations_are_merged_while_a_reply_of_one_is_sent():
    by = accounts.person()
    kept, merged = accounts.organisation("Kept"), accounts.organisation("Merged")
    add_member(organisation=merged, person=by, by=None, at=AT)
    reply = draft(by, owner={"number": merged.pk})
    meeting(
        lambda: make.submit(reply, by),
        lambda: merge_organisations(kept=kept.pk, merged=merged.pk, by=None, at=AT),
    )
    held = make.fresh(reply)
    assert (held.state, held.organisation) == (ReplyState.SUBMITTED, kept)
    assert Organisation.objects.get(pk=merged.pk).merged_into == kept


def test_the_lead_is_erased_while_a_co_author_sends():
    lead, other = accounts.person(), accounts.person()
    reply = draft(lead)
    invited = operations.invite_author(reply=reply, email=other.email, by=lead, at=AT)
    operations.accept_invitation(token=invited.token, by=other, at=AT)
    snapshot, _none = meeting(
        lambda: make.submit(reply, other),
        lambda: erase_person(person=lead, by=None, at=AT),
    )
    assert snapshot.by_id == other.pk
    held = make.fresh(reply)
    assert held.state == ReplyState.SUBMITTED
    assert [(a.person, a.part) for a in held.authors.all()] == [(other, Part.LEAD)]


def test_many_accounts_are_merged_while_their_replies_are_sent():
    call = make.call(quota=QUOTA)
    pairs = [(accounts.person(), accounts.person()) for _ in range(6)]
    replies = [make.reply(call, merged) for _, merged in pairs]
    gate = threading.Barrier(2 * len(pairs))

    def run(act):
        try:
            gate.wait(timeout=30)
            return act()
        except Refused as error:
            return error.code
        finally:
            connection.close()

    acts = [
        act
        for (kept, merged), reply in zip(pairs, replies, strict=True)
        for act in (
            lambda reply=reply, by=merged: make.submit(reply, by),
            lambda kept=kept, merged=merged: merge_people(
                kept=kept.pk, merged=merged.pk, by=None, at=AT
            ),
        )
    ]
    with ThreadPoolExecutor(len(acts)) as pool:
        found = list(pool.map(run, acts))
    merges = found[1::2]
    assert all(isinstance(one, Person) for one in merges), merges
    # who was merged first writes the reply no longer; nothing else stops anybody
    assert all(isinstance(one, ReplySnapshot) or one == "not_author" for one in found[::2]), found
    for (kept, _), reply in zip(pairs, replies, strict=True):
        assert [a.person for a in make.fresh(reply).authors.all()] == [kept]


def test_who_meets_somebody_for_long_is_told_and_nothing_is_changed(monkeypatch):
    monkeypatch.setattr(giving_way, "ATTEMPTS", 2)
    kept, merged = accounts.person(), accounts.person()
    reply = make.reply(by=merged)
    held, done = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                list(Reply.objects.select_for_update().filter(pk=reply.pk))
                held.set()
                done.wait(timeout=30)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    if connection.vendor == "postgresql":
        holder.start()
        assert held.wait(timeout=30)
        with pytest.raises(RuleBroken) as refused:
            merge_people(kept=kept.pk, merged=merged.pk, by=None, at=AT)
        assert refused.value.code == "in_use"
        assert Person.objects.filter(pk=merged.pk).exists()
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone()[0] == "0"
        done.set()
        holder.join(timeout=30)
    merge_people(kept=kept.pk, merged=merged.pk, by=None, at=AT)
    assert make.fresh(reply).started_by == kept
