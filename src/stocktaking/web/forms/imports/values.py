"""Values of a file that are no terms: each becomes a term, or is left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from stocktaking.intake.rules.profiles.framework import TYPE
from stocktaking.intake.rules.profiles.model import UNKNOWN, Profile
from stocktaking.reference.queries import SchemeView

LEAVE = "-"  # in a select: known, and no term
MOST = 30  # values of one scheme on a page; the next trial shows those that are left


@dataclass(frozen=True)
class ValueRow:
    """A value, how many records say it, and the code that is chosen for it ("" as yet)."""

    name: str
    said: str
    records: int
    chosen: str

    @property
    def anchor(self) -> str:
        return f"id_{self.name}"


class ValuesForm:
    """The values of one scheme; ``unknown`` is what is done with those that stay undecided."""

    def __init__(
        self,
        scheme: SchemeView,
        counts: Mapping[str, int],
        profile: Profile,
        data: QueryDict | None = None,
    ) -> None:
        self.scheme, self.profile, self.data = scheme, profile, data
        self.prefix = f"s-{scheme.slug}"
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        self.more = max(0, len(ordered) - MOST)
        self.rows = [
            ValueRow(f"{self.prefix}-{place}", said, records, self._chosen(place, said))
            for place, (said, records) in enumerate(ordered[:MOST])
        ]

    def choices(self) -> Iterator[tuple[str, str, bool]]:
        """Codes, names, and whether it is a heading above others that cannot be chosen."""
        for term in self.scheme.terms:
            coded = term.code if any(letter.isdigit() for letter in term.code) else ""
            yield term.code, f"{coded} {term.label()}".strip(), not term.assignable

    @property
    def unknown(self) -> str:
        typed = self.data.get(f"{self.prefix}-unknown", "") if self.data is not None else ""
        held = [rule.unknown for rule in self.profile.terms if rule.scheme == self.scheme.slug]
        return typed if typed in UNKNOWN else next(iter(held), "")

    @property
    def by_rule(self) -> bool:
        """Whether rules of the profile say what is done with other values."""
        return any(rule.scheme == self.scheme.slug for rule in self.profile.terms)

    def stated(self, profile: Profile) -> Profile:
        """The profile that maps what was chosen; what is undecided stays as it was."""
        chosen = {
            row.said: "" if row.chosen == LEAVE else row.chosen for row in self.rows if row.chosen
        }
        terms = tuple(
            replace(rule, values={**rule.values, **chosen}, unknown=self.unknown or rule.unknown)
            if rule.scheme == self.scheme.slug
            else rule
            for rule in profile.terms
        )
        bodies = profile.organisations
        if self.scheme.slug == TYPE:
            bodies = tuple(
                replace(rule, types={**rule.types, **chosen}) if rule.type else rule
                for rule in bodies
            )
        return replace(profile, terms=terms, organisations=bodies)

    def _chosen(self, place: int, said: str) -> str:
        name = f"{self.prefix}-{place}"
        if self.data is None or self.data.get(f"{name}-said") != said:
            return ""
        code = self.data.get(name, "")
        term = self.scheme.get(code)
        return code if code == LEAVE or (term is not None and term.assignable) else ""


def mappable(profile: Profile, schemes: Iterable[str]) -> list[str]:
    """Those of the schemes whose values the profile can map: countries of organisations are
    looked up in the framework alone."""
    own = {rule.scheme for rule in profile.terms}
    own |= {TYPE for rule in profile.organisations if rule.type}
    return [slug for slug in schemes if slug in own]
