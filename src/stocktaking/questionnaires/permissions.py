"""Who may build questionnaires. Who may write answers is for the app whose answers they are."""

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import can, require
from stocktaking.accounts.rules.roles import Capability


def can_build(person: Person | None) -> bool:
    return can(person, Capability.MANAGE_QUESTIONNAIRES)


def require_builder(by: Person | None) -> None:
    """Raise NotAllowed unless they may; None is the operator's console."""
    if by is not None:
        require(by, Capability.MANAGE_QUESTIONNAIRES)
