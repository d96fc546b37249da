"""A framework's files as plain values by key, the same shape as its rows are read in."""

import datetime as dt
from typing import Any

from stocktaking.reference.rules.framework import Framework

Values = dict[str, Any]


def schemes(framework: Framework) -> dict[str, Values]:
    return {
        one.slug: {
            "title": one.title,
            "plural": one.plural,
            "noun": one.noun,
            "order": one.order,
            "facet": one.facet,
            "direct": one.direct,
            "many": one.many,
            "noted": one.noted,
            "hierarchical_display": one.hierarchical_display,
            "retired_on": one.retired_on,
            "sources": list(one.sources),
            "framework": framework.slug,
        }
        for one in framework.schemes
    }


def terms(framework: Framework) -> dict[tuple[str, str], Values]:
    return {
        (scheme.slug, one.code): {
            "parent": one.parent,
            "order": one.order,
            "assignable": one.assignable,
            "title": one.title,
            "short": one.short,
            "title_status": one.title_status,
            "title_source": one.title_source,
            "colour": one.colour,
            "facts": one.facts,
            "valid_from": one.valid_from,
            "valid_to": one.valid_to,
        }
        for scheme in framework.schemes
        for one in scheme.terms
    }


def memberships(
    framework: Framework,
) -> dict[tuple[str, str, str, str, dt.date | None], Values]:
    return {
        (*one.group, *one.member, one.valid_from): {
            "valid_to": one.valid_to,
            "basis": one.basis,
            "remark": one.remark,
        }
        for one in framework.memberships
    }


def crosswalks(framework: Framework) -> dict[str, Values]:
    return {
        one.slug: {
            "title": one.title,
            "rows": one.rows,
            "columns": one.columns,
            "primary": one.primary,
            "year": one.year,
            "sources": list(one.sources),
            "framework": framework.slug,
        }
        for one in framework.crosswalks
    }


def links(framework: Framework) -> dict[tuple[str, str, str, str, str], Values]:
    return {
        (crosswalk.slug, crosswalk.rows, one.row, crosswalk.columns, one.column): {
            "targets": list(one.targets),
            "rationale": one.rationale,
            "note": one.note,
        }
        for crosswalk in framework.crosswalks
        for one in crosswalk.links
    }
