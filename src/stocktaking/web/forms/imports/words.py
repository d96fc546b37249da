"""The words of the builder: what a column may become, and how."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.entries.states import Basis
from stocktaking.reference.queries import catalogue
from stocktaking.web.forms.base import LANGUAGE_CHOICES
from stocktaking.web.forms.entry_rows import LINK_KINDS, PARTNER_ROLES
from stocktaking.web.forms.imports.uses import (
    EXTRA,
    IDENTIFIER,
    LEFT_OUT,
    LINK,
    OWNER,
    PARTNER,
    SECTION,
    TERMS,
    family,
)
from stocktaking.web.forms.schemes import schemes_of

Words = str | Promise
Pairs = Sequence[tuple[str, Words]]

OWNER_NAMES: Pairs = (
    (f"{OWNER}name", gettext_lazy("Owner: name")),
    (f"{OWNER}country", gettext_lazy("Owner: country")),
    (f"{OWNER}type", gettext_lazy("Owner: type")),
    (f"{OWNER}website", gettext_lazy("Owner: website")),
    (f"{OWNER}id", gettext_lazy("Owner: identifier")),
)
PARTNER_NAMES: Pairs = (
    (f"{PARTNER}name", gettext_lazy("Partner: name")),
    (f"{PARTNER}country", gettext_lazy("Partner: country")),
    (f"{PARTNER}type", gettext_lazy("Partner: type")),
    (f"{PARTNER}website", gettext_lazy("Partner: website")),
    (f"{PARTNER}id", gettext_lazy("Partner: identifier")),
)
PLAIN_NAMES: Pairs = (
    ("website", gettext_lazy("Website")),
    (LINK, gettext_lazy("Further link")),
    ("worldwide", gettext_lazy("It works worldwide: yes or no")),
    ("licence", gettext_lazy("Licence")),
    ("attribution", gettext_lazy("Attribution")),
    ("collections", gettext_lazy("Collections")),
    (IDENTIFIER, gettext_lazy("Further identifier")),
    (EXTRA, gettext_lazy("Additional fact")),
)
DATE_NAMES: Pairs = (
    ("start", gettext_lazy("Start")),
    ("end", gettext_lazy("End")),
    ("registered_on", gettext_lazy("Registered on")),
)
ORDER_NAMES: Pairs = (
    ("ymd", gettext_lazy("Year, month, day")),
    ("dmy", gettext_lazy("Day, month, year")),
    ("mdy", gettext_lazy("Month, day, year")),
)
PRECISION_NAMES: Pairs = (
    ("day", gettext_lazy("Day")),
    ("month", gettext_lazy("Month")),
    ("year", gettext_lazy("Year")),
)
FAULTY_NAMES: Pairs = (
    ("refuse", gettext_lazy("Refuse the record")),
    ("report", gettext_lazy("Leave it out and say so")),
    ("keep", gettext_lazy("Keep it as an additional fact")),
)
UNKNOWN_NAMES: Pairs = (
    ("report", gettext_lazy("Leave it out and say so")),
    ("refuse", gettext_lazy("Refuse the record")),
    ("keep", gettext_lazy("Keep it as an additional fact")),
    ("leave", gettext_lazy("Leave it out and say nothing")),
)
BASIS_NAMES: Pairs = (
    (Basis.IMPORT.value, gettext_lazy("The source says so")),
    (Basis.SUGGESTED.value, gettext_lazy("Somebody suggested or computed it")),
)
CONFLICT_NAMES: Pairs = (
    ("keep", gettext_lazy("Keep what stands in the register, and say so")),
    ("replace", gettext_lazy("Take what the file says")),
    ("refuse", gettext_lazy("Refuse the record")),
)
HTML_NAMES: Pairs = (
    ("report", gettext_lazy("Leave it as it is and say so")),
    ("text", gettext_lazy("Make plain text of it")),
)
MOJIBAKE_NAMES: Pairs = (
    ("report", gettext_lazy("Leave them as they are and say so")),
    ("repair", gettext_lazy("Repair them and say so")),
)
RETURN_NAMES: Pairs = (
    ("", gettext_lazy("Found by looking at the file")),
    ("line", gettext_lazy("The end of a row")),
    ("text", gettext_lazy("A break within a cell")),
)
SEPARATOR_NAMES: Pairs = (
    ("", gettext_lazy("One value in each cell")),
    (";", gettext_lazy("Semicolon ;")),
    (",", gettext_lazy("Comma ,")),
    ("|", gettext_lazy("Bar |")),
    ("/", gettext_lazy("Slash /")),
    ("newline", gettext_lazy("A line for each")),
    ("; ,", gettext_lazy("Semicolon or comma")),
)
SPECIAL = {"newline": "\n"}


@dataclass(frozen=True)
class Choice:
    value: str
    title: str
    family: str


@dataclass(frozen=True)
class Group:
    title: str
    choices: tuple[Choice, ...]


def separators_in(chosen: str) -> tuple[str, ...]:
    """The separators that a choice stands for."""
    if chosen.startswith("["):
        try:
            stated = json.loads(chosen)
        except ValueError:
            return ()
        return tuple(str(one) for one in stated if one)
    return tuple(SPECIAL.get(one, one) for one in chosen.split())


def separators_of(separators: Sequence[str]) -> str:
    """The choice that stands for separators; of some that we do not offer, themselves."""
    known = {text: word for word, text in SPECIAL.items()}
    chosen = " ".join(known.get(one, one) for one in separators)
    offered = {choice for choice, _title in SEPARATOR_NAMES}
    return chosen if chosen in offered else json.dumps(list(separators), ensure_ascii=False)


def groups(held: Iterable[str]) -> list[Group]:
    """What a column may become, in groups; ``held`` are choices that must be among them."""
    wanted = list(held)
    slugs = [to.removeprefix(TERMS) for to in wanted if to.startswith(TERMS)]
    known = catalogue()
    sections = known.scheme("section")
    texts = [("title", _("Title")), ("summary", _("Summary"))]
    texts += [(f"{SECTION}{term.code}", term.label()) for term in sections or ()]
    terms = [(f"{TERMS}{scheme.slug}", scheme.label()) for scheme in schemes_of(slugs)]
    found = [
        _group(_("Texts"), texts),
        _group(_("Terms"), terms),
        _group(_("Dates"), DATE_NAMES),
        _group(_("Owner"), OWNER_NAMES),
        _group(_("Partners"), PARTNER_NAMES),
        _group(_("Other"), PLAIN_NAMES),
    ]
    there = {choice.value for group in found for choice in group.choices} | {LEFT_OUT}
    others = [(to, to) for to in dict.fromkeys(wanted) if to not in there]
    return [*found, _group(_("As the profile says"), others)] if others else found


def constant_choices(held: Iterable[str]) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """What may be said of every record."""
    fitting = ("text", "terms", "mapped", "date", "address")
    found: list[tuple[str, str | list[tuple[str, str]]]] = [("", "")]
    for group in groups(held):
        names = [
            (one.value, one.title)
            for one in group.choices
            if one.family in fitting or one.value == f"{OWNER}name"
        ]
        if names:
            found.append((group.title, names))
    return found


def language_choices() -> Pairs:
    return [("", gettext_lazy("That of the record")), *LANGUAGE_CHOICES]


def role_choices() -> Pairs:
    return [(role.value, title) for role, title in PARTNER_ROLES.items()]


def link_choices() -> Pairs:
    return LINK_KINDS


def _group(title: str, pairs: Iterable[tuple[str, Words]]) -> Group:
    return Group(title, tuple(Choice(value, str(name), family(value)) for value, name in pairs))
