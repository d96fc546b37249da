"""People, organisations, and which person may act for which organisation."""

from stocktaking.accounts.models.organisation import (
    Invitation,
    Membership,
    Organisation,
    OrganisationIdentifier,
)
from stocktaking.accounts.models.person import (
    Consent,
    OneTimeLink,
    Person,
    PersonManager,
    RoleGrant,
)

__all__ = [
    "Consent",
    "Invitation",
    "Membership",
    "OneTimeLink",
    "Organisation",
    "OrganisationIdentifier",
    "Person",
    "PersonManager",
    "RoleGrant",
]
