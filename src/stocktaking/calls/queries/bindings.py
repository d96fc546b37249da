"""What answers say of a reply itself: title, organisation, country, stakeholder type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stocktaking.accounts.models import Organisation, Person
from stocktaking.calls.models import Reply
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef
from stocktaking.reference.queries import catalogue

TITLE_MAX = 500
NAME_MAX = 300


@dataclass(frozen=True)
class Origin:
    """From whom a reply comes; codes of terms, empty where not known."""

    organisation: Organisation | None = None
    name: str = ""
    country: str = ""
    stakeholder: str = ""


def bound(definition: Definition, binds_to: str) -> Iterator[QuestionDef]:
    """The questions whose answer is this part of an entry."""
    return (question for question in definition.questions() if question.binds_to == binds_to)


def title_of(definition: Definition, answers: Mapping[str, Any]) -> str:
    for question in bound(definition, "title"):
        if isinstance(said := answers.get(question.code), str) and said.strip():
            return " ".join(said.split())[:TITLE_MAX]
    return ""


def origin_of(
    definition: Definition,
    answers: Mapping[str, Any],
    *,
    person: Person | None,
    organisation: Organisation | None = None,
) -> Origin:
    """The organisation that is named, else the person alone. At most one SQL query.

    ``organisation`` is for whom the reply was begun; it holds where no question asks for one.
    """
    found = sender_of(definition, answers, person=person, organisation=organisation)
    return _with_country(found, definition, answers, person)


def sender_of(
    definition: Definition,
    answers: Mapping[str, Any],
    *,
    person: Person | None,
    organisation: Organisation | None = None,
) -> Origin:
    """Who replies, as ``origin_of`` says it, by what is known of them alone: where a project
    works says nothing of where its people are. At most one SQL query."""
    asked = list(bound(definition, "organisation"))
    if not asked and organisation is not None:
        return of_organisation(organisation)
    for question in asked:
        said = answers.get(question.code)
        if isinstance(said, dict) and (named := _organisation(said)):
            return named
    return of_person(person)


def of_organisation(organisation: Organisation) -> Origin:
    return Origin(
        organisation=organisation,
        name=organisation.name,
        country=code_of(organisation.country_id),
        stakeholder=code_of(organisation.type_id),
    )


def of_person(person: Person | None) -> Origin:
    if person is None:
        return Origin()
    return Origin(country=code_of(person.country_id), stakeholder=code_of(person.stakeholder_id))


def code_of(term: int | None) -> str:
    found = catalogue().terms.get(term or 0)
    return found.code if found else ""


def write_origin(reply: Reply, origin: Origin) -> None:
    """Put it into the columns of a reply; the caller saves."""
    reply.organisation = origin.organisation
    reply.organisation_name = origin.name
    reply.country = origin.country
    reply.stakeholder = origin.stakeholder


def _organisation(said: Mapping[str, Any]) -> Origin | None:
    number = said.get("number")
    if isinstance(number, int):
        row = Organisation.objects.filter(number=number).select_related("merged_into").first()
        return of_organisation(row.merged_into or row) if row else None
    name = str(said.get("name") or "").strip()
    if not name:
        return None
    return Origin(
        name=name[:NAME_MAX],
        country=_known("country", said.get("country")),
        stakeholder=_known("stakeholder", said.get("type")),
    )


def _with_country(
    origin: Origin, definition: Definition, answers: Mapping[str, Any], person: Person | None
) -> Origin:
    """Where nobody says from where a reply is: the first country that it works in."""
    if origin.country:
        return origin
    own = of_person(person).country
    works_in = (answers.get(question.code) for question in bound(definition, "countries"))
    first = next((said[0] for said in works_in if isinstance(said, list) and said), "")
    return Origin(
        origin.organisation,
        origin.name,
        own or _known("country", first),
        origin.stakeholder,
    )


def _known(scheme: str, code: object) -> str:
    term = catalogue().term(scheme, code) if isinstance(code, str) else None
    return term.code if term else ""
