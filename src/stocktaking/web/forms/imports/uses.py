"""What a column of a foreign file becomes, as one row of the builder says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stocktaking.entries.states import Basis, LinkKind, PartnerRole

LEFT_OUT = ""
TERMS, OWNER, PARTNER = "terms:", "owner:", "partner:"
LINK, EXTRA, IDENTIFIER = "link", "extra", "identifier"
SECTION = "section:"
BODY_PARTS = ("name", "country", "type", "website", "id")
DATES = ("start", "end", "registered_on")


@dataclass(frozen=True)
class Use:
    """``to`` is a word of ``FieldRule.to``, ``terms:<scheme>``, ``owner:<part>``,
    ``partner:<part>``, ``link``, ``identifier``, ``extra``, or nothing for a column left out.

    ``name`` is that of an extra fact, or the list that an identifier is from. The other fields
    are those of the rules, see ``intake.rules.profiles.model``.
    """

    to: str = LEFT_OUT
    name: str = ""
    language: str = ""
    join: bool = False
    cut: int = 0
    order: str = "ymd"
    precision: str = "day"
    faulty: str = "refuse"
    separators: tuple[str, ...] = ()
    basis: str = Basis.IMPORT.value
    unknown: str = "report"
    role: str = PartnerRole.PARTNER.value
    kind: str = LinkKind.SOURCE.value
    values: Mapping[str, str] = field(default_factory=dict)


# which fields of a row say something for a choice of each family
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "text": ("language", "join", "cut"),
    "date": ("order", "precision", "faulty"),
    "address": ("faulty",),
    "terms": ("separators", "basis", "unknown", "values"),
    "owner": ("separators",),
    "owner-type": ("values",),
    "owner-id": ("name",),
    "body": (),
    "partner": ("role", "separators"),
    "partner-type": ("role", "values"),
    "partner-id": ("role", "name"),
    "mapped": ("values",),
    "link": ("kind", "separators", "faulty"),
    "extra": ("name",),
    "identifier": ("name",),
}


def family(to: str) -> str:
    """Which options a choice has: a key of ``OPTIONS``."""
    if to == LEFT_OUT:
        return "none"
    if to in ("title", "summary") or to.startswith(SECTION):
        return "text"
    if to in DATES:
        return "date"
    if to.startswith(TERMS):
        return "terms"
    if to.startswith((OWNER, PARTNER)):
        lead, _colon, part = to.partition(":")
        if part in ("type", "id"):
            return f"{lead}-{part}"
        return "body" if lead == "owner" and part != "name" else lead
    if to in (LINK, EXTRA, IDENTIFIER):
        return to
    return "address" if to == "website" else "mapped"
