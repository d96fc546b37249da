"""What is compared to find out whether a reply repeats an entry."""

from stocktaking.calls.models import Reply
from stocktaking.entries.models import Entry, EntryTerm, EntryText
from stocktaking.entries.states import EntryState
from stocktaking.intake.queries.outcomes import named_organisation, outcome_of, sent_by
from stocktaking.intake.rules.likeness import Likened, likened
from stocktaking.reference.queries import catalogue

COUNTRY = "country"


def likened_of_reply(reply: Reply) -> Likened:
    """What a reply would make, as far as it is compared."""
    sent = sent_by(reply)
    named = named_organisation(sent)
    values = outcome_of(reply, sent, organisation=named.number if named else None).after
    return likened(
        [text.title for text in values.texts],
        organisation=values.organisation,
        organisation_name=named.name if named else reply.organisation_name,
        website=values.website,
        countries=[term.code for term in values.terms if term.scheme == COUNTRY],
    )


def likened_entries() -> list[tuple[int, Likened]]:
    """Every entry that is not withdrawn, as far as it is compared. Three SQL queries."""
    titles: dict[int, list[str]] = {}
    for number, title in EntryText.objects.values_list("entry_id", "title").iterator():
        titles.setdefault(number, []).append(title)
    codes = {term.id: term.code for term in catalogue().terms.values() if term.scheme == COUNTRY}
    countries: dict[int, list[str]] = {}
    rows = EntryTerm.objects.filter(term__scheme__slug=COUNTRY).values_list("entry_id", "term_id")
    for number, term in rows.iterator():
        countries.setdefault(number, []).append(codes.get(term, ""))
    entries = Entry.objects.exclude(state=EntryState.WITHDRAWN).values_list(
        "number", "organisation_id", "organisation__name", "website"
    )
    return [
        (
            number,
            likened(
                titles.get(number, ()),
                organisation=organisation,
                organisation_name=name or "",
                website=website,
                countries=countries.get(number, ()),
            ),
        )
        for number, organisation, name, website in entries.iterator()
    ]
