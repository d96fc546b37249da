"""Whether mails reach a person, and why not."""

from dataclasses import dataclass

from django.conf import settings

from stocktaking.accounts.models import Person
from stocktaking.outbox.models import Message, Suppression
from stocktaking.outbox.states import Category, MessageState, SuppressionReason

# what a person may take back by themselves: their mailbox works again, or they want mail again
OWN = (SuppressionReason.BOUNCED, SuppressionReason.UNSUBSCRIBED)


@dataclass(frozen=True)
class Standing:
    """``reason`` is None where mails are sent. ``bounces`` came back, of ``most`` that may."""

    reason: SuppressionReason | None
    bounces: int = 0
    most: int = 0
    may_release: bool = False
    suppressions: tuple[int, ...] = ()


def standing_of(person: Person) -> Standing:
    """How a person's address stands: two SQL queries where something is wrong, else one."""
    rows = list(
        Suppression.objects.filter(
            address=person.email.lower(), category__in=("", Category.PROCESS)
        ).order_by("id")
    )
    if not rows:
        return Standing(None)
    reasons = [SuppressionReason(row.reason) for row in rows]
    reason = next((one for one in reasons if one not in OWN), reasons[0])
    came_back = Message.objects.filter(to__iexact=person.email, state=MessageState.BOUNCED)
    return Standing(
        reason=reason,
        bounces=came_back.count(),
        most=settings.MAIL_BOUNCES,
        may_release=reason in OWN,
        suppressions=tuple(row.pk for row in rows),
    )
