"""What is compared to find out whether a reply, a record or an entry repeats an entry."""

from collections.abc import Iterable, Iterator
from typing import Any

from stocktaking.calls.models import Reply
from stocktaking.entries.models import Entry, EntryTerm, EntryText
from stocktaking.entries.rules.values import EntryValues
from stocktaking.entries.states import EntryState
from stocktaking.intake.queries.outcomes import named_organisation, outcome_of, sent_by
from stocktaking.intake.rules.likeness import Likened, likened
from stocktaking.kernel.text.normalise import name_key
from stocktaking.reference.queries import catalogue

COUNTRY = "country"
CHUNK = 5000


def likened_of_reply(reply: Reply) -> Likened:
    """What a reply would make, as far as it is compared."""
    sent = sent_by(reply)
    named = named_organisation(sent)
    values = outcome_of(reply, sent, organisation=named.number if named else None).after
    return likened_of_values(values, named.name if named else reply.organisation_name)


def likened_of_values(values: EntryValues, organisation_name: str) -> Likened:
    """What an entry with this content would be compared by."""
    return likened(
        [text.title for text in values.texts],
        organisation=values.organisation,
        organisation_key=name_key(organisation_name) if organisation_name else "",
        website=values.website,
        countries=[term.code for term in values.terms if term.scheme == COUNTRY],
    )


def likened_entries(*, chunk: int = CHUNK) -> Iterator[tuple[int, Likened]]:
    """Every entry that is not withdrawn, as far as it is compared, in the order of numbers.

    Three SQL queries for each chunk, so that memory holds no more than one beside what is made.
    """
    codes = {term.id: term.code for term in catalogue().terms.values() if term.scheme == COUNTRY}
    # few organisations and few sets of countries stand behind many entries
    names: dict[int, str] = {}
    known: dict[frozenset[str], frozenset[str]] = {}
    after = 0
    while True:
        heads = list(
            Entry.objects.exclude(state=EntryState.WITHDRAWN)
            .filter(number__gt=after)
            .order_by("number")
            .values_list("number", "organisation_id", "organisation__name", "website")[:chunk]
        )
        if not heads:
            return
        span = {"entry__gt": after, "entry__lte": heads[-1][0]}
        after = heads[-1][0]
        titles = _grouped(EntryText.objects.filter(**span).values_list("entry_id", "title"))
        countries = _grouped(
            EntryTerm.objects.filter(**span, term__scheme__slug=COUNTRY).values_list(
                "entry_id", "term_id"
            )
        )
        for number, organisation, name, website in heads:
            if organisation is not None and organisation not in names:
                names[organisation] = name_key(name or "")
            where = frozenset(codes.get(term, "") for term in countries.get(number, ()))
            yield (
                number,
                likened(
                    titles.get(number, ()),
                    organisation=organisation,
                    organisation_key=names[organisation] if organisation is not None else "",
                    website=website,
                    countries=known.setdefault(where, where),
                ),
            )


def _grouped(rows: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for number, value in rows:
        found.setdefault(number, []).append(value)
    return found
