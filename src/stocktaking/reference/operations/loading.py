"""Loading a framework from its folder."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction

from stocktaking.history.operations import record
from stocktaking.reference.models import Revision
from stocktaking.reference.operations.applying import apply
from stocktaking.reference.operations.messages import refusal
from stocktaking.reference.operations.planning import Plan, plan
from stocktaking.reference.operations.revision import bump, lock
from stocktaking.reference.operations.summary import LoadSummary
from stocktaking.reference.queries.kept import known_codes
from stocktaking.reference.rules.node import open_file
from stocktaking.reference.rules.reading import read
from stocktaking.reference.signals import framework_changed


@transaction.atomic
def load_framework(*, folder: Path, by: Any, at: dt.datetime, dry_run: bool = False) -> LoadSummary:
    """Bring the rows to what the files of ``folder`` state; ``dry_run`` only says what differs.

    The operator's own words stay. Terms and schemes that vanished from the files are retired,
    memberships and links are removed. All or nothing: a fault in any file refuses the whole
    (RulesBroken; each fault names its file and place). Loading the same files again changes
    nothing. A primary crosswalk takes the place of another framework's.
    """
    revision = None if dry_run else lock()
    planned = _planned(folder)
    if revision is not None and planned.changes:
        _write(planned, revision, by, at)
    return planned.summary(dry_run=dry_run)


def _planned(folder: Path) -> Plan:
    top = open_file(folder, "framework.json", [])
    slug = top.value.get("slug") if top is not None else ""
    framework, faults = read(folder, known_codes(besides=slug if isinstance(slug, str) else ""))
    if framework is None:
        raise refusal(faults)
    planned, taken = plan(framework)
    if taken:
        raise refusal(taken)
    return planned


def _write(planned: Plan, revision: Revision, by: Any, at: dt.datetime) -> None:
    apply(planned, by=by, at=at)
    number = bump(revision)
    summary = planned.summary(dry_run=False)
    kinds = ("created", "updated", "retired", "removed")
    detail: dict[str, Any] = {kind: summary.count(kind) for kind in kinds}
    detail |= {"framework": summary.framework, "version": summary.version}
    record(verb="framework_loaded", of=revision, by=by, at=at, detail=detail)
    framework_changed.send(
        sender=Revision,
        revision=number,
        schemes=frozenset(scheme.slug for scheme in planned.framework.schemes),
        by=by,
        at=at,
    )
