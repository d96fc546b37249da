"""What the calls of a collection asked besides what every entry says, and what was answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Q
from django.db.models.fields.json import KeyTransform

from stocktaking.calls.models import Call
from stocktaking.entries.models import Collection, EntryVersion
from stocktaking.insight.rules.summary import Spread, chosen_counts, in_order, spread, years_of
from stocktaking.kernel.lookups import Among
from stocktaking.questionnaires.models import QuestionnaireVersion
from stocktaking.questionnaires.queries import definitions
from stocktaking.questionnaires.rules.definition import QuestionDef
from stocktaking.questionnaires.rules.texts import language_of, pick
from stocktaking.questionnaires.rules.values import answered
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.questionnaires.states import VersionState
from stocktaking.reference.queries import catalogue

# of these no answer says anything of an entry that could be counted
LEFT_OUT = frozenset({Kind.STATEMENT, Kind.PEOPLE, Kind.FILE, Kind.IMAGE, Kind.ORGANISATION})
MOST = 20  # answers to one question that are named

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Chosen:
    """One of the answers that could be chosen; ``language`` is that of the label."""

    code: str
    label: str
    language: str
    count: int


@dataclass(frozen=True)
class Asked:
    """A question with its answers summed up. What was written in somebody's own words is counted
    in ``answers`` and not repeated: there are no choices, numbers or years then."""

    code: str
    label: str
    language: str
    answers: int
    unit: str = ""
    choices: tuple[Chosen, ...] = ()
    more: int = 0  # further answers that were chosen, too many to name
    numbers: Spread | None = None
    years: tuple[tuple[int, int], ...] = ()


def extra_answers(slug: str, numbers: Sequence[int], language: str) -> tuple[Asked, ...]:
    """The free questions of the collection's calls, as these published entries answer them.

    The answers are those that entries keep, and are public with them. Personal questions are
    left out, also where one version alone calls them so. Five SQL queries, fewer where no call
    asks for anything, and those for versions that are not in memory.
    """
    questions = list(_questions(slug))
    if not questions or not numbers:
        return ()
    facts = list(_facts(numbers))
    found = []
    for form, question in questions:
        kept = (one.get(form) for one in facts)
        answers = [one.get(question.code) for one in kept if isinstance(one, Mapping)]
        found.append(_summed(question, [a for a in answers if answered(a)], language))
    return tuple(found)


def _questions(slug: str) -> Iterator[tuple[str, QuestionDef]]:
    """With the name of its questionnaire; each once, as it was asked last."""
    named = Collection.objects.filter(slug=slug).values_list("call", flat=True).first()
    calls = Call.objects.filter(Q(collection=slug) | Q(slug=named or ""))
    versions = QuestionnaireVersion.objects.filter(
        questionnaire__in=calls.exclude(published_at=None).values("questionnaire"),
        state=VersionState.FROZEN,
    ).order_by("questionnaire__slug", "-number")
    order = list(versions.values_list("pk", flat=True))
    held = definitions(order)
    seen = {(held[pk].slug, q.code) for pk in order for q in held[pk].questions() if q.personal}
    for form in map(held.__getitem__, order):
        for question in form.questions():
            place = (form.slug, question.code)
            if place not in seen and not question.binds_to and question.kind not in LEFT_OUT:
                seen.add(place)
                yield form.slug, question


def _facts(numbers: Sequence[int]) -> Iterator[Facts]:
    """What else each entry keeps, by the name of a questionnaire."""
    rows = EntryVersion.objects.filter(
        Among(F("entry_id"), list(numbers)), number=F("entry__published_version")
    )
    for kept in rows.values_list(KeyTransform("extra", "snapshot"), flat=True):
        if isinstance(kept, Mapping):
            yield kept


def _summed(question: QuestionDef, answers: list[Any], language: str) -> Asked:
    asked = Asked(
        code=question.code,
        label=pick(question.label, language) or question.code,
        language=language_of(question.label, language),
        answers=len(answers),
    )
    if question.kind in (Kind.CHOICE, Kind.MANY, Kind.TERMS, Kind.COUNTRY):
        choices = _choices(question, answers, language)
        return replace(asked, choices=choices[:MOST], more=len(choices[MOST:]))
    if question.kind is Kind.NUMBER:
        unit = pick(question.settings.get("unit") or {}, language)
        return replace(asked, unit=unit, numbers=spread(answers))
    if question.kind is Kind.DATE:
        return replace(asked, years=in_order(years_of(answers)))
    return asked


def _choices(question: QuestionDef, answers: list[Any], language: str) -> tuple[Chosen, ...]:
    """Options in their order, also those that nobody chose; terms by the number of answers."""
    options = {one["code"]: one.get("label") or {} for one in question.settings.get("options", ())}
    labels = {
        code: (pick(label, language) or code, language_of(label, language))
        for code, label in options.items()
    }
    if question.kind in (Kind.TERMS, Kind.COUNTRY):
        scheme = catalogue().scheme(str(question.settings.get("scheme", "country")))
        for term in scheme.terms if scheme else ():
            labels[term.code] = (term.label(language), language)
    return tuple(
        Chosen(code, *labels.get(code, (code, language)), count)
        for code, count in chosen_counts(answers, list(options))
    )
