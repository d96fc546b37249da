"""Everything that changes people, roles and organisations."""

from stocktaking.accounts.operations.organisations import register_organisation
from stocktaking.accounts.operations.people import register_person
from stocktaking.accounts.operations.roles import grant_role, revoke_role

__all__ = ["grant_role", "register_organisation", "register_person", "revoke_role"]
