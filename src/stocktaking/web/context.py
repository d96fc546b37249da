"""What every template may use. Nothing here asks the database before a template wants it."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import languages
from stocktaking.reference.queries import catalogue
from stocktaking.web.style import stylesheets

THEMES = ("light", "dark")
TEXTS = ("0", "1")  # with pictures, text only
# where somebody wants to go after signing in, as it stands in a query
_WANTED = re.compile(rf"([?&]next=(?:/|%2F))({'|'.join(languages.CODES)})(?=/|%2F)")


@dataclass(frozen=True)
class LanguageLink:
    """The same page, with its query, in a language."""

    code: str
    name: str
    url: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every page; views override ``section``, ``canonical`` and ``noindex``."""
    return {
        **frame(request),
        "stylesheets": SimpleLazyObject(stylesheets),
        "grid": SimpleLazyObject(lambda: catalogue().grid()),
        "person": SimpleLazyObject(lambda: visitor(request)),
        "at_desk": SimpleLazyObject(lambda: can(visitor(request), Capability.SEE_DESK)),
    }


def frame(request: HttpRequest) -> dict[str, Any]:
    """The part of the context that needs no database: enough for the page of a failure."""
    return {
        "section": "",
        "language": languages.current(),
        "languages": language_links(request),
        "theme": theme_of(request),
        "text_only": text_only(request),
        "base_url": settings.BASE_URL,
        "canonical": request.path if in_language(request.path) else "",
        "noindex": False,
        "demo": settings.DEMO,
        "explore_url": reverse("explore"),
        "here": request.get_full_path(),
    }


def visitor(request: HttpRequest) -> Person | None:
    """Who is signed in. Without a session nobody is, and the session is left alone."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    user = getattr(request, "user", None)
    return user if isinstance(user, Person) else None


def theme_of(request: HttpRequest) -> str:
    """``light`` or ``dark`` where the reader chose, else empty: as the device has it."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def text_only(request: HttpRequest) -> bool:
    """Whether words and tables take the place of pictures: as the reader chose, else where the
    browser asks to save data."""
    chosen = request.COOKIES.get("text", "")
    if chosen in TEXTS:
        return chosen == "1"
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def in_language(path: str) -> bool:
    """Whether an address stands under a language."""
    return path.count("/") > 1 and path.split("/", 2)[1] in languages.BY_CODE


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """This page in all languages; a page that has no language leads to the home pages.

    Who chooses another language on the way in goes on in that language.
    """
    rest = request.get_full_path().split("/", 2)[2] if in_language(request.path) else ""
    now = languages.current().code
    return [
        LanguageLink(
            language.code,
            language.name,
            _WANTED.sub(rf"\g<1>{language.code}", f"/{language.code}/{rest}"),
            language.code == now,
        )
        for language in languages.LANGUAGES
    ]
