"""The catalogue of this process: built from the rows, renewed when their revision moves."""

import threading
import time

from stocktaking.reference.models import (
    Crosswalk,
    Revision,
    Scheme,
    Term,
    TermMembership,
)
from stocktaking.reference.queries.catalogue import (
    Catalogue,
    CrosswalkView,
    LinkView,
    Membership,
    SchemeView,
    TermView,
)

LOOK_AGAIN = 1.0  # seconds between two looks at the revision

_lock = threading.Lock()
_current: Catalogue | None = None
_looked_at = 0.0


def catalogue() -> Catalogue:
    """The framework as it is now (at most a second old)."""
    global _current, _looked_at
    known, fresh = _current, time.monotonic() - _looked_at < LOOK_AGAIN
    if known is not None and fresh:
        return known
    revision = Revision.objects.values_list("number", flat=True).first() or 0
    with _lock:
        if _current is None or _current.revision != revision:
            _current = build(revision)
        _looked_at = time.monotonic()
        return _current


def forget() -> None:
    """Look at the rows again at the next call (after a change in this process)."""
    global _current, _looked_at
    _current, _looked_at = None, 0.0


def build(revision: int) -> Catalogue:
    """Read all rows into one frozen catalogue."""
    views: dict[int, TermView] = {}
    by_scheme: dict[int, list[TermView]] = {}
    slugs = dict(Scheme.objects.values_list("id", "slug"))
    rows = list(Term.objects.order_by("scheme_id", "order", "code"))
    codes = {row.id: row.code for row in rows}
    for row in rows:
        siblings = by_scheme.setdefault(row.scheme_id, [])
        position = sum(1 for other in siblings if other.assignable) if row.assignable else -1
        view = _term_view(row, slugs[row.scheme_id], codes, position)
        views[row.id] = view
        siblings.append(view)
    schemes = {
        row.slug: _scheme_view(row, by_scheme.get(row.id, [])) for row in Scheme.objects.all()
    }
    groups: dict[int, list[Membership]] = {}
    members: dict[int, list[Membership]] = {}
    for group, member, start, end, basis in TermMembership.objects.values_list(
        "group_id", "member_id", "valid_from", "valid_to", "basis"
    ):
        one = Membership(group, member, start, end, basis)
        groups.setdefault(member, []).append(one)
        members.setdefault(group, []).append(one)
    return Catalogue(
        revision=revision,
        schemes=schemes,
        terms=views,
        crosswalks={c.slug: c for c in _crosswalks(schemes, views)},
        memberships=tuple(m for held in groups.values() for m in held),
        _groups={key: tuple(held) for key, held in groups.items()},
        _members={key: tuple(held) for key, held in members.items()},
    )


def _term_view(row: Term, scheme: str, codes: dict[int, str], position: int) -> TermView:
    return TermView(
        id=row.id,
        scheme=scheme,
        code=row.code,
        order=row.order,
        assignable=row.assignable,
        parent=codes[row.parent_id] if row.parent_id else None,
        title={**row.title, **row.overrides.get("title", {})},
        short={**row.short, **row.overrides.get("short", {})},
        title_status=row.title_status,
        colour=row.colour,
        facts=row.facts,
        position=position,
    )


def _scheme_view(row: Scheme, terms: list[TermView]) -> SchemeView:
    return SchemeView(
        id=row.id,
        slug=row.slug,
        title={**row.title, **row.overrides.get("title", {})},
        plural={**row.plural, **row.overrides.get("plural", {})},
        order=row.order,
        facet=row.facet,
        many=row.many,
        noted=row.noted,
        retired_on=row.retired_on,
        sources=tuple(row.sources),
        terms=tuple(terms),
        by_code={term.code: term for term in terms},
        direct=row.direct,
    )


def _crosswalks(schemes: dict[str, SchemeView], views: dict[int, TermView]) -> list[CrosswalkView]:
    found = []
    for row in Crosswalk.objects.select_related("rows", "columns").prefetch_related("links"):
        links = [
            LinkView(
                views[link.row_id],
                views[link.column_id],
                tuple(link.targets),
                link.rationale,
                link.note,
            )
            for link in row.links.all()
        ]
        found.append(
            CrosswalkView(
                slug=row.slug,
                title=row.title,
                rows=schemes[row.rows.slug],
                columns=schemes[row.columns.slug],
                primary=row.primary,
                year=row.year,
                sources=tuple(row.sources),
                links={(link.row.code, link.column.code): link for link in links},
            )
        )
    return found
