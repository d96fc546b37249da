"""What the filters of the queue offer."""

from django.core.cache import cache

from stocktaking.calls.models import Call, Reply
from stocktaking.calls.states import CallState
from stocktaking.intake.models import Check
from stocktaking.reference.queries import catalogue
from stocktaking.reference.queries.catalogue import pick

COUNTRY = "country"
KEEP = 300  # seconds


def calls_asked(language: str) -> list[tuple[str, str]]:
    """Slug and title of every call that could be replied to, the one that closes last first."""
    rows = Call.objects.exclude(state=CallState.DRAFT).values_list("slug", "title")
    return [(slug, pick(title, language) or slug) for slug, title in rows]


def regions(language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of countries by scheme: the scheme's name, then key and name of each group."""
    framework = catalogue()
    slugs = {
        framework.terms[held.group].scheme
        for held in framework.memberships
        if framework.terms[held.member].scheme == COUNTRY
    }
    return [
        (
            scheme.label(language),
            [(f"{slug}:{term.code}", term.label(language)) for term in scheme.terms],
        )
        for slug, scheme in framework.schemes.items()
        if slug in slugs
    ]


def countries_sent(language: str) -> list[tuple[str, str]]:
    """Code and name of the countries from which something was sent, by name.

    They change seldom and cost a look at every reply: they are read again every few minutes.
    """
    scheme = catalogue().scheme(COUNTRY)
    codes = cache.get_or_set("intake.countries", _countries, KEEP) or []
    terms = [(code, scheme.get(code) if scheme else None) for code in codes]
    found = [(code, term.label(language) if term else code) for code, term in terms]
    return sorted(found, key=lambda pair: pair[1].casefold())


def _countries() -> list[str]:
    rows = Reply.objects.filter(submitted_at__isnull=False).exclude(country="")
    return list(rows.order_by().values_list("country", flat=True).distinct())


def checks_offered(language: str) -> list[tuple[str, str]]:
    """Name and message of the checks that are in use."""
    rows = Check.objects.filter(active=True).values_list("slug", "message")
    return [(slug, pick(message, language) or slug) for slug, message in rows]
