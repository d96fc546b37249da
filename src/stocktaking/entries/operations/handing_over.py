"""What sources said of an entry goes with it into the entry that takes it in, so that the next
import can still tell what its source changed."""

from collections.abc import Collection

from stocktaking.entries.models import ImportedStatement
from stocktaking.entries.operations.statements import (
    base_of,
    contents_at,
    keep_statements,
    last_statements,
)
from stocktaking.entries.queries.merging import single_schemes
from stocktaking.entries.rules.parts import parts_of
from stocktaking.entries.rules.threeway import told_instead
from stocktaking.entries.rules.values import EntryValues


def absorbed(
    ours: EntryValues, theirs: EntryValues, *, already: Collection[tuple[str, str]]
) -> list[list[str]]:
    """The identifiers of ``theirs`` in lists in which ``ours`` has one: their records would take
    turns with ours. ``already`` are those that stood behind others before."""
    systems = {one.system for one in ours.identifiers}
    return [
        [one.system, one.value]
        for one in theirs.identifiers
        if one.system in systems or (one.system, one.value) in already
    ]


def hand_over(*, merged: int, kept: int, version: int, content: EntryValues) -> None:
    """Sources that spoke of ``merged`` alone speak of ``kept`` now, which says ``content``."""
    said = last_statements([merged, kept])
    news = {
        system: one
        for (number, system), one in said.items()
        if number == merged and (kept, system) not in said
    }
    if not news:
        return
    single = single_schemes()
    contents = contents_at({(merged, one.version) for one in news.values()})
    now = parts_of(content, single=single)
    keep_statements(
        ImportedStatement(
            entry_id=kept,
            system=system,
            version=version,
            fingerprint=one.fingerprint,
            differs=told_instead(base_of(one, contents[merged, one.version], single), now, None),
        )
        for system, one in news.items()
    )


def take_back(*, merged: int, kept: int, before: int) -> None:
    """Forget what sources of ``merged`` said of ``kept`` since it took it in. What they had said
    of ``merged`` stands there still."""
    systems = {system for number, system in last_statements([merged]) if number == merged}
    known = ImportedStatement.objects.filter(entry=kept)
    own = set(known.filter(version__lte=before).values_list("system", flat=True))
    known.filter(system__in=systems - own).delete()
