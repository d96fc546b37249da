"""Writing a plan: in the order in which rows lean on each other."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import Q

from stocktaking.history.operations import record, record_many
from stocktaking.reference.models import Crosswalk, CrosswalkLink, Scheme, Term, TermMembership
from stocktaking.reference.operations.planning import Plan
from stocktaking.reference.queries.kept import LinkKey, MembershipKey, TermKey

Ids = dict[TermKey, int]
FULL = 200  # rows named in one statement with alternatives; SQLite limits their depth


def apply(plan: Plan, *, by: Any, at: dt.datetime) -> None:
    """Write all changes of the plan, with their history."""
    _schemes(plan, by, at)
    _terms(plan, by, at)
    ids: Ids = {
        (scheme, code): pk
        for pk, scheme, code in Term.objects.values_list("id", "scheme__slug", "code")
    }
    _memberships(plan, ids, by, at)
    _crosswalks(plan, ids, by, at)


def _schemes(plan: Plan, by: Any, at: dt.datetime) -> None:
    Scheme.objects.bulk_create(
        Scheme(slug=slug, **values) for slug, values in plan.schemes.created.items()
    )
    record_many(
        verb="created", of=Scheme.objects.filter(slug__in=plan.schemes.created), by=by, at=at
    )
    for scheme in Scheme.objects.filter(slug__in=plan.schemes.updated):
        _update(scheme, plan.schemes.updated[scheme.slug], by, at)
    for scheme in Scheme.objects.filter(slug__in=plan.retiring_schemes):
        scheme.retired_on = at.date()
        scheme.save(update_fields=["retired_on"])
        record(verb="retired", of=scheme, by=by, at=at)


def _update(row: Any, fields: dict[str, tuple[Any, Any]], by: Any, at: dt.datetime) -> None:
    for name, (_, value) in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    record(verb="updated", of=row, by=by, at=at, detail={"fields": sorted(fields)})


def _terms(plan: Plan, by: Any, at: dt.datetime) -> None:
    schemes = dict(Scheme.objects.values_list("slug", "id"))
    Term.objects.bulk_create(
        Term(
            scheme_id=schemes[scheme],
            code=code,
            **{name: value for name, value in values.items() if name != "parent"},
        )
        for (scheme, code), values in plan.terms.created.items()
    )
    touched = {*plan.terms.created, *plan.terms.updated, *plan.retiring_terms}
    rows = {
        (term.scheme.slug, term.code): term
        for term in Term.objects.filter(
            scheme__slug__in={scheme for scheme, _ in touched}
        ).select_related("scheme")
    }
    record_many(verb="created", of=[rows[key] for key in plan.terms.created], by=by, at=at)
    children = []
    for key, values in plan.terms.created.items():
        if values["parent"]:
            rows[key].parent = rows[key[0], values["parent"]]
            children.append(rows[key])
    Term.objects.bulk_update(children, ["parent"])
    for key, fields in plan.terms.updated.items():
        if "parent" in fields:
            old, new = fields["parent"]
            fields = {**fields, "parent": (old, rows[key[0], new] if new else None)}
        _update(rows[key], fields, by, at)
    for key in plan.retiring_terms:
        _retire(rows[key], by, at)


def _retire(term: Term, by: Any, at: dt.datetime) -> None:
    """Codes stand in entries, their versions and addresses: a term is never deleted."""
    term.assignable = False
    term.valid_to = min(term.valid_to or at.date(), at.date())
    term.save(update_fields=["assignable", "valid_to"])
    record(verb="retired", of=term, by=by, at=at)


def _memberships(plan: Plan, ids: Ids, by: Any, at: dt.datetime) -> None:
    change = plan.memberships
    told: dict[TermKey, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for done, keys in (
        ("removed", change.vanished),
        ("added", change.created),
        ("changed", change.updated),
    ):
        for key in keys:
            told[key[:2]][done].append(key[3])
    gone = list(change.vanished)
    for start in range(0, len(gone), FULL):
        _found(gone[start : start + FULL], ids).delete()
    TermMembership.objects.bulk_create(
        TermMembership(group_id=ids[key[:2]], member_id=ids[key[2:4]], valid_from=key[4], **values)
        for key, values in change.created.items()
    )
    for key, fields in change.updated.items():
        _found([key], ids).update(**{name: value for name, (_, value) in fields.items()})
    groups = {term.pk: term for term in Term.objects.filter(pk__in=[ids[key] for key in told])}
    for group, detail in told.items():
        record(verb="members_changed", of=groups[ids[group]], by=by, at=at, detail=dict(detail))


def _found(keys: list[MembershipKey], ids: Ids) -> Any:
    chosen = Q()
    for key in keys:
        chosen |= Q(group=ids[key[:2]], member=ids[key[2:4]], valid_from=key[4])
    return TermMembership.objects.filter(chosen)


def _crosswalks(plan: Plan, ids: Ids, by: Any, at: dt.datetime) -> None:
    change = plan.crosswalks
    _step_back(plan, by, at)
    schemes = {scheme.slug: scheme for scheme in Scheme.objects.all()}
    for row in Crosswalk.objects.filter(slug__in=change.vanished):
        record(verb="removed", of=row, by=by, at=at, detail={"slug": row.slug})
        row.delete()
    for slug, values in change.created.items():
        ends = {side: schemes[values[side]] for side in ("rows", "columns")}
        row = Crosswalk.objects.create(slug=slug, **{**values, **ends})
        record(verb="created", of=row, by=by, at=at)
    for row in Crosswalk.objects.filter(slug__in=change.updated):
        fields = dict(change.updated[row.slug])
        for side in ("rows", "columns"):
            if side in fields:
                fields[side] = (fields[side][0], schemes[fields[side][1]])
        _update(row, fields, by, at)
    _links(plan, ids, by, at)


def _step_back(plan: Plan, by: Any, at: dt.datetime) -> None:
    """There is one primary crosswalk: the others step back before it comes."""
    primary = [c.slug for c in plan.framework.crosswalks if c.primary]
    if not primary:
        return
    Crosswalk.objects.filter(primary=True).exclude(slug__in=primary).update(primary=False)
    for row in Crosswalk.objects.filter(slug__in=plan.stepping_back):
        record(verb="updated", of=row, by=by, at=at, detail={"fields": ["primary"]})


def _links(plan: Plan, ids: Ids, by: Any, at: dt.datetime) -> None:
    change = plan.links
    walks = {crosswalk.slug: crosswalk for crosswalk in Crosswalk.objects.all()}
    told: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def ends(key: LinkKey) -> dict[str, Any]:
        return {"crosswalk": walks[key[0]], "row_id": ids[key[1:3]], "column_id": ids[key[3:5]]}

    for key in change.vanished:
        if key[0] in walks:  # else its crosswalk went, and the link with it
            CrosswalkLink.objects.filter(**ends(key)).delete()
            told[key[0]]["removed"] += 1
    created = []
    for key, values in change.created.items():
        created.append(CrosswalkLink(**ends(key), **values))
        told[key[0]]["added"] += 1
    CrosswalkLink.objects.bulk_create(created)
    for key, fields in change.updated.items():
        new = {name: value for name, (_, value) in fields.items()}
        CrosswalkLink.objects.filter(**ends(key)).update(**new)
        told[key[0]]["changed"] += 1
    for slug, detail in told.items():
        record(verb="links_changed", of=walks[slug], by=by, at=at, detail=dict(detail))
