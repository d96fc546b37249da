"""What the pages of the desk say and link to. Loaded by ``{% load staff %}``."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.queries import roles_of
from stocktaking.accounts.rules.roles import Capability, capabilities
from stocktaking.reference.queries import catalogue
from stocktaking.web.views.staff.words import JOBS, THINGS, VERBS

register = template.Library()

LONGEST_NUMBER = 5  # letters

MENU: tuple[tuple[str, str | Promise, Capability], ...] = (
    ("desk", _("Desk"), Capability.SEE_DESK),
    ("staff_entries", _("Entries"), Capability.SEE_UNPUBLISHED),
    ("staff_imports", _("Import"), Capability.IMPORT_ENTRIES),
    ("staff_duplicates", _("Duplicates"), Capability.MERGE_ENTRIES),
    ("staff_queue", _("Queue"), Capability.SEE_QUEUE),
    ("staff_endorse", _("Replies to endorse"), Capability.ENDORSE_REPLIES),
    ("staff_checks", _("Checks"), Capability.MANAGE_CHECKS),
    ("staff_suggestions", _("Suggestions"), Capability.MODERATE_REPLIES),
    ("staff_lines", _("Lines"), Capability.SUGGEST_ENTRIES),
    ("staff_claims", _("Claims"), Capability.MODERATE_REPLIES),
    ("staff_confirmations", _("Confirmations"), Capability.MODERATE_REPLIES),
    ("staff_messages", _("Messages"), Capability.MODERATE_REPLIES),
    ("staff_calls", _("Calls"), Capability.MANAGE_CALLS),
    ("staff_recipients", _("Recipients"), Capability.MANAGE_CALLS),
    ("staff_organisations", _("Organisations"), Capability.EDIT_ORGANISATIONS),
    ("staff_collections", _("Collections"), Capability.EDIT_COLLECTIONS),
    ("staff_questionnaires", _("Questionnaires"), Capability.MANAGE_QUESTIONNAIRES),
    ("staff_schemes", _("Schemes and terms"), Capability.EDIT_REFERENCE),
    ("staff_pages", _("Pages of the site"), Capability.EDIT_PAGES),
    ("staff_mail", _("Mail"), Capability.SEE_MAIL),
    ("staff_people", _("People and roles"), Capability.GRANT_ROLES),
    ("staff_index", _("Search index"), Capability.OPERATE),
    ("staff_jobs", _("Jobs"), Capability.OPERATE),
)


@register.inclusion_tag("web/staff/menu.html", takes_context=True)
def staff_menu(context: Context, here: str = "") -> dict[str, Any]:
    """The pages of the desk that this person may open; ``here`` is the name of the current one."""
    held = capabilities(roles_of(context["person"] or None))
    return {
        "links": [
            (reverse(name), label, name == here) for name, label, needed in MENU if needed in held
        ]
    }


@register.filter
def verb(name: str) -> str:
    """What was done, in words."""
    return str(VERBS.get(name, name.replace("_", " ")))


@register.filter
def item(texts: dict[str, Any], key: str) -> Any:
    """The value of a key, such as a text by its language; empty where there is none."""
    return texts.get(key, "")


@register.filter
def scope_name(written: str) -> str:
    """The term that a role is held for, from ``scheme:code``."""
    scheme, _colon, code = written.partition(":")
    term = catalogue().term(scheme, code)
    return term.label() if term else written


@register.filter
def thing(name: str) -> str:
    """What something is, in words, from the label of its model."""
    return str(THINGS.get(name, name.rpartition(".")[2]))


@register.filter
def kind_name(kind: str) -> str:
    """What a job does, in words, from its kind."""
    return str(JOBS.get(kind, kind))


@register.filter
def numbered(code: str) -> bool:
    """Whether a code is a number such as C7, and not only another word for the name."""
    return len(code) <= LONGEST_NUMBER and any(letter.isdigit() for letter in code)
