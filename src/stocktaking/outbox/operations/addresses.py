"""An address as it is written to, and as it is compared."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken
from stocktaking.outbox.models import Suppression
from stocktaking.outbox.rules.stopping import stopped
from stocktaking.outbox.states import Category, SuppressionReason

ADDRESS_MAX = 254


def checked(address: str, field: str = "to") -> str:
    """The address, or RuleBroken ``address_malformed``: nothing else can stand in a header."""
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise _malformed(field) from error
    if len(address) > ADDRESS_MAX or not address.isprintable():
        raise _malformed(field)
    return address


def why_stopped(address: str, category: Category) -> SuppressionReason | None:
    """Why this address gets no mail of this category, or None."""
    rows = Suppression.objects.filter(address=address.lower()).values_list("category", "reason")
    return stopped(category, [(which, SuppressionReason(reason)) for which, reason in rows])


def keys() -> list[str]:
    """What seals the links that stop mail: the present key, and older ones that open them."""
    return [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _malformed(field: str) -> RuleBroken:
    return RuleBroken("address_malformed", _("Write an e-mail address."), field=field)
