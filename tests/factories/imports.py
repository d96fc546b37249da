"""Files to import, profiles for them, and imports of the small invented framework."""

import csv
import datetime as dt
import io

from stocktaking.accounts.models import Person
from stocktaking.files.models import StoredFile
from stocktaking.files.operations import store_file
from stocktaking.files.rules.data import DATA, DATA_MAX
from stocktaking.intake.models import ImportBatch, ImportProfile
from stocktaking.intake.operations.imports import open_batch, save_profile
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.jobs.operations import run_waiting

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
COLUMNS = ("Ref", "Name", "About", "Goals", "Where", "Owner")
ROWS = (
    ("P1", "Boats that test water", "Samples from the river.", "1; 3", "Kenya", "River office"),
    ("P2", "Buses with a library", "Books for children on the move.", "two", "KE; FR", ""),
    ("P3", "", "Nobody remembers its name.", "2", "Sudan", "Ministry"),
    ("P4", "Radio for fishers", "Weather in three languages.", "3", "Sea", "Radio"),
)
PROFILE = """
format = 1
slug = "projects"
version = 1
recognises = ["Ref", "Goals"]

[title]
en = "Spreadsheet of projects"
fr = "Tableau des projets"

[identity]
system = "projects"
columns = "Ref"

[[fields]]
to = "title"
columns = "Name"

[[fields]]
to = "summary"
columns = "About"

[[terms]]
scheme = "goal"
columns = "Goals"
separators = ";"

[[terms]]
scheme = "country"
columns = "Where"
separators = ";"
values = { "Kenya" = "KE", "Sudan" = "SD" }

[[organisations]]
name = "Owner"
"""


def table(rows=ROWS, columns=COLUMNS, encoding: str = "utf-8") -> bytes:
    """A file of values separated by commas."""
    written = io.StringIO()
    csv.writer(written).writerows([columns, *rows])
    return written.getvalue().encode(encoding)


def file(content: bytes | None = None, *, by: Person | None, name: str = "a.csv") -> StoredFile:
    data = table() if content is None else content
    return store_file(data=data, name=name, kinds=(DATA,), most=DATA_MAX, by=by, at=AT)


def profile(text: str = PROFILE) -> ImportProfile:
    return save_profile(text=text, by=None, at=AT)


def batch(
    content: bytes | None = None,
    *,
    by: Person | None,
    trial: bool = True,
    run: bool = True,
    **stated,
) -> ImportBatch:
    """An import of a file, done unless it is asked to wait."""
    stored = file(content, by=by)
    made = open_batch(
        file=stored,
        name="projects.csv",
        profile=parse(stated.pop("text", PROFILE)),
        dry_run=trial,
        by=by,
        at=stated.pop("at", AT),
        **stated,
    )
    if run:
        work()
        made.refresh_from_db()
    return made


def work() -> None:
    """Do all that waits for a worker."""
    run_waiting(at_clock=lambda: AT)
