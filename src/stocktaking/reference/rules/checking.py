"""What the files of a framework say of each other: names that must exist, links given once."""

import datetime as dt
from collections.abc import Iterator

from stocktaking.reference.rules.framework import (
    CrosswalkFile,
    Fault,
    Framework,
    MembershipFile,
    SchemeFile,
    TermFile,
)

Codes = dict[str, frozenset[str]]


def check(framework: Framework, uses: Codes) -> list[Fault]:
    """Faults between files. ``uses``: codes of the schemes of other frameworks referred to."""
    own = {scheme.slug: frozenset(t.code for t in scheme.terms) for scheme in framework.schemes}
    codes = {**uses, **own}
    faults = [fault for scheme in framework.schemes for fault in _terms(scheme)]
    faults += _memberships(framework.memberships, codes, own)
    for crosswalk in framework.crosswalks:
        faults += _links(crosswalk, codes, _headings(framework))
    primary = [c.slug for c in framework.crosswalks if c.primary]
    if len(primary) > 1:
        faults.append(
            Fault(
                "primary_twice", f"crosswalks/{primary[1]}.json", "primary", {"other": primary[0]}
            )
        )
    return faults


def _headings(framework: Framework) -> frozenset[tuple[str, str]]:
    return frozenset(
        (scheme.slug, term.code)
        for scheme in framework.schemes
        for term in scheme.terms
        if not term.assignable
    )


def _terms(scheme: SchemeFile) -> Iterator[Fault]:
    file = f"schemes/{scheme.slug}.json"
    seen: dict[str, str] = {}
    parents = {term.code: term.parent for term in scheme.terms}
    for index, term in enumerate(scheme.terms):
        # codes in addresses are found in either case, so they may not differ by case alone
        if term.code.lower() in seen:
            other = seen[term.code.lower()]
            yield Fault("code_twice", file, f"terms[{index}].code", {"term": other})
        seen[term.code.lower()] = term.code
        yield from _parent(term, parents, file, f"terms[{index}].parent")


def _parent(
    term: TermFile, parents: dict[str, str | None], file: str, path: str
) -> Iterator[Fault]:
    if term.parent is None:
        return
    if term.parent not in parents:
        yield Fault("parent_unknown", file, path, {"term": term.parent})
        return
    above, passed = term.parent, {term.code}
    while above is not None and above not in passed:
        passed.add(above)
        above = parents.get(above)  # type: ignore[assignment]
    if above == term.code:
        yield Fault("parent_cycle", file, path, {"term": term.code})


def _memberships(
    memberships: tuple[MembershipFile, ...], codes: Codes, own: Codes
) -> Iterator[Fault]:
    periods: dict[tuple[tuple[str, str], tuple[str, str]], list[MembershipFile]] = {}
    for one in memberships:
        for scheme, code in (one.group, one.member):
            yield from _reference(one.file, one.path, scheme, code, codes)
        if one.group[0] in codes and one.group[0] not in own:
            yield Fault("group_not_own", one.file, one.path, {"scheme": one.group[0]})
        if one.group == one.member:
            yield Fault("member_of_itself", one.file, one.path, {"term": one.member[1]})
        held = periods.setdefault((one.group, one.member), [])
        if any(_overlap(one, other) for other in held):
            detail = {"group": one.group[1], "member": one.member[1]}
            yield Fault("membership_overlaps", one.file, one.path, detail)
        held.append(one)


def _overlap(one: MembershipFile, other: MembershipFile) -> bool:
    first, last = dt.date.min, dt.date.max
    return (one.valid_from or first) <= (other.valid_to or last) and (
        other.valid_from or first
    ) <= (one.valid_to or last)


def _reference(file: str, path: str, scheme: str, code: str, codes: Codes) -> Iterator[Fault]:
    if scheme not in codes:
        yield Fault("scheme_unknown", file, path, {"scheme": scheme})
    elif code not in codes[scheme]:
        yield Fault("term_unknown", file, path, {"scheme": scheme, "term": code})


def _links(
    crosswalk: CrosswalkFile, codes: Codes, headings: frozenset[tuple[str, str]]
) -> Iterator[Fault]:
    file = f"crosswalks/{crosswalk.slug}.json"
    missing = [s for s in (crosswalk.rows, crosswalk.columns) if s not in codes]
    for scheme in missing:
        yield Fault("scheme_unknown", file, "", {"scheme": scheme})
    if missing:
        return
    seen = set()
    for index, link in enumerate(crosswalk.links):
        path = f"links[{index}]"
        for scheme, code in ((crosswalk.rows, link.row), (crosswalk.columns, link.column)):
            yield from _reference(file, path, scheme, code, codes)
            if (scheme, code) in headings:
                yield Fault("link_to_heading", file, path, {"term": code})
        if (link.row, link.column) in seen:
            yield Fault("link_twice", file, path, {"row": link.row, "column": link.column})
        seen.add((link.row, link.column))
