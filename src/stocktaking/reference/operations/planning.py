"""Comparing the files of a framework with its rows."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from stocktaking.reference.models import Crosswalk
from stocktaking.reference.operations.summary import Change, LoadSummary, changes_of
from stocktaking.reference.queries import kept
from stocktaking.reference.rules import stated
from stocktaking.reference.rules.diff import Difference, compare
from stocktaking.reference.rules.framework import Fault, Framework


@dataclass(frozen=True)
class Plan:
    """What differs, kind by kind; ``retiring`` are keys of vanished rows still in force."""

    framework: Framework
    schemes: Difference[str]
    terms: Difference[tuple[str, str]]
    memberships: Difference[kept.MembershipKey]
    crosswalks: Difference[str]
    links: Difference[kept.LinkKey]
    retiring_schemes: tuple[str, ...]
    retiring_terms: tuple[tuple[str, str], ...]
    stepping_back: tuple[str, ...]  # other frameworks' primary crosswalks

    @property
    def changes(self) -> tuple[Change, ...]:
        return (
            *changes_of(self.schemes, "scheme", vanished="retired", gone=self.retiring_schemes),
            *changes_of(
                self.terms, "term", vanished="retired", name=_joined, gone=self.retiring_terms
            ),
            *changes_of(self.memberships, "membership", vanished="removed", name=_member),
            *changes_of(self.crosswalks, "crosswalk", vanished="removed"),
            *changes_of(self.links, "link", vanished="removed", name=_link),
            *(
                Change("updated", "crosswalk", slug, {"primary": (True, False)})
                for slug in self.stepping_back
            ),
        )

    def summary(self, *, dry_run: bool) -> LoadSummary:
        kinds = (self.schemes, self.terms, self.memberships, self.crosswalks, self.links)
        settled = len(self.schemes.vanished) - len(self.retiring_schemes)
        settled += len(self.terms.vanished) - len(self.retiring_terms)
        return LoadSummary(
            framework=self.framework.slug,
            version=self.framework.version,
            unchanged=sum(kind.unchanged for kind in kinds) + settled,
            changes=self.changes,
            dry_run=dry_run,
        )


def plan(framework: Framework) -> tuple[Plan, list[Fault]]:
    """What a load of this framework would change, and why it may not."""
    slugs = [scheme.slug for scheme in framework.schemes]
    walks = [crosswalk.slug for crosswalk in framework.crosswalks]
    kept_schemes = kept.schemes(framework.slug, slugs)
    kept_walks = kept.crosswalks(framework.slug, walks)
    schemes = compare(stated.schemes(framework), kept_schemes)
    kept_terms = kept.terms(slugs)
    terms = compare(stated.terms(framework), kept_terms)
    primary = [c.slug for c in framework.crosswalks if c.primary]
    others = Crosswalk.objects.filter(primary=True).exclude(slug__in=[*kept_walks, *walks])
    return Plan(
        framework=framework,
        schemes=schemes,
        terms=terms,
        memberships=compare(stated.memberships(framework), kept.memberships(slugs)),
        crosswalks=compare(stated.crosswalks(framework), kept_walks),
        links=compare(stated.links(framework), kept.links(walks)),
        retiring_schemes=tuple(
            slug for slug in schemes.vanished if kept_schemes[slug]["retired_on"] is None
        ),
        retiring_terms=tuple(key for key in terms.vanished if not is_retired(kept_terms[key])),
        stepping_back=tuple(others.values_list("slug", flat=True)) if primary else (),
    ), _taken(framework, kept_schemes, kept_walks)


def is_retired(term: dict[str, Any]) -> bool:
    """A retired term has a last day and is offered no more."""
    end: dt.date | None = term["valid_to"]
    return end is not None and not term["assignable"]


def _taken(
    framework: Framework, schemes: dict[str, kept.Values], walks: dict[str, kept.Values]
) -> list[Fault]:
    """What another framework brought stays in its hands."""
    mine = ("", framework.slug)
    return [
        Fault(
            f"{what}_taken",
            f"{what}s/{slug}.json",
            "slug",
            {what: slug, "framework": row["framework"]},
        )
        for what, rows in (("scheme", schemes), ("crosswalk", walks))
        for slug, row in rows.items()
        if row["framework"] not in mine
    ]


def _joined(key: tuple[Any, ...]) -> str:
    return " ".join(map(str, key))


def _link(key: kept.LinkKey) -> str:
    crosswalk, _, row, _, column = key
    return f"{crosswalk} {row} {column}"


def _member(key: kept.MembershipKey) -> str:
    group, code, _, member, start = key
    return f"{group} {code} <- {member}" + (f" from {start}" if start else "")
