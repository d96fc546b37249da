"""Who may do what with one entry or one collection."""

from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.entries.models import Collection, Entry
from stocktaking.kernel.errors import NotAllowed


def acts_for(person: Person | None, entry: Entry) -> bool:
    """Whether somebody acts for the organisation that an entry belongs to."""
    return entry.organisation_id is not None and can(
        person, Capability.EDIT_OWN_ORGANISATION, entry
    )


def can_curate(person: Person | None, collection: Collection) -> bool:
    """Curators of this collection, and whoever edits all of them."""
    if person is None or not person.is_active:
        return False
    if can(person, Capability.EDIT_COLLECTIONS):
        return True
    return collection.curators.filter(pk=person.pk).exists()


def require_acting(person: Person | None, entry: Entry) -> None:
    """Raise NotAllowed unless ``acts_for``."""
    _require(acts_for(person, entry))


def require_curator(person: Person | None, collection: Collection) -> None:
    """Raise NotAllowed unless ``can_curate``."""
    _require(can_curate(person, collection))


def _require(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed("not_allowed", _("You may not do this with your account."))
