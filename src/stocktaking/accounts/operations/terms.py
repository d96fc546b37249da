"""Terms of the framework that people and organisations are described by."""

from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.rules.scopes import COUNTRIES
from stocktaking.kernel.errors import RuleBroken
from stocktaking.reference.queries import catalogue

__all__ = ["COUNTRIES", "TYPES", "term_id"]

TYPES = "stakeholder"  # scheme of types of organisation


def term_id(scheme: str, code: str | None, field: str) -> int | None:
    """Key of the term with this code; none for an empty code, RuleBroken for an unknown one."""
    if not code:
        return None
    term = catalogue().term(scheme, code)
    if term is None:
        raise RuleBroken("term_unknown", _("This choice is not known."), field=field)
    return term.id
