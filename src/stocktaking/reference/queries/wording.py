"""Shipped words beside the operator's own, for the pages where these are changed."""

from dataclasses import dataclass

from stocktaking.reference.models import Scheme, Term
from stocktaking.reference.rules.wording import stamp

Texts = dict[str, str]


@dataclass(frozen=True)
class Wording:
    """``title`` and ``other`` as shipped; ``own_*`` what the operator wrote over them.

    ``other`` is the short title of a term, the plural of a scheme. ``stamp`` goes back with
    the change: a different one means that somebody else saved meanwhile.
    """

    id: int
    name: str  # code of a term, slug of a scheme
    title: Texts
    other: Texts
    own_title: Texts
    own_other: Texts
    title_status: Texts
    title_source: Texts
    stamp: str


def term_wording(term_id: int) -> Wording | None:
    row = Term.objects.filter(pk=term_id).first()
    if row is None:
        return None
    return Wording(
        id=row.pk,
        name=row.code,
        title=row.title,
        other=row.short,
        own_title=row.overrides.get("title", {}),
        own_other=row.overrides.get("short", {}),
        title_status=row.title_status,
        title_source=row.title_source,
        stamp=stamp(row.overrides),
    )


def scheme_wording(scheme_id: int) -> Wording | None:
    row = Scheme.objects.filter(pk=scheme_id).first()
    if row is None:
        return None
    return Wording(
        id=row.pk,
        name=row.slug,
        title=row.title,
        other=row.plural,
        own_title=row.overrides.get("title", {}),
        own_other=row.overrides.get("plural", {}),
        title_status={},
        title_source={},
        stamp=stamp(row.overrides),
    )
