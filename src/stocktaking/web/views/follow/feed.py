"""The versions of one entry as an Atom feed: to follow it without an account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import VersionRef, cards, entry_page, versions
from stocktaking.entries.queries.moment import last_changed
from stocktaking.kernel import languages
from stocktaking.web.access import allow
from stocktaking.web.caching import conditional
from stocktaking.web.formats import atom
from stocktaking.web.views.entry import found

SIZE = 30


def _moved(request: HttpRequest) -> object:
    match = request.resolver_match
    return last_changed(match.kwargs["number"]) if match else None


@allow(Capability.READ)
@require_safe
@conditional(also=_moved)
def entry_feed(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """The public versions, newest first; each leads to what it changed."""
    page = found(request, number)
    if isinstance(page, HttpResponse):
        return _moved_on(number) or page
    card = page.card
    address = reverse("entry_feed", args=[number, card.slug])
    if slug != card.slug:
        return redirect(address, permanent=True)
    known = versions(number, public_only=True)
    steps = list(zip(known, [*known[1:], None], strict=True))[:SIZE]
    history = reverse("entry_history", args=[number, card.slug])
    feed = atom.Feed(
        id=f"{settings.BASE_URL}{reverse('permalink', args=[number])}#versions",
        title=_("Versions of “%(title)s”") % {"title": card.title},
        author=card.organisation.name if card.organisation else _("Stocktaking"),
        language=languages.current().code,
        updated=known[0].made_at if known else card.changed_at,
        links={
            "self": f"{settings.BASE_URL}{address}",
            "alternate": f"{settings.BASE_URL}{reverse('entry', args=[number, card.slug])}",
        },
        items=[_item(number, version, older, history) for version, older in steps],
    )
    response = HttpResponse(atom.write(feed), content_type=atom.TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _moved_on(number: int) -> HttpResponse | None:
    """The way to the feed of the entry that took over from a merged one: a program that reads
    feeds can do nothing with the page of that entry."""
    language = languages.current().code
    page = entry_page(number, language)
    taken_over = cards([page.merged_into], language) if page and page.merged_into else []
    if not taken_over:
        return None
    [card] = taken_over
    return redirect("entry_feed", card.number, card.slug, permanent=True)


def _item(number: int, version: VersionRef, older: VersionRef | None, history: str) -> atom.Step:
    here = f"{settings.BASE_URL}{history}"
    return atom.Step(
        id=f"{settings.BASE_URL}{reverse('permalink', args=[number])}#v{version.number}",
        title=_("Version %(number)d") % {"number": version.number},
        updated=version.made_at,
        url=f"{here}?from={older.number}&to={version.number}" if older else here,
        summary=version.reason,
    )
