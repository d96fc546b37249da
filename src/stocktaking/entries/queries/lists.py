"""Short lists and totals of what is published."""

from dataclasses import dataclass

from django.db.models import Count, Q

from stocktaking.entries.models import Entry, EntryTerm, EntryText
from stocktaking.entries.queries.cards import cards_of
from stocktaking.entries.queries.views import EntryCard
from stocktaking.entries.states import EntryState

PUBLISHED = EntryState.PUBLISHED


@dataclass(frozen=True)
class Totals:
    """What the register holds, published entries only. Organisations not stated do not count."""

    entries: int
    organisations: int
    countries: int  # that entries work in
    languages: int  # in which a title exists


def newest(limit: int, language: str) -> list[EntryCard]:
    """The entries registered last."""
    rows = Entry.objects.filter(state=PUBLISHED).select_related("organisation")
    return cards_of(list(rows.order_by("-registered_on", "-number")[:limit]), language)


def of_organisation(number: int, language: str, *, limit: int | None = None) -> list[EntryCard]:
    """The published entries of an organisation, newest first."""
    rows = Entry.objects.filter(state=PUBLISHED, organisation=number).select_related("organisation")
    return cards_of(list(rows.order_by("-registered_on", "-number")[:limit]), language)


def of_collection(slug: str, language: str, *, limit: int | None = None) -> list[EntryCard]:
    """The published entries of a collection, newest first."""
    rows = Entry.objects.filter(state=PUBLISHED, collections__collection__slug=slug)
    found = rows.select_related("organisation").order_by("-registered_on", "-number")
    return cards_of(list(found[:limit]), language)


def totals() -> Totals:
    counted = Entry.objects.filter(state=PUBLISHED).aggregate(
        entries=Count("number"),
        organisations=Count("organisation", distinct=True, filter=Q(organisation__unknown=False)),
    )
    countries = (
        EntryTerm.objects.filter(entry__state=PUBLISHED, term__scheme__slug="country")
        .values("term")
        .distinct()
        .count()
    )
    languages = (
        EntryText.objects.filter(entry__state=PUBLISHED).values("language").distinct().count()
    )
    return Totals(countries=countries, languages=languages, **counted)
