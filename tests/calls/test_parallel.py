"""Many at once: quotas hold, an entry has one reply, and nodes agree on the deadline."""

import datetime as dt
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from django.db import connection
from tests.factories import accounts
from tests.factories import calls as make
from tests.factories import entries as register

from stocktaking.accounts.operations import add_member
from stocktaking.calls import operations
from stocktaking.calls.models import Call, Reply, ReplySnapshot
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db(transaction=True)
AT = make.AT
AT_ONCE = 6

NODE = """
import sys, uuid
import datetime as dt
import django
django.setup()
from tests.factories import calls as make  # registers the kind
from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken

class Wrong(dt.datetime):
    @classmethod
    def now(cls, zone=None):
        return dt.datetime.now(zone) + dt.timedelta(seconds=float(sys.argv[1]))

clock.datetime = Wrong
for key in sys.argv[2:]:
    reply = Reply.objects.get(key=uuid.UUID(key))
    try:
        make.submit(reply, reply.started_by, at=clock.now())
    except RuleBroken as error:
        print(error.code)
    else:
        print("taken")
"""


def together(acts):
    """Run acts at the same moment, each on a connection of its own; what became of each."""
    gate = threading.Barrier(len(acts))

    def one(act):
        try:
            gate.wait(timeout=30)
            return act()
        except RuleBroken as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def start(call, by, **stated):
    return operations.start_reply(call=call, by=by, at=AT, language="en", **stated)


def address():
    """The suite's database as another process is told of it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    where = f"{known['HOST']}:{known['PORT']}" if known["PORT"] else known["HOST"]
    return f"postgresql://{known['USER']}:{quote(known['PASSWORD'])}@{where}/{known['NAME']}"


def test_one_person_never_begins_more_than_the_quota():
    call, by = make.call(quota=Quota(per_person=2)), accounts.person()
    found = together([lambda: start(call, by)] * AT_ONCE)
    assert sum(isinstance(one, Reply) for one in found) == 2
    assert found.count("quota_of_person") == AT_ONCE - 2


def test_one_organisation_never_sends_more_than_the_quota():
    call = make.call(quota=Quota(per_organisation=2))
    owned = {**make.ANSWERS, "owner": {"number": accounts.organisation().pk}}
    people = [accounts.person() for _ in range(AT_ONCE)]
    replies = [make.reply(call, by, answers=owned) for by in people]
    found = together(
        [lambda r=r, by=by: make.submit(r, by) for r, by in zip(replies, people, strict=True)]
    )
    assert sum(isinstance(one, ReplySnapshot) for one in found) == 2
    assert Reply.objects.filter(state=ReplyState.SUBMITTED).count() == 2


def test_an_entry_gets_one_reply_from_all_its_owners():
    body = accounts.organisation()
    people = [accounts.person() for _ in range(AT_ONCE)]
    for by in people:
        add_member(organisation=body, person=by, by=None, at=AT)
    entry = register.entry(organisation=body.pk)
    call = make.call(confirms=True)
    found = together(
        [lambda by=by: start(call, by, occasion=Occasion.UPDATE, entry=entry) for by in people]
    )
    assert sum(isinstance(one, Reply) for one in found) == 1
    assert found.count("entry_has_reply") == AT_ONCE - 1
    assert Reply.objects.count() == 1


def test_sent_many_times_at_once_it_is_one_snapshot():
    by = accounts.person()
    reply = make.reply(by=by)
    found = together([lambda: make.submit(reply, by)] * AT_ONCE)
    assert len({one.pk for one in found}) == 1
    assert ReplySnapshot.objects.count() == 1


@pytest.mark.parametrize(("until_end", "verdict"), [(300, "taken"), (-300, "call_closed")])
def test_nodes_whose_clocks_disagree_by_two_hours_agree_on_the_deadline(
    until_end, verdict, tmp_path
):
    # one file of SQLite has one host; what may disagree there is nothing
    wrong = (-3600, 3600) if connection.vendor == "postgresql" else (0, 0)
    now = clock.now()
    call = make.call()
    by = [accounts.person(), accounts.person()]
    replies = [make.reply(call, one) for one in by]
    Call.objects.filter(pk=call.pk).update(closes_at=now + dt.timedelta(seconds=until_end))
    environment = {
        **os.environ,
        "DATABASE_URL": address(),
        "STOCKTAKING_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    nodes = [
        subprocess.Popen(
            [sys.executable, "-c", NODE, str(shift), str(reply.key)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for shift, reply in zip(wrong, replies, strict=True)
    ]
    assert [node.communicate(timeout=120)[0].strip() for node in nodes] == [verdict, verdict]
