"""An entry, or a list of them, for a list of references."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries.citations import Cited, cited
from stocktaking.entries.queries.moment import last_changed
from stocktaking.kernel import languages
from stocktaking.kernel.charts import figure
from stocktaking.search.queries import answer, matching_keys
from stocktaking.web import facets
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.formats import citations
from stocktaking.web.views.entry import found
from stocktaking.web.views.explore import BUILDING, building


def changed(request: HttpRequest) -> object:
    """When the entry of the address last changed: one withdrawn a moment ago is gone at once."""
    match = request.resolver_match
    return last_changed(match.kwargs["number"]) if match else None


@allow(Capability.READ)
@require_safe
@conditional(also=changed)
def entry_cite(request: HttpRequest, number: int, slug: str, form: str) -> HttpResponse:
    """One reference, with the title in the language of the address."""
    page = found(request, number)
    if isinstance(page, HttpResponse):
        return page
    if slug != page.card.slug:
        return redirect("entry_cite", number, page.card.slug, form, permanent=True)
    return _file(cited([number], languages.current().code), form, f"stocktaking-{number}")


@allow(Capability.READ)
@require_safe
@conditional
def entries_cite(request: HttpRequest, form: str) -> HttpResponse:
    """The references of a list, in its order; a longer one is refused and not cut."""
    question = facets.asked(request)
    counted = answer(replace(question.query, size=1))
    if BUILDING in counted.problems:
        return building(request)
    if counted.total > citations.MOST:
        return _too_many(counted.total)
    numbers = [int(key) for key in matching_keys(question.query)]
    return _file(
        cited(numbers[: citations.MOST], languages.current().code), form, "stocktaking-entries"
    )


def _file(works: list[Cited], form: str, name: str) -> HttpResponse:
    written = citations.write(form, works, base_url=settings.BASE_URL, register=_("Stocktaking"))
    response = HttpResponse(written, content_type=citations.TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _too_many(total: int) -> HttpResponse:
    told = ngettext(
        "This list has %(total)s entry. References are written for shorter lists only:"
        " choose more filters.",
        "This list has %(total)s entries. References are written for shorter lists only:"
        " choose more filters.",
        total,
    ) % {"total": figure(total)}
    return HttpResponse(f"{told}\n", status=413, content_type="text/plain; charset=utf-8")
