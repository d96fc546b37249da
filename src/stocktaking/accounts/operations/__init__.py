"""Everything that changes people, roles and organisations."""

from stocktaking.accounts.operations.consents import set_consents
from stocktaking.accounts.operations.demo import (
    DemoAccount,
    make_demo_accounts,
    use_one_time_link,
)
from stocktaking.accounts.operations.identities import (
    Identity,
    link_identity,
    open_account,
    unlink_identity,
)
from stocktaking.accounts.operations.invitations import (
    INVITATION_GONE,
    answer_invitation,
    invite_member,
    take_back_invitation,
)
from stocktaking.accounts.operations.matching import (
    Match,
    Matching,
    StatedOrganisation,
    look_up_organisations,
    match_organisations,
    register_matched,
)
from stocktaking.accounts.operations.members import (
    add_member,
    merge_organisations,
    remove_member,
)
from stocktaking.accounts.operations.merging import merge_people
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
    "INVITATION_GONE",
    "TYPES",
    "DemoAccount",
    "Identity",
    "Match",
    "Matching",
    "StatedOrganisation",
    "add_member",
    "answer_invitation",
    "erase_person",
    "export_person",
    "grant_role",
    "invite_member",
    "link_identity",
    "look_up_organisations",
    "make_demo_accounts",
    "match_organisations",
    "merge_organisations",
    "merge_people",
    "note_address",
    "open_account",
    "register_matched",
    "register_organisation",
    "register_person",
    "remove_member",
    "revise_organisation",
    "revise_person",
    "revoke_role",
    "set_consents",
    "sign_out_everywhere",
    "take_back_invitation",
    "unlink_identity",
    "use_one_time_link",
]
