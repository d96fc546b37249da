"""What a site that knows oEmbed shows in the place of an address of this one."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.queries import EntryCard, cards
from stocktaking.entries.states import EntryState
from stocktaking.insight.queries.trends import NAMES, THEMES
from stocktaking.kernel import languages
from stocktaking.web.access import allow
from stocktaking.web.context import in_language
from stocktaking.web.sharing import frame_code, frame_height, framed, is_path
from stocktaking.web.views.trends import FIRST

WIDTH, NARROWEST, SHORTEST, WIDEST = 640, 200, 120, 1600  # pixels
KEPT = 3600  # seconds
LONGEST = 2000  # characters of an address


@dataclass(frozen=True)
class Framed:
    """A page of this site that has one for frames."""

    title: str
    embed: str


@allow(Capability.READ)
@require_safe
def oembed(request: HttpRequest, form: str) -> HttpResponse:
    """The frame of a public page of this site; nothing is fetched, from nowhere.

    404 for any other address, 501 for another ``format`` than that of the address.
    """
    if request.GET.get("format", form) != form:
        return HttpResponse(status=501)
    shown = _framed(request.GET.get("url", ""))
    width = _within(request.GET.get("maxwidth", ""), WIDTH, NARROWEST, WIDEST)
    height = _within(request.GET.get("maxheight", ""), frame_height(shown.embed), SHORTEST, WIDEST)
    told: dict[str, str | int] = {
        "version": "1.0",
        "type": "rich",
        "provider_name": _("Stocktaking"),
        "provider_url": f"{settings.BASE_URL}/",
        "title": shown.title,
        "cache_age": KEPT,
        "width": width,
        "height": height,
        "html": frame_code(shown.embed, shown.title, width=str(width), height=height),
    }
    response = JsonResponse(told) if form == "json" else _xml(told)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={KEPT}"
    # beside the header of a reader's languages, which Django names, it reads a cookie
    patch_vary_headers(response, ["Cookie"])
    return response


def _framed(url: str) -> Framed:
    """What is at the address; 404 where it is not ours, not public, or has no frame."""
    path = url.removeprefix(settings.BASE_URL)
    if path == url or not is_path(path) or len(url) > LONGEST:
        raise Http404
    parts = urlsplit(path)
    code = parts.path.split("/", 2)[1] if in_language(parts.path) else languages.current().code
    with translation.override(languages.BY_CODE[code].django):
        try:
            found = resolve(parts.path)
        except Resolver404 as error:
            raise Http404 from error
        if found.url_name in ("entry", "permalink"):
            return _of_entry(found.kwargs["number"], code)
        if found.url_name == "explore":
            return Framed(_("Entries"), _with_query(framed(parts.path), parts.query))
        if found.url_name == "matrix":
            return Framed(_("Matrix"), _with_query(framed(parts.path), parts.query))
        if found.url_name in ("trends", "trends_theme"):
            # a trend is a part of its page
            name = parts.fragment or THEMES[found.kwargs.get("name", FIRST)][0]
            if name in NAMES:
                embed = reverse("embed_trend", args=[name])
                return Framed(_("Trends"), _with_query(embed, parts.query))
    raise Http404


def _of_entry(number: int, code: str) -> Framed:
    found: list[EntryCard] = cards([number], code)
    if not found or found[0].state != EntryState.PUBLISHED:
        raise Http404
    card = found[0]
    address = reverse("entry", args=[number, card.slug])
    return Framed(card.title.text, framed(address))


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _within(said: str, usual: int, least: int, most: int) -> int:
    """The number of pixels that a consumer allows, as far as it makes sense."""
    if not (said.isascii() and said.isdigit() and len(said) < 6):
        return usual
    return min(usual, max(least, min(int(said), most)))


def _xml(told: dict[str, str | int]) -> HttpResponse:
    root = ElementTree.Element("oembed")
    for name, value in told.items():
        ElementTree.SubElement(root, name).text = str(value)
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
