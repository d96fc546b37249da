"""What the register needs before it can be used: framework, people, index, messages."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from stocktaking.accounts.models import RoleGrant
from stocktaking.accounts.rules.roles import Role
from stocktaking.console.health.finding import Finding, failed, risky, well
from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState
from stocktaking.insight.queries.own_map import read_own_map
from stocktaking.kernel import languages
from stocktaking.kernel.charts.outlines import OutlineError
from stocktaking.pages.models import Page
from stocktaking.reference.queries import catalogue
from stocktaking.search.queries import answer
from stocktaking.search.rules.values import Query


def catalogue_loaded() -> Iterator[Finding]:
    known = catalogue()
    if not known.schemes:
        advice = "Run: stocktaking reference load"
        yield failed("framework", "no scheme is loaded", advice)
        return
    yield well("framework", f"{len(known.schemes)} schemes, {len(known.terms)} terms")
    if known.grid() is None:
        advice = "Mark one crosswalk as primary: the pages are drawn on it."
        yield risky("framework", "no crosswalk is the grid", advice)


def texts() -> Iterator[Finding]:
    number = Page.objects.count()
    if number:
        yield well("texts", f"{number} pages of the site")
    else:
        yield risky("texts", "the site has no texts", "Run: stocktaking pages load")


def administrators() -> Iterator[Finding]:
    number = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True).count()
    if number:
        yield well("people", f"{number} with the role administrator")
    else:
        advice = "Run: stocktaking person grant EMAIL administrator"
        yield risky("people", "nobody is administrator", advice)


def index() -> Iterator[Finding]:
    published = Entry.objects.filter(state=EntryState.PUBLISHED).count()
    found = answer(Query(size=1)).total
    told = f"{found} of {published} published entries can be found"
    if found == published:
        yield well("index", told)
    else:
        yield risky("index", told, "Start the worker, or run: stocktaking search rebuild")


def outlines() -> Iterator[Finding]:
    """Outlines of countries that the operator brought; silent where there are none."""
    try:
        found = read_own_map()
    except (OutlineError, OSError) as error:
        advice = 'See "A map with outlines" in docs/guides/operate.md; until then none is shown.'
        yield risky("map", f"the outlines cannot be drawn: {error}", advice)
        return
    if found is not None:
        coded = sum(1 for one in found.outlines if one.code)
        said = ", ".join(found.notices)
        yield well("map", f"{len(found.outlines)} outlines, {coded} of countries; notice in {said}")


def messages() -> Iterator[Finding]:
    stale = []
    for language in languages.LANGUAGES:
        folder = Path(settings.LOCALE_PATHS[0]) / locale_of(language.django) / "LC_MESSAGES"
        mo, po = folder / "django.mo", folder / "django.po"
        if not mo.exists() or (po.exists() and mo.stat().st_mtime < po.stat().st_mtime):
            stale.append(language.code)
    if stale:
        yield risky("messages", f"not compiled: {', '.join(stale)}", "Run: scripts/setup")
    else:
        yield well("messages", f"compiled for {len(languages.LANGUAGES)} languages")


def locale_of(django_name: str) -> str:
    """The folder of a language: zh-hans is kept in zh_Hans."""
    first, _, rest = django_name.partition("-")
    return f"{first}_{rest.title()}" if rest else first
