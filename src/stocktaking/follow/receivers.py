"""What happens to what people follow when something happens to people."""

import datetime as dt
from typing import Any

from django.dispatch import receiver

from stocktaking.accounts.models import Person
from stocktaking.accounts.signals import people_merged, person_exported
from stocktaking.follow import notifications, signals
from stocktaking.follow.models import Follower
from stocktaking.follow.operations.people import join_followers, what_is_followed


@receiver(people_merged)
def follow_person(
    sender: Any, kept: Person, merged: Person, by: Any, at: dt.datetime, **told: Any
) -> None:
    join_followers(kept=kept, merged=merged, by=by, at=at)


@receiver(person_exported)
def tell_what_is_followed(sender: Any, person: Person, **told: Any) -> dict[str, Any]:
    return what_is_followed(person)


@receiver(signals.digest_tried)
def send_sample(sender: Any, follower: Follower, at: dt.datetime, **told: Any) -> None:
    notifications.try_out(follower, at=at)
