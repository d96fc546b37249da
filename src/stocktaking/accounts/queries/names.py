"""What people call roles and capabilities."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.roles import Capability, Role

ROLE_NAMES: dict[Role, Promise] = {
    Role.VISITOR: _("Visitor"),
    Role.PERSON: _("Person with an account"),
    Role.ORGANISATION_EDITOR: _("Organisation editor"),
    Role.MODERATOR: _("Moderator"),
    Role.ORGANISER: _("Organiser"),
    Role.ADMINISTRATOR: _("Administrator"),
}
CAPABILITY_NAMES: dict[Capability, Promise] = {
    Capability.READ: _("Read the register"),
    Capability.HOLD_ACCOUNT: _("Hold an account"),
    Capability.EDIT_OWN_ORGANISATION: _("Edit the own organisation"),
    Capability.SEE_DESK: _("See the desk"),
    Capability.SEE_UNPUBLISHED: _("See unpublished entries"),
    Capability.EDIT_ENTRIES: _("Edit entries"),
    Capability.PUBLISH_ENTRIES: _("Publish entries"),
    Capability.WITHDRAW_ENTRIES: _("Withdraw entries"),
    Capability.EDIT_ORGANISATIONS: _("Edit organisations"),
    Capability.EDIT_COLLECTIONS: _("Edit collections"),
    Capability.EDIT_PAGES: _("Edit the pages of the site"),
    Capability.EDIT_REFERENCE: _("Edit labels of schemes and terms"),
    Capability.GRANT_ROLES: _("Grant roles"),
    Capability.OPERATE: _("Run the search index and jobs"),
}
