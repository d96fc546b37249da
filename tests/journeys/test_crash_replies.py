"""Web and worker are killed at random while people answer a call: nothing acknowledged is lost.

Everything goes over HTTP, as a browser without scripts sends it; a request that was torn is sent
again with the same key. The seed is printed by a failing assertion.
"""

import hashlib
import io
import json
import queue
import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from bench.callers import COMMAND
from bench.visitor import Sent, answer_call, visiting
from PIL import Image
from tests.browser.conftest import free_port
from tests.journeys.killing import Installation, Killer, empty_database

AT_ONCE = 4
LOOK = """
import json
import django
django.setup()
from django.db import connection
from django.db.models import Count
from stocktaking.calls.models import Reply
from stocktaking.files.models import StoredFile
from stocktaking.files.operations.keeping import hash_of, original_path
from stocktaking.history.models import IdempotencyRecord
from stocktaking.jobs.models import Job
from stocktaking.outbox.models import Message

def seen(reply):
    shots = list(reply.snapshots.all())
    answers = shots[-1].answers if shots else {}
    files = [StoredFile.objects.get(pk=row["file"]) for row in answers.get("images") or ()]
    return {
        "person": reply.started_by_id,
        "state": reply.state,
        "snapshots": len(shots),
        "locked": reply.answer_set.locked_at is not None,
        "title": answers.get("title"),
        "hashes": [one.sha256 for one in files],
        "on disk": [hash_of(original_path(one.sha256)) for one in files],
        "drawn": [one.state for one in files],
    }

integrity = "ok"  # PostgreSQL keeps its constraints through every end of a client
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = cursor.fetchone()[0]
mails = Message.objects.exclude(about="").values("kind", "about", "to").annotate(n=Count("id"))
print(json.dumps({
    "replies": {str(one.key): seen(one) for one in Reply.objects.select_related("answer_set")},
    "integrity": integrity,
    "half answers": IdempotencyRecord.objects.filter(answer=None).count(),
    "twice mailed": list(mails.filter(n__gt=1)),
    "unfinished": Job.objects.exclude(state__in=["done", "failed"]).count()
        + StoredFile.objects.filter(state="pending").count(),
    "failed jobs": list(Job.objects.filter(state="failed").values_list("kind", "message")),
}))
"""


def photograph(number: int) -> bytes:
    """A picture of its own, of about 25 kB."""
    pixels = random.Random(number).randbytes(96 * 80 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (96, 80), pixels).save(out, "PNG")
    return out.getvalue()


def answer_all(
    site: Installation, made: dict[str, Any], acknowledged: list[Sent], failures: list[str]
) -> None:
    """People answer, a few at a time, until each has been told that the reply has arrived."""
    waiting: queue.Queue[tuple[int, dict[str, Any]]] = queue.Queue()
    for row in enumerate(made["callers"]):
        waiting.put(row)

    def answer() -> None:
        while not failures:
            try:
                number, caller = waiting.get_nowait()
            except queue.Empty:
                return
            image = photograph(number)
            try:
                with visiting(site.port, caller["session"], patience=90) as visitor:
                    sent = answer_call(
                        visitor,
                        made["call"],
                        caller["draft"],
                        title=f"Network {number}",
                        image=image,
                        sha256=hashlib.sha256(image).hexdigest(),
                    )
                acknowledged.append(sent)
            except Exception as problem:
                failures.append(f"caller {number}: {type(problem).__name__}: {problem}")

    threads = [threading.Thread(target=answer) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def look_when_drawn(site: Installation) -> dict[str, Any]:
    """What is in the installation once the worker has drawn what waited."""
    until = time.monotonic() + 120
    while (seen := site.ask(LOOK))["unfinished"] and time.monotonic() < until:
        time.sleep(1)
    return seen


def run(folder: Path, *, people: int, web: int, worker: int, seed: int) -> None:
    with empty_database() as database:
        site = Installation(folder, free_port(), database)
        kill_while_people_answer(site, people=people, web=web, worker=worker, seed=seed)


def kill_while_people_answer(
    site: Installation, *, people: int, web: int, worker: int, seed: int
) -> None:
    chance = random.Random(seed)
    acknowledged: list[Sent] = []
    failures: list[str] = []
    made = site.ask(COMMAND, str(people))
    marks = [(chance.randrange(people - 2), "web") for _ in range(web)]
    marks += [(chance.randrange(people - 2), "worker") for _ in range(worker)]
    killer = Killer(site, marks, acknowledged, chance)
    began = time.monotonic()
    try:
        site.start("web")
        site.start("worker")
        site.wait_until_ready()
        killer.start()
        answer_all(site, made, acknowledged, failures)
        killer.over.set()
        killer.join()
        # the moment after the last acknowledgement is as good as any
        site.stop()
        site.start("worker")
        seen = look_when_drawn(site)
    finally:
        killer.over.set()
        site.stop()
    assert (failures, killer.failed) == ([], []), f"seed {seed}"
    judge(seen, acknowledged, made)
    print(told(site, acknowledged, began))
    assert site.killed["web"] > web * 0.8
    assert site.killed["worker"] > worker * 0.8


def told(site: Installation, acknowledged: list[Sent], began: float) -> str:
    """The figures, on one line for whoever runs it with ``-s``."""
    figures = {
        "database": "postgresql" if site.database else "sqlite",
        "acknowledged": len(acknowledged),
        "web_killed": site.killed["web"],
        "worker_killed": site.killed["worker"],
        "seconds": round(time.monotonic() - began),
    }
    return json.dumps(figures)


def judge(seen: dict[str, Any], acknowledged: list[Sent], made: dict[str, Any]) -> None:
    replies = seen.pop("replies")
    assert seen == {
        "integrity": "ok",
        "half answers": 0,
        "twice mailed": [],
        "unfinished": 0,
        "failed jobs": [],
    }
    assert len(acknowledged) == len(made["callers"])
    wrong = {}
    for sent in acknowledged:
        expected = {
            "state": "submitted",
            "snapshots": 1,
            "locked": True,
            "title": sent.title,
            "hashes": [sent.sha256],
            "on disk": [sent.sha256],
            "drawn": ["ready"],
        }
        found = replies.get(sent.key, {})
        if {**found, **expected} != found:
            wrong[sent.key] = found
    assert wrong == {}
    # one effect for each key, however often it was sent; nothing in half a state
    of_person = [reply["person"] for reply in replies.values()]
    assert {of_person.count(one["person"]) for one in made["callers"]} == {2}
    half = [
        key
        for key, one in replies.items()
        if len({one["state"] == "submitted", one["snapshots"] == 1, one["locked"]}) > 1
    ]
    assert half == []


@pytest.mark.slow
def test_killed_processes_lose_no_acknowledged_reply(tmp_path: Path) -> None:
    run(tmp_path, people=60, web=5, worker=3, seed=5)


@pytest.mark.soak
@pytest.mark.timeout(3600)  # seconds; with the kills it takes a good quarter of an hour
def test_killed_processes_lose_none_of_many_replies(tmp_path: Path) -> None:
    run(tmp_path, people=500, web=45, worker=30, seed=7)
