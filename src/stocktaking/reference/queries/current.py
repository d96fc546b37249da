"""The catalogue of this process: built from the rows, renewed when their revision moves."""

import itertools
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
_forgotten = 0  # how often; a catalogue that was being built meanwhile is looked at again


def catalogue() -> Catalogue:
    """The framework as it is now (at most a second old)."""
    global _current, _looked_at
    known, fresh = _current, time.monotonic() - _looked_at < LOOK_AGAIN
    if known is not None and fresh:
        return known
    forgotten = _forgotten
    revision = Revision.objects.values_list("number", flat=True).first() or 0
    with _lock:
        found = _current
        if found is None or found.revision != revision:
            found = build(revision)
        if forgotten == _forgotten:
            _current, _looked_at = found, time.monotonic()
        return found


def forget() -> None:
    """Look at the rows again at the next call (after a change in this process)."""
    global _current, _looked_at, _forgotten
    _forgotten += 1
    _current, _looked_at = None, 0.0


def build(revision: int) -> Catalogue:
    """Read all rows into one frozen catalogue."""
    slugs = dict(Scheme.objects.values_list("id", "slug"))
    views: dict[int, TermView] = {}
    by_scheme: dict[int, list[TermView]] = {}
    for scheme_id, rows in _rows_by_scheme().items():
        terms = _term_views(rows, slugs[scheme_id])
        by_scheme[scheme_id] = terms
        views.update((term.id, term) for term in terms)
    schemes = {
        row.slug: _scheme_view(row, by_scheme.get(row.id, [])) for row in Scheme.objects.all()
    }
    groups, members = _memberships()
    return Catalogue(
        revision=revision,
        schemes=schemes,
        terms=views,
        crosswalks={c.slug: c for c in _crosswalks(schemes, views)},
        memberships=tuple(m for held in groups.values() for m in held),
        _groups={key: tuple(held) for key, held in groups.items()},
        _members={key: tuple(held) for key, held in members.items()},
    )


def _rows_by_scheme() -> dict[int, list[Term]]:
    found: dict[int, list[Term]] = {}
    for row in Term.objects.order_by("scheme_id", "order", "code").defer("title_source"):
        found.setdefault(row.scheme_id, []).append(row)
    return found


def _memberships() -> tuple[dict[int, list[Membership]], dict[int, list[Membership]]]:
    groups: dict[int, list[Membership]] = {}
    members: dict[int, list[Membership]] = {}
    for group, member, start, end, basis, remark in TermMembership.objects.order_by(
        "id"
    ).values_list("group_id", "member_id", "valid_from", "valid_to", "basis", "remark"):
        one = Membership(group, member, start, end, basis, remark)
        groups.setdefault(member, []).append(one)
        members.setdefault(group, []).append(one)
    return groups, members


def _term_views(rows: list[Term], scheme: str) -> list[TermView]:
    """The terms of one scheme; positions count its assignable ones."""
    codes = {row.id: row.code for row in rows}
    places = itertools.count()
    return [
        TermView(
            id=row.id,
            scheme=scheme,
            code=row.code,
            order=row.order,
            assignable=row.assignable,
            parent=codes[row.parent_id] if row.parent_id else None,
            title={**row.title, **row.overrides.get("title", {})},
            short={**row.short, **row.overrides.get("short", {})},
            title_status={
                **row.title_status,
                **dict.fromkeys(row.overrides.get("title", {}), "unofficial"),
            },
            colour=row.colour,
            facts=row.facts,
            position=next(places) if row.assignable else -1,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    ]


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
        noun=row.noun,
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
