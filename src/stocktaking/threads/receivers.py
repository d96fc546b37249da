"""Personal data: what somebody said is handed out. Erasing an account leaves it unnamed."""

from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.models import Person
from stocktaking.accounts.signals import people_merged, person_exported
from stocktaking.threads.models import Comment, Thread
from stocktaking.threads.queries import comments_by


@receiver(person_exported)
def tell_of_comments(sender: Any, person: Any, **told: Any) -> dict[str, Any]:
    return {"comments": comments_by(person)}


@receiver(people_merged)
def follow_person(sender: Any, kept: Person, merged: Person, **told: Any) -> None:
    Comment.objects.filter(by=merged).update(by=kept)
    Thread.objects.filter(resolved_by_id=merged.pk).update(resolved_by_id=kept.pk)
