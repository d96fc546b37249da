"""What is held of a person here: handed out, erased, and given to the account that stays."""

from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.models import Person
from stocktaking.accounts.signals import people_merged, person_erased, person_exported
from stocktaking.intake.models import Claim, Confirmation, ContactMessage, Suggestion
from stocktaking.intake.states import ClaimKind

WAITING = ("open", "proved")


@receiver(person_exported)
def tell_of_participation(sender: Any, person: Person, **told: Any) -> dict[str, list[Any]]:
    """Suggestions, claims, messages and questions by mail."""
    return {
        "suggestions": list(
            Suggestion.objects.filter(by=person).values(
                "entry", "kind", "state", "place", "proposed", "remark", "answer"
            )
        ),
        "claims": list(
            Claim.objects.filter(person=person).values(
                "organisation", "entry", "kind", "method", "state", "statement", "answer"
            )
        ),
        "messages": list(
            ContactMessage.objects.filter(by=person).values("entry", "subject", "text")
        ),
        "confirmations_asked": [
            {"entry": entry, "asked_at": at.isoformat()}
            for entry, at in Confirmation.objects.filter(person_id=person.pk)
            .order_by("id")
            .values_list("entry_id", "asked_at")
        ],
    }


@receiver(person_erased)
def forget_address(sender: Any, person_id: int, **told: Any) -> None:
    """Claims go with the account, suggestions and messages lose its name by themselves."""
    Confirmation.objects.filter(person_id=person_id).delete()


@receiver(people_merged)
def join_claims(sender: Any, kept: Person, merged: Person, **told: Any) -> None:
    """Of two claims to one thing that wait, one stays; links of mails serve the other account."""
    Confirmation.objects.filter(person_id=merged.pk).update(person_id=kept.pk, email=kept.email)
    waiting = Claim.objects.filter(state__in=WAITING)
    for claim in waiting.filter(person=merged):
        same = waiting.filter(person=kept, kind=claim.kind)
        if claim.kind == ClaimKind.MEMBERSHIP:
            same = same.filter(organisation=claim.organisation_id)
        else:
            same = same.filter(entry=claim.entry_id)
        if same.exists():
            claim.delete()
