"""The permission table: which role may do what. One place, plain data."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the register. ``editor`` is held in an organisation."""

    VISITOR = "visitor"
    PERSON = "person"
    ORGANISATION_EDITOR = "organisation_editor"
    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    EXPERT = "expert"
    OBSERVER = "observer"
    MODERATOR = "moderator"
    ORGANISER = "organiser"
    ADMINISTRATOR = "administrator"


class Capability(StrEnum):
    READ = "read"
    HOLD_ACCOUNT = "hold_account"
    REPLY_TO_CALLS = "reply_to_calls"
    EDIT_OWN_ORGANISATION = "edit_own_organisation"
    SEE_DESK = "see_desk"
    SEE_UNPUBLISHED = "see_unpublished"
    EDIT_ENTRIES = "edit_entries"
    PUBLISH_ENTRIES = "publish_entries"
    WITHDRAW_ENTRIES = "withdraw_entries"
    MERGE_ENTRIES = "merge_entries"
    EDIT_ORGANISATIONS = "edit_organisations"
    IMPORT_ENTRIES = "import_entries"
    EDIT_COLLECTIONS = "edit_collections"
    EDIT_PAGES = "edit_pages"
    EDIT_REFERENCE = "edit_reference"
    SEE_QUEUE = "see_queue"
    ENDORSE_REPLIES = "endorse_replies"
    SUGGEST_ENTRIES = "suggest_entries"
    MODERATE_REPLIES = "moderate_replies"
    MANAGE_CALLS = "manage_calls"
    MANAGE_QUESTIONNAIRES = "manage_questionnaires"
    MANAGE_CHECKS = "manage_checks"
    SEE_MAIL = "see_mail"
    MANAGE_MAIL = "manage_mail"
    MERGE_PEOPLE = "merge_people"
    GRANT_ROLES = "grant_roles"
    OPERATE = "operate"


_READER = frozenset({Capability.READ})
_PERSON = _READER | {Capability.HOLD_ACCOUNT, Capability.REPLY_TO_CALLS}
_EDITOR = _PERSON | {Capability.EDIT_OWN_ORGANISATION}
# within the country or region, and the action line, of the grant
_COORDINATOR = _PERSON | {Capability.ENDORSE_REPLIES}
_FACILITATOR = _PERSON | {Capability.SUGGEST_ENTRIES}
_OBSERVER = _PERSON | {Capability.SEE_QUEUE}
_MODERATOR = _PERSON | {
    Capability.SEE_QUEUE,
    Capability.MODERATE_REPLIES,
    Capability.SEE_DESK,
    Capability.SEE_UNPUBLISHED,
    Capability.EDIT_ENTRIES,
    Capability.PUBLISH_ENTRIES,
    Capability.WITHDRAW_ENTRIES,
    Capability.MERGE_ENTRIES,
    Capability.EDIT_ORGANISATIONS,
}
_ORGANISER = _MODERATOR | {
    Capability.IMPORT_ENTRIES,
    Capability.EDIT_COLLECTIONS,
    Capability.EDIT_PAGES,
    Capability.EDIT_REFERENCE,
    Capability.SUGGEST_ENTRIES,
    Capability.MANAGE_CALLS,
    Capability.MANAGE_QUESTIONNAIRES,
    Capability.MANAGE_CHECKS,
    Capability.SEE_MAIL,
}
_ADMINISTRATOR = _ORGANISER | {
    Capability.MANAGE_MAIL,
    Capability.MERGE_PEOPLE,
    Capability.GRANT_ROLES,
    Capability.OPERATE,
}

GRANTS: dict[Role, frozenset[Capability]] = {
    Role.VISITOR: _READER,
    Role.PERSON: _PERSON,
    Role.ORGANISATION_EDITOR: _EDITOR,
    Role.COORDINATOR: _COORDINATOR,
    Role.FACILITATOR: _FACILITATOR,
    Role.EXPERT: _PERSON,
    Role.OBSERVER: _OBSERVER,
    Role.MODERATOR: _MODERATOR,
    Role.ORGANISER: _ORGANISER,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}
# Roles that are granted to a person for the whole site, and need a second factor.
STAFF_ROLES: tuple[Role, ...] = (
    Role.COORDINATOR,
    Role.FACILITATOR,
    Role.EXPERT,
    Role.OBSERVER,
    Role.MODERATOR,
    Role.ORGANISER,
    Role.ADMINISTRATOR,
)


def capabilities(roles: frozenset[Role] | set[Role]) -> frozenset[Capability]:
    """Everything these roles together may do."""
    return frozenset().union(*(GRANTS[role] for role in roles))


def staff_only(capability: Capability) -> bool:
    """Nobody but staff holds it; using it needs a second factor in the session."""
    holders = {role for role, held in GRANTS.items() if capability in held}
    return holders <= set(STAFF_ROLES)
