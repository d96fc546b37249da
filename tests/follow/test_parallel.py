"""Several workers at once: everybody is written to once."""

import time

import pytest
from tests.factories import accounts
from tests.factories.parallel import together
from tests.follow.conftest import WEEK

from stocktaking.follow.models import Follower
from stocktaking.follow.operations.digests import JOB
from stocktaking.jobs.models import Job
from stocktaking.jobs.operations import run_job, start_job
from stocktaking.outbox.models import Message
from stocktaking.search import operations as search
from stocktaking.search.queries import answer
from stocktaking.search.rules.values import Query

pytestmark = pytest.mark.django_db(transaction=True)


def test_workers_who_write_at_once_write_to_everybody_once(scene) -> None:
    people = [accounts.person() for _ in range(4)]
    for one in people:
        scene.search(by=one)
    scene.publish("Village network")
    scene.later(WEEK)
    # the index waits for transactions of the whole server that began before: also of other suites
    for _ in range(300):
        search.catch_up()
        if answer(Query()).total:
            break
        time.sleep(0.2)
    jobs = [start_job(kind=JOB, by=None, at=scene.at).pk for _ in range(3)]
    together([lambda pk=pk: run_job(job_id=pk, at_clock=lambda: scene.at) for pk in jobs])
    assert set(Job.objects.values_list("state", "message")) == {("done", "")}
    sent = Message.objects.values_list("to", flat=True)
    assert sorted(sent) == sorted(one.email for one in people)
    assert set(Follower.objects.values_list("digests", flat=True)) == {1}
