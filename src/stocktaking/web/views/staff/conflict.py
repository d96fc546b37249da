"""Two people changed one entry: both texts, side by side."""

from dataclasses import dataclass

from stocktaking.entries.queries.versions import changes_between
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues


@dataclass(frozen=True)
class Conflict:
    """A field that differs: what was saved meanwhile, and what this person typed."""

    heading: str
    item: str
    language: str
    direction: str
    theirs: str
    yours: str


def conflicts(theirs: EntryValues, yours: EntryValues, language: str) -> list[Conflict]:
    found = []
    for change in changes_between(theirs, tidy(yours), language=language):
        glue = "\n" if change.is_list else ""
        found.append(
            Conflict(
                heading=change.heading,
                item=change.item,
                language=change.language,
                direction=change.direction,
                theirs=glue.join(p.text for p in change.pieces if p.kind != "added"),
                yours=glue.join(p.text for p in change.pieces if p.kind != "removed"),
            )
        )
    return found
