"""What exists around answers, read in a fixed number of statements."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from stocktaking.accounts.models import Organisation
from stocktaking.files.queries import file_views
from stocktaking.files.states import FileState
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.known import (
    COUNTRIES,
    STAKEHOLDERS,
    FileFacts,
    Known,
    SchemeFacts,
    TermFacts,
)
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.reference.queries import Catalogue, SchemeView, catalogue


def known_for(definition: Definition, answers: Mapping[str, Any], *, today: dt.date) -> Known:
    """All that the rules may ask about these answers. At most two SQL queries.

    Answers of any shape are looked at: what is malformed names nothing.
    """
    kinds = {question.code: question.kind for question in definition.questions()}
    organisations, files = set(), set()
    for code, value in answers.items():
        if kinds.get(code) is Kind.ORGANISATION and isinstance(value, dict):
            organisations.add(value.get("number"))
        elif kinds.get(code) in (Kind.FILE, Kind.IMAGE) and isinstance(value, list):
            files |= {_number(row.get("file")) for row in value if isinstance(row, dict)}
    return Known(
        today=today,
        schemes=known_schemes(definition, today=today).schemes,
        organisations=_organisations(map(_number, organisations)),
        files=_files(files),
    )


def known_schemes(definition: Definition, *, today: dt.date) -> Known:
    """The schemes that a definition asks for, and nothing else. From memory."""
    framework = catalogue()
    wanted = {
        question.settings.get("scheme", "")
        for question in definition.questions()
        if question.kind is Kind.TERMS
    }
    schemes = {}
    for slug in wanted | {COUNTRIES, STAKEHOLDERS}:
        scheme = framework.scheme(slug)
        if scheme is not None:
            schemes[slug] = _scheme(framework, scheme, today)
    return Known(today=today, schemes=schemes)


_facts: tuple[Catalogue, dt.date, dict[str, SchemeFacts]] | None = None


def _scheme(framework: Catalogue, scheme: SchemeView, today: dt.date) -> SchemeFacts:
    """One scheme as the rules see it; made again for another framework or another day."""
    global _facts
    if _facts is None or _facts[0] is not framework or _facts[1] != today:
        _facts = (framework, today, {})
    held = _facts[2]
    if scheme.slug not in held:
        held[scheme.slug] = SchemeFacts(
            terms={
                term.code: TermFacts(
                    assignable=term.assignable,
                    retired=term.valid_to is not None and term.valid_to < today,
                )
                for term in scheme.terms
            },
            retired=scheme.retired_on is not None and scheme.retired_on < today,
        )
    return held[scheme.slug]


def _number(stated: object) -> int:
    plain = isinstance(stated, int) and not isinstance(stated, bool)
    return stated if plain and 0 < stated < 2**53 else 0  # type: ignore[return-value, operator]


def _organisations(numbers: Iterable[int]) -> frozenset[int]:
    wanted = {number for number in numbers if number}
    if not wanted:
        return frozenset()
    rows = Organisation.objects.filter(number__in=wanted, merged_into=None)
    return frozenset(rows.values_list("number", flat=True))


def _files(numbers: Iterable[int]) -> dict[int, FileFacts]:
    wanted = {number for number in numbers if number}
    if not wanted:
        return {}
    # a picture that nobody has drawn yet counts; one that could not be drawn is as good as none
    return {
        number: FileFacts(view.media_type, view.size, picture=view.picture)
        for number, view in file_views(wanted).items()
        if view.state != FileState.REFUSED
    }
