"""The rows of one framework as plain values by key, to be compared with its files."""

import datetime as dt
from typing import Any

from django.db.models import Q

from stocktaking.reference.models import Crosswalk, CrosswalkLink, Scheme, Term, TermMembership

Values = dict[str, Any]
TermKey = tuple[str, str]  # scheme, code
MembershipKey = tuple[str, str, str, str, dt.date | None]  # group, member, valid from
LinkKey = tuple[str, str, str, str, str]  # crosswalk, scheme and code of row and of column

SCHEME = (
    *("title", "plural", "noun", "order", "facet", "direct", "many", "noted"),
    *("hierarchical_display", "retired_on", "sources", "framework"),
)
TERM = (
    *("order", "assignable", "title", "short", "title_status", "title_source"),
    *("colour", "facts", "valid_from", "valid_to"),
)
CROSSWALK = ("title", "primary", "year", "sources", "framework")


def known_codes(*, besides: str) -> dict[str, frozenset[str]]:
    """Codes by scheme of all other frameworks than ``besides``."""
    found: dict[str, set[str]] = {
        slug: set()
        for slug in Scheme.objects.exclude(framework=besides).values_list("slug", flat=True)
    }
    rows = Term.objects.exclude(scheme__framework=besides).values_list("scheme__slug", "code")
    for slug, code in rows:
        found[slug].add(code)
    return {slug: frozenset(codes) for slug, codes in found.items()}


def schemes(framework: str, stated: list[str]) -> dict[str, Values]:
    """Schemes of the framework, and any other of the stated slugs."""
    rows = Scheme.objects.filter(Q(framework=framework) | Q(slug__in=stated))
    return {row["slug"]: row for row in rows.values("slug", *SCHEME)}


def terms(stated: list[str]) -> dict[TermKey, Values]:
    rows = Term.objects.filter(scheme__slug__in=stated).order_by("scheme__order", "order", "code")
    return {
        (row["scheme__slug"], row["code"]): {**row, "parent": row["parent__code"]}
        for row in rows.values("scheme__slug", "code", "parent__code", *TERM)
    }


def memberships(stated: list[str]) -> dict[MembershipKey, Values]:
    """Memberships in groups of these schemes."""
    rows = TermMembership.objects.filter(group__scheme__slug__in=stated).values_list(
        "group__scheme__slug",
        "group__code",
        "member__scheme__slug",
        "member__code",
        "valid_from",
        "valid_to",
        "basis",
        "remark",
    )
    return {
        row[:5]: {"valid_to": row[5], "basis": row[6], "remark": row[7]}
        for row in rows.order_by("id")
    }


def crosswalks(framework: str, stated: list[str]) -> dict[str, Values]:
    rows = Crosswalk.objects.filter(Q(framework=framework) | Q(slug__in=stated))
    return {
        row["slug"]: {**row, "rows": row["rows__slug"], "columns": row["columns__slug"]}
        for row in rows.values("slug", "rows__slug", "columns__slug", *CROSSWALK)
    }


def links(stated: list[str]) -> dict[LinkKey, Values]:
    rows = CrosswalkLink.objects.filter(crosswalk__slug__in=stated).values_list(
        "crosswalk__slug",
        "row__scheme__slug",
        "row__code",
        "column__scheme__slug",
        "column__code",
        "targets",
        "rationale",
        "note",
    )
    return {
        row[:5]: {"targets": row[5], "rationale": row[6], "note": row[7]}
        for row in rows.order_by("id")
    }
