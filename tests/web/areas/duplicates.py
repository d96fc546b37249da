from typing import Any

from tests.factories import entries as make_entries
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability
from stocktaking.intake.models import DuplicateFamily, DuplicatePair

C = Capability.MERGE_ENTRIES
HERE, AT = "<lang>/staff/duplicates/", "/en/staff/duplicates/"
ROUTES: dict[str, Route] = {
    HERE: Route(C, AT),
    f"{HERE}look/": form(C, f"{AT}look/"),
    f"{HERE}series/<number:number>/": form(C, AT + "series/{series}/"),
    f"{HERE}<number:kept>/<number:merged>/": Route(C, AT + "{twin}/{other_twin}/"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    """Two entries that look alike, and a series."""
    one, other = make_entries.entry(), make_entries.entry()
    stated = {"found_at": make_entries.AT, "seen_at": make_entries.AT}
    DuplicatePair.objects.create(first=one, second=other, score=80, why=["title"], **stated)
    series = DuplicateFamily.objects.create(
        stem="s", title="Grants", language="en", size=9, members=[one.pk], **stated
    )
    return {"twin": one.pk, "other_twin": other.pk, "series": series.pk}
