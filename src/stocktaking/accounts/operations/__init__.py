"""Everything that changes people, roles and organisations."""

from stocktaking.accounts.operations.organisations import register_organisation
from stocktaking.accounts.operations.people import (
    note_address,
    register_person,
    revise_person,
    sign_out_everywhere,
)
from stocktaking.accounts.operations.roles import grant_role, revoke_role
from stocktaking.accounts.operations.terms import COUNTRIES, TYPES

__all__ = [
    "COUNTRIES",
    "TYPES",
    "grant_role",
    "note_address",
    "register_organisation",
    "register_person",
    "revise_person",
    "revoke_role",
    "sign_out_everywhere",
]
