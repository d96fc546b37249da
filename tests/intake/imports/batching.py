"""A small profile in the tiny framework, and imports run as the worker runs them."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from tests.factories.entries import AT

from stocktaking.entries.models import Entry, ExternalIdentifier
from stocktaking.files.models import StoredFile
from stocktaking.files.operations import store_file
from stocktaking.files.rules.data import DATA, DATA_MAX
from stocktaking.intake.operations.imports import open_batch
from stocktaking.intake.queries.imports import BatchView, batch
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.jobs.operations import run_job

COLUMNS = ("id", "title", "summary", "goals", "countries", "owner", "website", "end")
TEXT = """
format = 1
slug = "list"
version = 1
source = "list"
licence = "CC0-1.0"
recognises = ["id", "goals"]

[title]
en = "A list"

[notice]
en = "From a list."

[identity]
system = "list"
columns = ["id"]

[[fields]]
to = "title"
columns = ["title"]

[[fields]]
to = "summary"
columns = ["summary"]

[[fields]]
to = "website"
columns = ["website"]

[[fields]]
to = "end"
columns = ["end"]

[[terms]]
scheme = "goal"
columns = ["goals"]
separators = [";"]

[[terms]]
scheme = "country"
columns = ["countries"]
separators = [";"]

[[organisations]]
name = "owner"
"""


def profile(*changes: tuple[str, str]) -> Profile:
    """The profile of the list; ``changes`` are texts in it and what stands in their place."""
    text = TEXT
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return parse(text)


def row(code: object, **stated: str) -> dict[str, str]:
    return {"id": str(code), "title": f"Project {code}", "goals": "1", **stated}


def table(rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> bytes:
    """A CSV file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def stored(data: bytes, name: str = "list.csv", by: Any = None) -> StoredFile:
    return store_file(data=data, name=name, kinds=(DATA,), most=DATA_MAX, by=by, at=AT)


def opened(rows: Iterable[Mapping[str, str]] | bytes, *, at: Any = AT, by: Any = None, **how: Any):
    """A batch that waits for its job."""
    data = rows if isinstance(rows, bytes) else table(rows)
    how.setdefault("profile", profile())
    return open_batch(file=stored(data, by=by), name="list.csv", by=by, at=at, **how)


def run(rows: Iterable[Mapping[str, str]] | bytes, *, at: Any = AT, **how: Any) -> BatchView:
    """The same, done."""
    made = opened(rows, at=at, **how)
    run_job(job_id=made.job_id, at_clock=lambda: at)
    return seen(made.number)


def seen(number: int) -> BatchView:
    found = batch(number)
    assert found is not None
    return found


def entries() -> dict[str, Entry]:
    """The entries by their identifier in the list."""
    rows = ExternalIdentifier.objects.filter(system="list").select_related("entry")
    return {one.value: one.entry for one in rows.order_by("entry")}
