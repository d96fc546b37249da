"""The permission table: which role may do what. One place, plain data."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the register. ``editor`` is held in an organisation."""

    VISITOR = "visitor"
    PERSON = "person"
    ORGANISATION_EDITOR = "organisation_editor"
    MODERATOR = "moderator"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"


class Capability(StrEnum):
    READ = "read"
    HOLD_ACCOUNT = "hold_account"
    EDIT_OWN_ORGANISATION = "edit_own_organisation"
    SEE_DESK = "see_desk"
    SEE_UNPUBLISHED = "see_unpublished"
    EDIT_ENTRIES = "edit_entries"
    PUBLISH_ENTRIES = "publish_entries"
    WITHDRAW_ENTRIES = "withdraw_entries"
    EDIT_ORGANISATIONS = "edit_organisations"
    EDIT_COLLECTIONS = "edit_collections"
    EDIT_PAGES = "edit_pages"
    EDIT_REFERENCE = "edit_reference"
    GRANT_ROLES = "grant_roles"
    OPERATE = "operate"


_READER = frozenset({Capability.READ})
_PERSON = _READER | {Capability.HOLD_ACCOUNT}
_EDITOR = _PERSON | {Capability.EDIT_OWN_ORGANISATION}
_MODERATOR = _PERSON | {
    Capability.SEE_DESK,
    Capability.SEE_UNPUBLISHED,
    Capability.EDIT_ENTRIES,
    Capability.PUBLISH_ENTRIES,
    Capability.WITHDRAW_ENTRIES,
    Capability.EDIT_ORGANISATIONS,
}
_ORGANISER = _MODERATOR | {
    Capability.EDIT_COLLECTIONS,
    Capability.EDIT_PAGES,
    Capability.EDIT_REFERENCE,
}
_ADMINISTRATOR = _ORGANISER | {Capability.GRANT_ROLES, Capability.OPERATE}

GRANTS: dict[Role, frozenset[Capability]] = {
    Role.VISITOR: _READER,
    Role.PERSON: _PERSON,
    Role.ORGANISATION_EDITOR: _EDITOR,
    Role.MODERATOR: _MODERATOR,
    Role.ORGANISER: _ORGANISER,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}
# Roles that are granted to a person for the whole site, and need a second factor.
STAFF_ROLES: tuple[Role, ...] = (Role.MODERATOR, Role.ORGANISER, Role.ADMINISTRATOR)


def capabilities(roles: frozenset[Role] | set[Role]) -> frozenset[Capability]:
    """Everything these roles together may do."""
    return frozenset().union(*(GRANTS[role] for role in roles))


def staff_only(capability: Capability) -> bool:
    """Nobody but staff holds it; using it needs a second factor in the session."""
    holders = {role for role, held in GRANTS.items() if capability in held}
    return holders <= set(STAFF_ROLES)
