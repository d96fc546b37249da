"""Questions about people, their roles, and organisations."""

from stocktaking.accounts.queries.consents import (
    CONSENT_TEXTS,
    ConsentView,
    consenting,
    consents,
    has_consent,
)
from stocktaking.accounts.queries.invitations import (
    InvitationView,
    invitation_for,
    invitations,
    invitations_for,
)
from stocktaking.accounts.queries.names import CAPABILITY_NAMES, ROLE_NAMES
from stocktaking.accounts.queries.organisations import (
    Member,
    OrganisationView,
    members,
    organisation,
    organisations,
    organisations_by_number,
    organisations_of,
)
from stocktaking.accounts.queries.roles import (
    Grant,
    TableRow,
    grants,
    permission_table,
    roles_of,
)
from stocktaking.accounts.queries.scopes import (
    countries_of,
    covered,
    lines_of,
    scope_choices,
    scoped_terms,
    scopes_of,
)

__all__ = [
    "CAPABILITY_NAMES",
    "CONSENT_TEXTS",
    "ROLE_NAMES",
    "ConsentView",
    "Grant",
    "InvitationView",
    "Member",
    "OrganisationView",
    "TableRow",
    "consenting",
    "consents",
    "countries_of",
    "covered",
    "grants",
    "has_consent",
    "invitation_for",
    "invitations",
    "invitations_for",
    "lines_of",
    "members",
    "organisation",
    "organisations",
    "organisations_by_number",
    "organisations_of",
    "permission_table",
    "roles_of",
    "scope_choices",
    "scoped_terms",
    "scopes_of",
]
