"""Who is asked by a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Audience:
    """Codes of terms; an empty set asks all. ``invited``: only who got a letter or is listed.
    ``organisation``: one replies for an organisation, not for oneself."""

    stakeholders: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    invited: bool = False
    organisation: bool = False

    @classmethod
    def from_json(cls, stated: Mapping[str, Any]) -> "Audience":
        return cls(
            stakeholders=frozenset(stated.get("stakeholders", ())),
            countries=frozenset(stated.get("countries", ())),
            invited=bool(stated.get("invited", False)),
            organisation=bool(stated.get("organisation", False)),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "stakeholders": sorted(self.stakeholders),
            "countries": sorted(self.countries),
            "invited": self.invited,
            "organisation": self.organisation,
        }


@dataclass(frozen=True)
class Asker:
    """Who wants to reply: the organisation's type and country if there is one, else the
    person's own; empty where not stated."""

    stakeholder: str = ""
    country: str = ""
    invited: bool = False
    organisation: bool = False


def refusal(audience: Audience, asker: Asker) -> str:
    """The code of the reason why somebody is not asked; empty where they are."""
    if audience.invited and not asker.invited:
        return "not_invited"
    if audience.organisation and not asker.organisation:
        return "organisation_needed"
    if audience.stakeholders and asker.stakeholder not in audience.stakeholders:
        return "stakeholder_not_asked" if asker.stakeholder else "stakeholder_unknown"
    if audience.countries and asker.country not in audience.countries:
        return "country_not_asked" if asker.country else "country_unknown"
    return ""


@dataclass(frozen=True)
class GroupRule:
    """Which accounts a group of recipients holds besides those listed by hand.

    ``owners`` are people of organisations that own published entries. Stakeholders and
    countries narrow; a rule that says nothing finds nobody, ``everybody`` finds all accounts.
    """

    stakeholders: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    owners: bool = False
    everybody: bool = False

    @classmethod
    def from_json(cls, stated: Mapping[str, Any]) -> "GroupRule":
        return cls(
            stakeholders=frozenset(stated.get("stakeholders", ())),
            countries=frozenset(stated.get("countries", ())),
            owners=bool(stated.get("owners", False)),
            everybody=bool(stated.get("everybody", False)),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "stakeholders": sorted(self.stakeholders),
            "countries": sorted(self.countries),
            "owners": self.owners,
            "everybody": self.everybody,
        }

    @property
    def finds_nobody(self) -> bool:
        return not (self.stakeholders or self.countries or self.owners or self.everybody)
