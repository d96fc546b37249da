"""Answering a call over HTTP: saving a section, sending, and the surge before a deadline.

In the surge everybody has a draft that lacks a picture. In the given time all of them add one,
look at the check page and send; a quarter does so in the last tenth of the time. Client and
server share the machine. Afterwards the database and the disk are read:
every reply whose arrival was acknowledged must be there, with its picture, byte for byte.
"""

import hashlib
import io
import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.test import Client
from PIL import Image

from bench.callers import ANSWERS, Caller, Callers, prepare
from bench.measure import middles
from bench.pages import PROGRAM, serving
from bench.visitor import Visitor, finalise, save_section, visiting
from stocktaking.calls.models import Reply
from stocktaking.calls.operations import save_reply
from stocktaking.files.models import StoredFile
from stocktaking.files.operations.keeping import hash_of, original_path
from stocktaking.kernel import clock

TARGET = 30.0  # milliseconds of server time for saving a section
SAMPLES = 60
LAST_SHARE, LAST_PART = 0.25, 0.1
AT_ONCE = 48
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Surge:
    drafts: int = 200
    seconds: float = 60.0
    megabytes: float = 1.0


@dataclass
class Told:
    """What the clients saw. ``kept`` maps a reply's key to the hash of its picture."""

    kept: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    repeated: int = 0
    behind: float = 0.0  # seconds by which the client itself was late
    lock: threading.Lock = field(default_factory=threading.Lock)


def measure(surge: Surge) -> list[Row]:
    rows = _alone() + _within()
    return rows + _surge(surge)


def _alone() -> list[Row]:
    """One person, nothing else going on."""
    made = prepare(SAMPLES + 5, slug="alone")
    saving: list[float] = []
    writing: list[float] = []
    sending: list[float] = []
    command = [sys.executable, "-c", PROGRAM, "serve"]
    with serving(command, "--port", "/healthz") as port:
        for number, caller in enumerate(made.callers):
            with visiting(port, caller.session) as visitor:
                times: dict[str, float] = {}
                title = {"q-title": [f"Network {number}"]}
                save_section(visitor, caller.draft, "basics", title, times=times)
                auto = _autosave(visitor, caller.draft)
                finalise(visitor, caller.draft, times=times)
            if number >= 5:  # the first ones warm up
                saving.append(times["save basics"])
                writing.append(auto)
                sending.append(times["send"])
    return [
        _row("save a section by its form over HTTP, p50 / p95 ms", saving),
        _row("save a section while typing over HTTP, p50 / p95 ms", writing),
        _row("send a reply over HTTP, p50 / p95 ms", sending),
    ]


def _autosave(visitor: Visitor, key: str) -> float:
    here = f"/en/replies/{key}/description/"
    form = visitor.get(here).form(here)
    typed = {**form, "q-description": [ANSWERS["description"] + "One more sentence. "]}
    page = visitor.post(f"{here}save", typed)
    if page.status != 200:
        raise RuntimeError(f"autosave: {page.status} {page.body[:300]}")
    return page.took


def _within() -> list[Row]:
    """The same without a network and a server: what the program itself takes."""
    settings.ALLOWED_HOSTS = ["*"]
    [caller, *_rest] = prepare(1, slug="within").callers
    client = Client()
    client.cookies["session"] = caller.session
    here = f"/en/replies/{caller.draft}/description/"
    times = []
    for number in range(SAMPLES):
        revision = Reply.objects.get(key=caller.draft).answer_set.revision
        typed = {
            "shown": "description aims",
            "based_on": str(revision),
            "q-description": f"{ANSWERS['description']} Sentence {number}.",
        }
        start = time.perf_counter()
        answer = client.post(f"{here}save", typed)
        times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200 or answer.json()["revision"] == revision:
            raise RuntimeError(answer.content[:300])
    return [_row("save a section, server time, p50 / p95 ms", times[5:], target=TARGET)]


def _row(name: str, times: list[float], target: float | None = None) -> Row:
    found = middles(times)
    against = f"target {target:.0f}" if target else ""
    return name, str(found), against, f"{target / found.p95:.1f}x" if target else ""


def _surge(surge: Surge) -> list[Row]:
    made = prepare(surge.drafts, slug="surge")
    _give_titles(made)
    base, told = _picture(surge.megabytes), Told()
    command = [sys.executable, "-c", PROGRAM, "serve"]
    with serving(command, "--port", "/healthz") as port:
        begins = time.monotonic() + 1
        over = threading.Event()
        reading = threading.Thread(target=_read, args=(port, made.call, told, over))
        reading.start()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for number, at in enumerate(_schedule(surge)):
                wait = begins + at - time.monotonic()
                if wait > 0:
                    time.sleep(wait)
                told.behind = max(told.behind, -wait)
                image = base + number.to_bytes(8, "big")
                pool.submit(_answer, port, made.callers[number], image, told)
        took = time.monotonic() - begins
        over.set()
        reading.join()
    return _judged(surge, told, took)


def _give_titles(made: Callers) -> None:
    """Drafts that lack nothing but a picture."""
    for number, caller in enumerate(made.callers):
        reply = Reply.objects.select_related("answer_set").get(key=caller.draft)
        save_reply(
            reply=reply,
            answers={"title": f"Network {number}"},
            based_on=reply.answer_set.revision,
            by=reply.started_by,
            at=clock.now(),
        )


def _schedule(surge: Surge) -> list[float]:
    """Seconds at which each begins to send: evenly, and a quarter in the last tenth."""
    last = int(surge.drafts * LAST_SHARE)
    early = surge.seconds * (1 - LAST_PART)
    chance = random.Random(1)
    return sorted(
        [chance.uniform(0, early) for _ in range(surge.drafts - last)]
        + [chance.uniform(early, surge.seconds) for _ in range(last)]
    )


def _picture(megabytes: float) -> bytes:
    """A sound PNG of noise; a few bytes after its end make another one of it."""
    side = max(8, int((megabytes * 1024 * 1024 / 3) ** 0.5))
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(2).randbytes(side * side * 3)).save(
        out, "PNG", compress_level=0
    )
    return out.getvalue()


def _answer(port: int, caller: Caller, image: bytes, told: Told) -> None:
    times: dict[str, float] = {}
    try:
        with visiting(port, caller.session, patience=120) as visitor:
            files = {"q-images.upload": ("photo.png", image, "image/png")}
            alt = {"q-images.new.alt": ["A mast over the village"]}
            save_section(visitor, caller.draft, "media", alt, files, times=times)
            finalise(visitor, caller.draft, times=times)
            repeated = visitor.repeated
    except Exception as problem:  # counted, and told at the end
        with told.lock:
            told.failures.append(f"{type(problem).__name__}: {problem}")
        return
    with told.lock:
        told.kept[caller.draft] = hashlib.sha256(image).hexdigest()
        told.repeated += repeated
        for step, took in times.items():
            told.times.setdefault(step, []).append(took)


def _read(port: int, slug: str, told: Told, over: threading.Event) -> None:
    """Somebody who only reads, all the while."""
    with visiting(port, "", patience=120) as visitor:
        while not over.wait(0.2):
            page = visitor.get(f"/en/calls/{slug}/")
            with told.lock:
                told.times.setdefault("read", []).append(page.took)


def _judged(surge: Surge, told: Told, took: float) -> list[Row]:
    lost = sum(1 for key, sha256 in told.kept.items() if not _is_whole(key, sha256))
    database = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    size = f"{surge.drafts} drafts, {surge.megabytes:g} MB each, {surge.seconds:.0f} s, {database}"
    waiting = StoredFile.objects.filter(state="pending").count()
    rows: list[Row] = [
        (f"surge of {size}: acknowledged", str(len(told.kept)), f"of {surge.drafts}", ""),
        ("  acknowledged and lost", str(lost), "target 0", ""),
        ("  errors", str(len(told.failures)), "target under 0.1 %", ""),
        ("  requests sent again", str(told.repeated), "", ""),
        ("  from the first to the last, s", f"{took:.0f}", f"asked for {surge.seconds:.0f}", ""),
        ("  client late by at most, s", f"{told.behind:.1f}", "", ""),
        ("  pictures still to be drawn", str(waiting), "", ""),
    ]
    for step, name in (("save media", "save with picture"), ("send", "send"), ("read", "read")):
        if times := told.times.get(step):
            rows.append((f"  {name}, p50 / p95 ms", str(middles(times)), "target p95 2000", ""))
    for problem in sorted(set(told.failures))[:3]:
        rows.append(("  failure", problem[:100], "", ""))
    return rows


def _is_whole(key: str, sha256: str) -> bool:
    """Whether a reply is sent, locked, with one snapshot that names this very picture."""
    reply = Reply.objects.select_related("answer_set").get(key=key)
    shots = list(reply.snapshots.all())
    if reply.state != "submitted" or len(shots) != 1 or reply.answer_set.locked_at is None:
        return False
    numbers = [row["file"] for row in shots[0].answers.get("images") or ()]
    files = list(StoredFile.objects.filter(pk__in=numbers))
    return [one.sha256 for one in files] == [sha256] and hash_of(original_path(sha256)) == sha256
