"""``stocktaking entries import|undo|imports``: files brought in, and taken back."""

import datetime as dt
import hashlib
import shutil
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings

from stocktaking.console.reporting import FORMS, tell, write_report
from stocktaking.console.running import ended_well, index_changes, work_on
from stocktaking.entries.rules.threeway import Conflict
from stocktaking.files.operations import store_file
from stocktaking.files.rules.data import DATA, DATA_MAX
from stocktaking.intake.operations.imports import (
    open_batch,
    read_profile,
    resume_batch,
    undo_batch,
    undo_trial,
)
from stocktaking.intake.queries import imports as queries
from stocktaking.intake.queries.imports import BatchView, summary_of
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.rules.profiles.reach import recognise
from stocktaking.intake.states import BatchState, RowVerdict
from stocktaking.kernel import clock
from stocktaking.kernel.reading import look

REFUSED = 3  # exit status with --strict


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    profile: str | None
    dry_run: bool
    resume: bool
    publish: bool | None
    conflict: str | None
    as_of: dt.datetime | None


@click.command("import")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
)
@click.option(
    "--profile",
    metavar="NAME|FILE",
    help="How to read it: a profile by its name, or a profile file. Else it is recognised.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would happen; change nothing.")
@click.option("--resume", is_flag=True, help="Go on with an import that was stopped or killed.")
@click.option(
    "--report",
    metavar="OUT",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the refused rows with the reasons to OUT (.xlsx, .csv, .jsonl), to correct.",
)
@click.option(
    "--publish/--no-publish",
    default=None,
    help="Show new entries to everybody at once, or not yet (else as the profile says).",
)
@click.option(
    "--conflict",
    type=click.Choice([one.value for one in Conflict]),
    help="Parts that were changed here and in the file: keep ours, replace it, refuse the row"
    " (else as the profile says).",
)
@click.option("--strict", is_flag=True, help="End with status 3 where rows were refused.")
@click.option(
    "--at",
    "day",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="As if it were that day.",
)
def import_(
    files: tuple[Path, ...],
    report: Path | None,
    strict: bool,
    day: dt.datetime | None,
    **asked: object,
) -> None:
    """Bring in entries from files: JSONL, CSV, XLSX and IATI XML, also packed by gzip.

    Every row gets a verdict: created, updated, unchanged, or refused with a reason. The same file
    again changes nothing. An import that was killed goes on with --resume, behind its last row.

    The last line of the output counts the verdicts. The exit status is 0 where the import came to
    its end, also with refused rows (3 with --strict); 1 where a file or profile cannot be used; 2
    where it is not clear what is wanted: no profile fits, or an import of this file is unfinished;
    130 where it was stopped.
    """
    if report is not None and (len(files) > 1 or report.suffix not in FORMS):
        raise click.UsageError("--report takes one FILE, and ends in .xlsx, .csv or .jsonl.")
    as_of = day.replace(tzinfo=dt.UTC) if day else None
    wanted = Wanted(**asked, as_of=as_of)  # type: ignore[arg-type]
    totals: Counter[RowVerdict] = Counter()
    for file in files:
        view = _import(file, wanted)
        if report is not None:
            write_report(view.number, report)
        tell(view)
        ended_well(view)
        totals.update(view.counts)
        if len(files) > 1:
            click.echo(f"{file.name}: {view.summary}")
    if not wanted.dry_run:
        index_changes()
    click.echo(summary_of(totals))
    if strict and totals[RowVerdict.REFUSED]:
        sys.exit(REFUSED)


def _import(file: Path, wanted: Wanted) -> BatchView:
    profile = _profile(file, wanted.profile)
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    last = None
    if not wanted.dry_run:
        last = queries.last_batch(sha256=sha256, profile_slug=profile.slug)
    number = _number_of(file, profile, wanted, last)
    label = "Looking at" if wanted.dry_run else "Importing"
    return work_on(number, f"{label} {file.name}")


def _number_of(file: Path, profile: Profile, wanted: Wanted, last: BatchView | None) -> int:
    """The import that is to be worked on: the one that was stopped, or a new one."""
    at = clock.now()
    ended = last is None or last.state in (BatchState.UNDOING, BatchState.UNDONE)
    if last is None or ended or (last.state is BatchState.DONE and not wanted.resume):
        return _open(file, profile, wanted, at)
    if last.state is BatchState.DONE:
        click.echo(f"import {last.number} of this file has come to its end", err=True)
        return last.number
    if not wanted.resume:
        raise click.UsageError(
            f"import {last.number} of this file is unfinished: {last.position} records are done."
            f" Go on with --resume, or take it back: stocktaking entries undo {last.number}"
        )
    return resume_batch(number=last.number, by=None, at=at).number


def _open(file: Path, profile: Profile, wanted: Wanted, at: dt.datetime) -> int:
    with _copied(file) as copy:
        stored = store_file(data=copy, name=file.name, kinds=(DATA,), most=DATA_MAX, by=None, at=at)
    return open_batch(
        file=stored,
        name=file.name,
        profile=profile,
        dry_run=wanted.dry_run,
        publish=wanted.publish,
        conflict=wanted.conflict,
        as_of=wanted.as_of,
        by=None,
        at=at,
    ).number


@contextmanager
def _copied(file: Path) -> Iterator[Path]:
    """A copy of our own: what is kept may share its place on the disk with what was given.

    What a process that was killed leaves there is removed as any unfinished upload is.
    """
    copy = settings.DATA_DIR / "uploads" / uuid.uuid4().hex
    copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        shutil.copyfile(file, copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _profile(file: Path, named: str | None) -> Profile:
    """The profile that was named, else the one that was made for such a file."""
    known = queries.profiles()
    if named is not None:
        for view in known:
            if view.slug == named:
                return view.profile()
        path = Path(named)
        if not path.is_file():
            names = ", ".join(view.slug for view in known)
            raise click.UsageError(f"there is no profile {named!r}. There are: {names}")
        try:
            return read_profile(path.read_text("utf-8"))
        except UnicodeDecodeError as error:
            raise click.ClickException(f"{named} is not UTF-8") from error
    head = look(file)
    profiles = [view.profile() for view in known]
    found = recognise(head, profiles)
    if found is not None:
        click.echo(f"{file.name} is read with the profile {found.slug}", err=True)
        return found
    fit = [one.slug for one in profiles if recognise(head, [one])]
    names = ", ".join(fit or [one.slug for one in profiles])
    why = "several profiles fit" if fit else "no profile is known to fit"
    raise click.UsageError(
        f"{why} {file.name}. Choose one with --profile: {names};"
        f" or begin one: stocktaking entries profile guess {file.name}"
    )


@click.command("undo")
@click.argument("batch", type=click.IntRange(min=1))
@click.option("--dry-run", is_flag=True, help="Tell what would happen; change nothing.")
def undo(batch: int, dry_run: bool) -> None:
    """Take import number BATCH back as a whole.

    Entries that it made are withdrawn, those that it changed get their former content back. What
    somebody has changed, withdrawn or confirmed since stays as it is, and is counted as kept.
    Organisations that it registered stay. A later import of the same rows brings entries back
    under their numbers. When it is killed, the same command goes on.
    """
    if queries.batch(batch) is None:
        raise click.ClickException(f"there is no import {batch}")
    if dry_run:
        undone, kept = undo_trial(number=batch)
        click.echo(f"would undo: undone {undone}, kept {kept}")
        return
    undo_batch(number=batch, by=None, at=clock.now())
    view = work_on(batch, f"Undoing import {batch}")
    ended_well(view)
    index_changes()
    click.echo(f"undone {view.undone}, kept {view.kept}")


@click.command("imports")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
def imports(limit: int) -> None:
    """List imports, the newest first: number, state, moment, profile, file, verdicts."""
    for view in queries.batches(limit):
        trial = " (trial)" if view.dry_run else ""
        click.echo(
            f"{view.number:5}  {view.state.value:<9}  {view.made_at:%Y-%m-%d %H:%M}"
            f"  {view.profile_slug} {view.profile_version}  {view.file_name}{trial}: {view.summary}"
        )
