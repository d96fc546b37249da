"""What people call roles and capabilities."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.roles import Capability, Role

ROLE_NAMES: dict[Role, Promise] = {
    Role.VISITOR: _("visitor"),
    Role.PERSON: _("person with an account"),
    Role.ORGANISATION_EDITOR: _("organisation editor"),
    Role.MODERATOR: _("moderator"),
    Role.ORGANISER: _("organiser"),
    Role.ADMINISTRATOR: _("administrator"),
}
CAPABILITY_NAMES: dict[Capability, Promise] = {
    Capability.READ: _("read and download what is published"),
    Capability.HOLD_ACCOUNT: _("have an account"),
    Capability.EDIT_OWN_ORGANISATION: _("edit the own organisation"),
    Capability.SEE_DESK: _("see the desk of the staff"),
    Capability.SEE_UNPUBLISHED: _("see what is not published"),
    Capability.EDIT_ENTRIES: _("create and edit entries"),
    Capability.PUBLISH_ENTRIES: _("publish entries"),
    Capability.WITHDRAW_ENTRIES: _("withdraw entries"),
    Capability.EDIT_ORGANISATIONS: _("edit and merge organisations"),
    Capability.EDIT_COLLECTIONS: _("edit collections"),
    Capability.EDIT_PAGES: _("edit the texts of the site"),
    Capability.EDIT_REFERENCE: _("edit schemes and terms"),
    Capability.GRANT_ROLES: _("grant roles"),
    Capability.OPERATE: _("run jobs and renew the search index"),
}
