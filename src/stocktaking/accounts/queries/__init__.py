"""Questions about people, their roles, and organisations."""

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

__all__ = [
    "Grant",
    "Member",
    "OrganisationView",
    "TableRow",
    "grants",
    "members",
    "organisation",
    "organisations",
    "organisations_by_number",
    "organisations_of",
    "permission_table",
    "roles_of",
]
