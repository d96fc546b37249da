"""Personal data: what somebody said is handed out. Erasing an account leaves it unnamed."""

from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.signals import person_exported
from stocktaking.threads.queries import comments_by


@receiver(person_exported)
def tell_of_comments(sender: Any, person: Any, **told: Any) -> dict[str, Any]:
    return {"comments": comments_by(person)}
