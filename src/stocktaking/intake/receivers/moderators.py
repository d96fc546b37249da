"""People who moderate or endorse: their part is handed out, and follows when accounts merge.

Erasing an account leaves what was decided, without a name.
"""

from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.models import Person
from stocktaking.accounts.signals import people_merged, person_exported
from stocktaking.intake.models import (
    DuplicateFamily,
    DuplicatePair,
    Endorsement,
    Likeness,
    Moderation,
)


@receiver(person_exported)
def tell_of_moderation(sender: Any, person: Person, **told: Any) -> dict[str, Any]:
    given = Endorsement.objects.filter(by=person).order_by("at", "pk")
    assigned = Moderation.objects.filter(assigned_to=person).order_by("reply")
    return {
        "endorsements": [
            {
                "reply": one.reply_id,
                "scope": one.scope,
                "verdict": one.verdict,
                "note": one.note,
                "at": one.at.isoformat(),
            }
            for one in given
        ],
        "assigned_replies": list(assigned.values_list("reply_id", flat=True)),
    }


@receiver(people_merged)
def follow_person(sender: Any, kept: Person, merged: Person, **told: Any) -> None:
    Endorsement.objects.filter(by=merged).update(by=kept)
    Moderation.objects.filter(assigned_to=merged).update(assigned_to=kept)
    Moderation.objects.filter(first_decided_by_id=merged.pk).update(first_decided_by_id=kept.pk)
    Likeness.objects.filter(dismissed_by_id=merged.pk).update(dismissed_by_id=kept.pk)
    DuplicatePair.objects.filter(decided_by_id=merged.pk).update(decided_by_id=kept.pk)
    DuplicateFamily.objects.filter(settled_by_id=merged.pk).update(settled_by_id=kept.pk)
