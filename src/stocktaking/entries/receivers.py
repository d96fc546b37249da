"""What entries do when something below them changes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.signals import (
    organisation_revised,
    organisations_merged,
    people_merged,
    person_exported,
)
from stocktaking.entries import signals
from stocktaking.entries.models import Collection, CollectionInvitation, Entry
from stocktaking.entries.notifications import ask_owners, tell_curator
from stocktaking.entries.operations.owners import owner_changed, owners_merged
from stocktaking.entries.queries.ageing import freshness_bands
from stocktaking.entries.queries.documents import documents_of, published_numbers
from stocktaking.kernel import clock
from stocktaking.reference.signals import framework_changed
from stocktaking.search.operations import note_change
from stocktaking.search.rules.values import Band, Document


class EntryDocuments:
    """What the search index holds of entries: the published ones."""

    kind = "entry"

    def keys(self) -> Iterator[str]:
        return (str(number) for number in published_numbers())

    def documents(self, keys: Sequence[str]) -> list[Document]:
        # the index asks by itself, outside of any request: the day is the clock's
        return documents_of([int(key) for key in keys], on=clock.now().date())


def bands_of_today() -> tuple[Band, ...]:
    """Freshness, which the index counts by the calendar of the moment of asking."""
    return freshness_bands(on=clock.now().date())


@receiver(framework_changed)
def index_again(sender: Any, at: dt.datetime, **told: Any) -> None:
    """Codes, parents and memberships stand in every document."""
    if Entry.objects.exists():
        note_change(kind=EntryDocuments.kind, keys=[""], at=at)


@receiver(organisation_revised)
def follow_owner(sender: Any, organisation: Any, at: dt.datetime, **told: Any) -> None:
    owner_changed(number=organisation.number, at=at)


@receiver(organisations_merged)
def follow_merger(
    sender: Any, kept: int, merged: int, by: Any, at: dt.datetime, **told: Any
) -> None:
    owners_merged(kept=kept, merged=merged, by=by, at=at)


@receiver(signals.entry_invited)
def ask_those_who_act(
    sender: Any, invitation: CollectionInvitation, token: str, at: dt.datetime, **told: Any
) -> None:
    ask_owners(invitation=invitation, token=token, at=at)


@receiver(signals.invitation_answered)
def tell_who_asked(
    sender: Any, invitation: CollectionInvitation, at: dt.datetime, **told: Any
) -> None:
    tell_curator(invitation=invitation, at=at)


@receiver(person_exported)
def tell_of_entries(sender: Any, person: Any, **told: Any) -> dict[str, list[Any]]:
    """The numbers of the entries that somebody submitted, the collections looked after."""
    submitted = Entry.objects.filter(submitted_by=person).order_by("number")
    invited = CollectionInvitation.objects.filter(invited_by=person).order_by("id")
    curated = Collection.objects.filter(curators=person)
    return {
        "entries": list(submitted.values_list("number", flat=True)),
        "collections_curated": list(curated.values_list("slug", flat=True)),
        "invitations_made": list(invited.values("entry", "collection__slug", "message")),
    }


@receiver(people_merged)
def join_curators(sender: Any, kept: Any, merged: Any, **told: Any) -> None:
    """Two accounts that look after one collection are one curator."""
    Collection.curators.through.objects.filter(
        person=merged, collection__in=Collection.objects.filter(curators=kept)
    ).delete()
