"""Whether an answer is right for the kind and the settings of its question."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from stocktaking.kernel.periods import PRECISIONS, PartialDate
from stocktaking.kernel.text import count_characters, count_words
from stocktaking.questionnaires.rules.addresses import is_email, is_web_address
from stocktaking.questionnaires.rules.definition import QuestionDef
from stocktaking.questionnaires.rules.known import COUNTRIES, STAKEHOLDERS, Known, SchemeFacts
from stocktaking.questionnaires.rules.values import Answers, Fault, answered
from stocktaking.questionnaires.states import QuestionKind as Kind

YEAR_MIN, YEAR_MAX = 1900, 2100
_Check = Callable[[QuestionDef, Any, Answers, Known], Iterator[Fault]]
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_NOTHING = SchemeFacts({})


def faults(question: QuestionDef, value: Any, answers: Answers, known: Known) -> list[Fault]:
    """What is wrong with one well-formed answer; ``answers`` are all that count."""
    return list(_CHECKS[question.kind](question, value, answers, known))


def _written(question: QuestionDef, value: str, _a: Answers, _k: Known) -> Iterator[Fault]:
    yield from bounded_text(question.code, value, question.settings)


def bounded_text(at: str, value: str, bounds: Mapping[str, Any], sub: str = "") -> Iterator[Fault]:
    """Faults of the numbers of words and characters that ``bounds`` set."""
    for count, least, most, few, many in (
        (count_words, "min_words", "max_words", "too_few_words", "too_many_words"),
        (count_characters, "min_chars", "max_chars", "too_short", "too_long"),
    ):
        if bounds.get(least) is None and bounds.get(most) is None:
            continue
        found = count(value)
        if bounds.get(least) is not None and found < bounds[least]:
            yield Fault(few, at, {"least": bounds[least], "count": found}, sub)
        if bounds.get(most) is not None and found > bounds[most]:
            yield Fault(many, at, {"most": bounds[most], "count": found}, sub)


def _number(question: QuestionDef, value: float, _a: Answers, _k: Known) -> Iterator[Fault]:
    bounds = question.settings
    decimals = bounds.get("decimals") or 0
    if round(value, decimals) != value:
        code = "too_many_decimals" if decimals else "not_whole"
        yield Fault(code, question.code, {"most": decimals})
    if bounds.get("min") is not None and value < bounds["min"]:
        yield Fault("too_small", question.code, {"least": bounds["min"]})
    if bounds.get("max") is not None and value > bounds["max"]:
        yield Fault("too_large", question.code, {"most": bounds["max"]})


def _date(question: QuestionDef, value: str, answers: Answers, _k: Known) -> Iterator[Fault]:
    stated = read_date(value)
    if stated is None:
        yield Fault("date_malformed", question.code)
        return
    bounds = question.settings
    if not YEAR_MIN <= stated.year <= YEAR_MAX:
        yield Fault("date_out_of_range", question.code, {"first": YEAR_MIN, "last": YEAR_MAX})
    least = bounds.get("precision") or "year"
    if PRECISIONS.index(stated.precision) < PRECISIONS.index(least):
        yield Fault("date_needs_day" if least == "day" else "date_needs_month", question.code)
    earliest, latest = read_date(bounds.get("earliest")), read_date(bounds.get("latest"))
    if earliest is not None and stated.last_day() < earliest.date:
        yield Fault("date_too_early", question.code, {"first": str(earliest)})
    if latest is not None and stated.date > latest.last_day():
        yield Fault("date_too_late", question.code, {"last": str(latest)})
    other = read_date(answers.get(bounds.get("not_before") or ""))
    if other is not None and stated.last_day() < other.date:
        yield Fault("date_before_other", question.code, {"first": str(other)})


def read_date(value: object) -> PartialDate | None:
    """A date as precise as stated; None where it is none."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return PartialDate.parse(value)
    except ValueError:
        return None


def _choice(question: QuestionDef, value: str, _a: Answers, _k: Known) -> Iterator[Fault]:
    yield from _options(question, [value])


def _many(question: QuestionDef, value: list[str], _a: Answers, _k: Known) -> Iterator[Fault]:
    yield from _options(question, value)
    yield from _amount(question, value)


def _options(question: QuestionDef, codes: list[str]) -> Iterator[Fault]:
    offered = {option["code"] for option in question.settings.get("options", ())}
    for code in dict.fromkeys(codes):
        if code not in offered:
            yield Fault("option_unknown", question.code, {"option": code})
    if len(set(codes)) < len(codes):
        yield Fault("stated_twice", question.code)


def _amount(question: QuestionDef, value: list[Any]) -> Iterator[Fault]:
    least, most = question.settings.get("min"), question.settings.get("max")
    if least is not None and len(value) < least:
        yield Fault("too_few", question.code, {"least": least, "count": len(value)})
    if most is not None and len(value) > most:
        yield Fault("too_many", question.code, {"most": most, "count": len(value)})


def _terms(
    question: QuestionDef, value: list[dict[str, str]], _a: Answers, known: Known
) -> Iterator[Fault]:
    settings = question.settings
    scheme = known.schemes.get(settings.get("scheme", ""), _NOTHING)
    codes = [row.get("code") or "" for row in value]
    yield from _in_scheme(question.code, codes, scheme)
    yield from _amount(question, value)
    notes = {
        "min_words": settings.get("note_min_words"),
        "max_words": settings.get("note_max_words"),
    }
    for row in value:
        note, sub = row.get("note") or "", f"{row.get('code', '')}.note"
        if settings.get("notes"):
            yield from bounded_text(question.code, note, notes, sub)
        elif note:
            yield Fault("note_not_asked", question.code, sub=sub)


def _countries(
    question: QuestionDef, value: list[str], _a: Answers, known: Known
) -> Iterator[Fault]:
    yield from _in_scheme(question.code, value, known.schemes.get(COUNTRIES, _NOTHING))
    if question.settings.get("many"):
        yield from _amount(question, value)
    elif len(value) > 1:
        yield Fault("only_one", question.code)


def _in_scheme(at: str, codes: list[str], scheme: SchemeFacts, sub: str = "") -> Iterator[Fault]:
    for code in dict.fromkeys(codes):
        term = scheme.terms.get(code)
        if term is None:
            yield Fault("term_unknown", at, {"term": code}, sub)
        elif not term.assignable:
            yield Fault("term_is_heading", at, {"term": code}, sub)
        elif term.retired or scheme.retired:
            yield Fault("term_retired", at, {"term": code}, sub)
    if len(set(codes)) < len(codes):
        yield Fault("stated_twice", at, sub=sub)


def _organisation(
    question: QuestionDef, value: dict[str, Any], _a: Answers, known: Known
) -> Iterator[Fault]:
    at = question.code
    if value.get("number") is not None:
        if value["number"] not in known.organisations:
            yield Fault("organisation_unknown", at, sub="number")
        return
    if not answered(value.get("name")):
        yield Fault("name_missing", at, sub="name")
    if not answered(value.get("country")):
        yield Fault("country_missing", at, sub="country")
    for part, slug in (("country", COUNTRIES), ("type", STAKEHOLDERS)):
        if answered(value.get(part)):
            yield from _in_scheme(at, [value[part]], known.schemes.get(slug, _NOTHING), part)
    if answered(value.get("website")) and not is_web_address(value["website"]):
        yield Fault("address_malformed", at, sub="website")


def _people(
    question: QuestionDef, value: list[dict[str, str]], _a: Answers, _k: Known
) -> Iterator[Fault]:
    yield from _amount(question, value)
    for place, row in enumerate(value):
        if not answered(row.get("name")):
            yield Fault("name_missing", question.code, sub=f"{place}.name")
        if not answered(row.get("email")):
            if question.settings.get("emails"):
                yield Fault("email_missing", question.code, sub=f"{place}.email")
        elif not is_email(row["email"]):
            yield Fault("email_malformed", question.code, sub=f"{place}.email")


def _files(
    question: QuestionDef, value: list[dict[str, Any]], _a: Answers, known: Known
) -> Iterator[Fault]:
    settings, picture = question.settings, question.kind is Kind.IMAGE
    yield from _amount(question, value)
    numbers = [row.get("file") for row in value]
    if len(set(numbers)) < len(numbers):
        yield Fault("stated_twice", question.code)
    for place, row in enumerate(value):
        file, sub = known.files.get(row.get("file") or 0), f"{place}.file"
        if file is None or (picture and not file.picture):
            yield Fault("file_unknown", question.code, sub=sub)
        elif settings.get("types") and file.media_type not in settings["types"]:
            yield Fault("file_type_refused", question.code, {"type": file.media_type}, sub)
        elif settings.get("megabytes") and file.size > settings["megabytes"] * 1024 * 1024:
            yield Fault("file_too_large", question.code, {"most": settings["megabytes"]}, sub)
        if picture and not answered(row.get("alt")):
            yield Fault("alternative_missing", question.code, sub=f"{place}.alt")


def _links(
    question: QuestionDef, value: list[dict[str, str]], _a: Answers, _k: Known
) -> Iterator[Fault]:
    if question.settings.get("several"):
        yield from _amount(question, value)
    elif len(value) > 1:
        yield Fault("only_one", question.code)
    for place, row in enumerate(value):
        if not answered(row.get("url")):
            yield Fault("address_missing", question.code, sub=f"{place}.url")
        elif not is_web_address(row["url"]):
            yield Fault("address_malformed", question.code, sub=f"{place}.url")


def _statement(_q: QuestionDef, _v: bool, _a: Answers, _k: Known) -> Iterator[Fault]:
    yield from ()


_CHECKS: Mapping[Kind, _Check] = {
    Kind.SHORT: _written,
    Kind.LONG: _written,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.TERMS: _terms,
    Kind.COUNTRY: _countries,
    Kind.ORGANISATION: _organisation,
    Kind.PEOPLE: _people,
    Kind.FILE: _files,
    Kind.IMAGE: _files,
    Kind.LINK: _links,
    Kind.STATEMENT: _statement,
}
