"""The special repositories of the demo."""

import datetime as dt
from dataclasses import dataclass, replace

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Collection, Entry
from stocktaking.entries.operations import create_collection, revise_entry
from stocktaking.entries.queries.values import values_of_many
from stocktaking.entries.states import Cause, EntryState
from stocktaking.intake.rules.demo import SYSTEM
from stocktaking.intake.rules.demo_collections import COLLECTIONS, is_demo


@dataclass(frozen=True)
class Gathered:
    """How many collections were made, and how often an entry joined one."""

    collections: int
    members: int

    def __str__(self) -> str:
        return f"{self.collections} made, {self.members} memberships"


def load_demo_collections(*, by: Person | None, at: dt.datetime) -> Gathered:
    """Make the collections that are missing, and let demo entries join that fit their criteria.

    A collection that exists is left alone, with its members: what people changed stays.
    """
    known = set(Collection.objects.values_list("slug", flat=True))
    missing = [one for one in COLLECTIONS if one.slug not in known]
    if not missing:
        return Gathered(0, 0)
    for order, one in enumerate(COLLECTIONS, start=1):
        if one in missing:
            create_collection(
                slug=one.slug,
                title=one.title,
                introduction=one.introduction,
                criteria=one.criteria,
                order=order,
                by=by,
                at=at,
            )
    rows = Entry.objects.filter(state=EntryState.PUBLISHED, identifiers__system=SYSTEM)
    versions = dict(rows.values_list("number", "version"))
    joined = 0
    for number, values in sorted(values_of_many(list(versions)).items()):
        fitting = [one.slug for one in missing if is_demo(values) and one.belongs(values)]
        if fitting:
            revise_entry(
                number=number,
                values=replace(values, collections=(*values.collections, *fitting)),
                based_on=versions[number],
                by=by,
                at=at,
                reason=Cause.COLLECTION,
            )
            joined += len(fitting)
    return Gathered(len(missing), joined)
