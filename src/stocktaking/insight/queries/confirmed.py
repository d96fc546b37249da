"""What people have confirmed of entries that resemble a text: the register as its own teacher."""

from collections.abc import Iterable, Sequence

from django.db.models import F

from stocktaking.entries.models import EntryTerm
from stocktaking.entries.states import Basis, EntryState
from stocktaking.insight.rules.suggestion.teaching import Taught, lesson
from stocktaking.kernel.lookups import Among
from stocktaking.search.queries.alike import resemblance
from stocktaking.search.rules.values import TextPart

LOOKED_AT = 40  # entries
CONFIRMED = (Basis.OWNER, Basis.EDITOR)


def taught_by_entries(
    texts: Sequence[tuple[str, str]], schemes: Iterable[str], *, without: int | None = None
) -> dict[str, dict[str, Taught]]:
    """By scheme and code. Only what an owner or an editor stands behind counts: a machine does
    not learn from machines. ``without`` is the entry that the texts are of."""
    key = "" if without is None else str(without)
    parts = [TextPart("title" if not place else "summary", *one) for place, one in enumerate(texts)]
    kin = resemblance(key, parts=parts) if parts else None
    likeness = {int(one.key): one.likeness for one in kin.ranked(LOOKED_AT)} if kin else {}
    if not likeness:
        return {}
    held: dict[str, dict[int, set[str]]] = {scheme: {} for scheme in schemes}
    rows = EntryTerm.objects.filter(
        Among(F("entry_id"), list(likeness)),
        entry__state=EntryState.PUBLISHED,
        basis__in=CONFIRMED,
        term__scheme__slug__in=list(held),
    ).values_list("entry_id", "term__scheme__slug", "term__code")
    for number, scheme, code in rows:
        held[scheme].setdefault(number, set()).add(code)
    return {scheme: lesson(likeness, by_entry) for scheme, by_entry in held.items()}
