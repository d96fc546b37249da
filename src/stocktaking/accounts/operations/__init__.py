"""Everything that changes people, roles and organisations."""

from stocktaking.accounts.operations.demo import (
    DemoAccount,
    make_demo_accounts,
    use_one_time_link,
)
from stocktaking.accounts.operations.members import (
    add_member,
    merge_organisations,
    remove_member,
)
from stocktaking.accounts.operations.organisations import (
    register_organisation,
    revise_organisation,
)
from stocktaking.accounts.operations.people import (
    note_address,
    register_person,
    revise_person,
    sign_out_everywhere,
)
from stocktaking.accounts.operations.privacy import erase_person, export_person
from stocktaking.accounts.operations.roles import grant_role, revoke_role
from stocktaking.accounts.operations.terms import COUNTRIES, TYPES

__all__ = [
    "COUNTRIES",
    "TYPES",
    "DemoAccount",
    "add_member",
    "erase_person",
    "export_person",
    "grant_role",
    "make_demo_accounts",
    "merge_organisations",
    "note_address",
    "register_organisation",
    "register_person",
    "remove_member",
    "revise_organisation",
    "revise_person",
    "revoke_role",
    "sign_out_everywhere",
    "use_one_time_link",
]
