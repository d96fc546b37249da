"""What people call roles and capabilities."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.roles import Capability, Role

ROLE_NAMES: dict[Role, Promise] = {
    Role.VISITOR: _("Visitor"),
    Role.PERSON: _("Person with an account"),
    Role.ORGANISATION_EDITOR: _("Organisation editor"),
    Role.COORDINATOR: _("Coordinator of a country or region"),
    Role.FACILITATOR: _("Facilitator of an action line"),
    Role.EXPERT: _("Expert"),
    Role.OBSERVER: _("Observer"),
    Role.MODERATOR: _("Moderator"),
    Role.ORGANISER: _("Organiser"),
    Role.ADMINISTRATOR: _("Administrator"),
}
CAPABILITY_NAMES: dict[Capability, Promise] = {
    Capability.READ: _("Read the register"),
    Capability.HOLD_ACCOUNT: _("Hold an account"),
    Capability.REPLY_TO_CALLS: _("Reply to calls"),
    Capability.EDIT_OWN_ORGANISATION: _("Edit the own organisation"),
    Capability.SEE_DESK: _("See the desk"),
    Capability.SEE_UNPUBLISHED: _("See unpublished entries"),
    Capability.EDIT_ENTRIES: _("Edit entries"),
    Capability.PUBLISH_ENTRIES: _("Publish entries"),
    Capability.WITHDRAW_ENTRIES: _("Withdraw entries"),
    Capability.EDIT_ORGANISATIONS: _("Edit organisations"),
    Capability.IMPORT_ENTRIES: _("Import entries from files"),
    Capability.EDIT_COLLECTIONS: _("Edit collections"),
    Capability.EDIT_PAGES: _("Edit the pages of the site"),
    Capability.EDIT_REFERENCE: _("Edit labels of schemes and terms"),
    Capability.SEE_QUEUE: _("See replies in moderation"),
    Capability.ENDORSE_REPLIES: _("Endorse replies from the own country or region"),
    Capability.SUGGEST_ENTRIES: _("Suggest entries for the own action line"),
    Capability.MODERATE_REPLIES: _("Return, accept and decline replies"),
    Capability.MANAGE_CALLS: _("Open calls and send letters"),
    Capability.MANAGE_QUESTIONNAIRES: _("Build questionnaires"),
    Capability.MANAGE_CHECKS: _("Set up checks of replies"),
    Capability.SEE_MAIL: _("See mail and edit its templates"),
    Capability.MANAGE_MAIL: _("Send mail again, block and release addresses"),
    Capability.MERGE_ENTRIES: _("Merge entries of one project"),
    Capability.MERGE_PEOPLE: _("Merge accounts of one person"),
    Capability.GRANT_ROLES: _("Grant roles"),
    Capability.OPERATE: _("Run the search index and jobs"),
}
