"""What exists around a batch of entries, read in a fixed number of statements."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import Collection, ExternalIdentifier, Source
from stocktaking.entries.rules.acceptance import Known, SchemeFacts, TermFacts
from stocktaking.entries.rules.values import EntryValues
from stocktaking.files.queries import file_views
from stocktaking.files.states import FileState
from stocktaking.reference.models import Term
from stocktaking.reference.queries import Catalogue, catalogue

Identifier = tuple[str, str]


@dataclass(frozen=True)
class Surroundings:
    """``known`` is what the rules ask for, the rest turns names into primary keys."""

    known: Known
    framework: Catalogue
    collections: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    holders: dict[Identifier, int] = field(default_factory=dict)

    @property
    def single(self) -> frozenset[str]:
        """Schemes of which an entry has one term at most."""
        return frozenset(slug for slug, one in self.known.schemes.items() if not one.many)

    def for_entry(self, number: int | None) -> Known:
        """The facts as they are for one entry: its own identifiers are not taken."""
        taken = {one for one, holder in self.holders.items() if holder != number}
        return replace(self.known, taken=taken)

    def term_id(self, scheme: str, code: str) -> int:
        term = self.framework.term(scheme, code)
        if term is None:
            raise LookupError(f"{scheme}:{code}")
        return term.id


def survey(batch: Sequence[EntryValues], *, today: dt.date) -> Surroundings:
    """Look up all that these values name."""
    framework = catalogue()
    holders = holders_of(batch)
    collections = dict(
        Collection.objects.filter(slug__in={s for v in batch for s in v.collections}).values_list(
            "slug", "id"
        )
    )
    sources = dict(
        Source.objects.filter(slug__in={v.source for v in batch if v.source}).values_list(
            "slug", "id"
        )
    )
    known = Known(
        today=today,
        schemes=_schemes(framework),
        organisations=_organisations(batch),
        files=_files(batch),
        collections=collections.keys(),
        sources=sources.keys(),
    )
    return Surroundings(known, framework, collections, sources, holders)


def holders_of(batch: Sequence[EntryValues]) -> dict[Identifier, int]:
    """The numbers of the entries that have these external identifiers."""
    wanted = {(i.system, i.value) for v in batch for i in v.identifiers}
    if not wanted:
        return {}
    rows = ExternalIdentifier.objects.filter(
        system__in={system for system, _ in wanted}, value__in={value for _, value in wanted}
    ).values_list("system", "value", "entry_id")
    return {(system, value): entry for system, value, entry in rows if (system, value) in wanted}


def _organisations(batch: Sequence[EntryValues]) -> set[int]:
    wanted = {v.organisation for v in batch} | {p.organisation for v in batch for p in v.partners}
    return set(
        Organisation.objects.filter(
            number__in={number for number in wanted if number is not None}, merged_into=None
        ).values_list("number", flat=True)
    )


def _files(batch: Sequence[EntryValues]) -> set[int]:
    wanted = {image.file for v in batch for image in v.images}
    if not wanted:
        return set()
    # only what was drawn anew is shown; what still waits for that may be named already
    return {
        number
        for number, view in file_views(wanted).items()
        if view.picture and view.state != FileState.REFUSED
    }


_facts: tuple[Catalogue, dict[str, SchemeFacts]] | None = None


def _schemes(framework: Catalogue) -> dict[str, SchemeFacts]:
    """The framework as the rules see it; made again only when the framework is a new one."""
    global _facts
    if _facts is None or _facts[0] is not framework:
        ends = dict(Term.objects.exclude(valid_to=None).values_list("pk", "valid_to"))
        _facts = (
            framework,
            {
                slug: SchemeFacts(
                    many=scheme.many,
                    direct=scheme.direct,
                    retired_on=scheme.retired_on,
                    terms={
                        term.code: TermFacts(term.assignable, ends.get(term.id))
                        for term in scheme.terms
                    },
                )
                for slug, scheme in framework.schemes.items()
            },
        )
    return _facts[1]
