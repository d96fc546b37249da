"""Holding a follower, and what they follow, for the length of a transaction."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.rules.schedule import next_moment
from stocktaking.follow.states import Rhythm
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion

MESSAGES: dict[str, str | Promise] = {
    "subscription_unknown": _("You do not follow this any more."),
    "followed_enough": _("You follow as much as one account can. End something first."),
    "search_outdated": _("This search names something that the register does not know."),
    "search_whole": _("Choose a filter or type words first: this is the whole register."),
    "entry_unknown": _("There is no such entry."),
    "name_missing": _("Give the search a name."),
    "rhythm_unknown": _("Choose how often you want to be written to."),
    "language_unknown": _("Choose one of the languages of the site."),
    "zone_unknown": _("Choose a time zone from the list."),
    "moment_unknown": _("Choose a day of the week and an hour."),
    "release_refused": _("The secretariat stopped mails to this address. Write to us."),
}


def refused(code: str, field: str | None = None) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field=field)


def stale() -> StaleVersion:
    return StaleVersion("changed_meanwhile", _("This was changed meanwhile. Look at it again."))


def own_follower(person: Person, by: Person | None) -> Follower:
    """The row of a person, held; made where there is none yet."""
    if by is not None and by.pk != person.pk:
        raise NotAllowed("not_allowed", _("You may not do this with your account."))
    row = Follower.objects.select_for_update().filter(person=person).first()
    if row is None:
        try:
            with transaction.atomic():
                row = Follower.objects.create(person=person)
        except IntegrityError:  # another request was first
            row = Follower.objects.select_for_update().get(person=person)
    return row


def held(subscription_id: int, by: Person | None) -> Subscription:
    """One thing that somebody follows, with its follower, both held; ``by`` None: a signed link
    or the system."""
    found = Subscription.objects.filter(pk=subscription_id)
    if by is not None:
        found = found.filter(follower__person=by)
    number = found.values_list("follower", flat=True).first()
    if number is None:
        raise refused("subscription_unknown")
    follower = Follower.objects.select_for_update().get(pk=number)
    row = Subscription.objects.filter(pk=subscription_id, follower=follower).first()
    if row is None:
        raise refused("subscription_unknown")
    row.follower = follower
    return row


def planned(
    follower: Follower, rhythm: Rhythm, *, at: dt.datetime, first: bool = False
) -> dt.datetime:
    """When something is looked at next; what is told at once for the ``first`` time right now."""
    if first and rhythm is Rhythm.AT_ONCE:
        return at
    return next_moment(
        rhythm, after=at, weekday=follower.weekday, hour=follower.hour, zone=follower.zone
    )
