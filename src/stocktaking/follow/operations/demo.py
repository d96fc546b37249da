"""What the people of a demonstration follow, so that there is something to look at."""

import datetime as dt

from stocktaking.accounts.models import Person
from stocktaking.entries.models import Entry
from stocktaking.entries.states import EntryState
from stocktaking.follow.models import Subscription
from stocktaking.follow.operations.following import follow_entry, follow_search
from stocktaking.follow.states import Kind, Rhythm
from stocktaking.kernel.errors import RuleBroken

SEARCHES = (
    ("person@example.org", "q=health&region=AFR", "Health in Africa", Rhythm.WEEKLY),
    ("person@example.org", "action-line=C4", "Capacity building", Rhythm.MONTHLY),
    ("organiser@example.org", "q=rural+connectivity", "Rural connectivity", Rhythm.AT_ONCE),
    ("organiser@example.org", "sdg=5", "Gender equality", Rhythm.WEEKLY),
)
ENTRIES = 2


def follow_in_demo(*, at: dt.datetime) -> int:
    """Searches and entries; how many are followed. What the framework lacks is left out.

    Of the searches everything that there is counts as new: the first mails have something to say.
    """
    people = {person.email: person for person in Person.objects.filter(email__in=_emails())}
    before = Subscription.objects.count()
    for email, query, name, rhythm in SEARCHES:
        if (person := people.get(email)) is not None:
            _search(person, query, name, rhythm, at=at)
    published = Entry.objects.filter(state=EntryState.PUBLISHED).order_by("number")
    for person in people.values():
        for entry in published[:ENTRIES]:
            stated = {"language": person.language, "rhythm": Rhythm.WEEKLY}
            follow_entry(number=entry.number, **stated, by=person, at=at)
    return Subscription.objects.count() - before


def _search(person: Person, query: str, name: str, rhythm: Rhythm, *, at: dt.datetime) -> None:
    known = Subscription.objects.filter(follower__person=person, kind=Kind.SEARCH, name=name)
    if known.exists():
        return
    try:
        row = follow_search(
            query=query, name=name, language=person.language, rhythm=rhythm, by=person, at=at
        )
    except RuleBroken:  # another framework
        return
    row.told, row.next_at = [], at
    row.save(update_fields=["told", "next_at"])


def _emails() -> set[str]:
    return {email for email, _query, _name, _rhythm in SEARCHES}
