"""The public page of one call."""

import datetime as dt
from dataclasses import dataclass

from stocktaking.calls.models import Call
from stocktaking.calls.queries.deadline import Told, tell
from stocktaking.calls.queries.lists import CallCard, card
from stocktaking.calls.rules.audience import Audience
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.states import CallState
from stocktaking.kernel import languages
from stocktaking.questionnaires.queries import definition
from stocktaking.reference.queries import TermView, catalogue
from stocktaking.reference.queries.catalogue import pick


@dataclass(frozen=True)
class Extension:
    was: Told
    becomes: Told
    reason: str
    at: dt.datetime


@dataclass(frozen=True)
class Asked:
    """A section of the questionnaire: its title, how many questions it has, and whether it
    depends on something if they are asked."""

    title: str
    questions: int
    depends: bool = False


@dataclass(frozen=True)
class CallPage:
    """Texts in the language of the request, Markdown where they are long."""

    card: CallCard
    introduction: str
    goal: str
    afterwards: str
    minutes: int | None
    stakeholders: tuple[TermView, ...]  # none: all
    countries: tuple[TermView, ...]
    audience: Audience
    quota: Quota
    extensions: tuple[Extension, ...]  # newest first
    sections: tuple[Asked, ...]
    confirms: bool
    cancelled_because: str
    language: str  # of the texts

    @property
    def cancelled(self) -> bool:
        return self.card.state is CallState.CANCELLED


def call_page(slug: str, at: dt.datetime, *, drafts: bool = False) -> CallPage | None:
    """A published or cancelled call; with ``drafts`` also one that is being drawn up. Two SQL
    queries, and those for a draft of the questionnaire."""
    row = Call.objects.filter(slug=slug).first()
    if row is None or not (row.published_at or drafts):
        return None
    language = languages.current().code
    audience = Audience.from_json(row.audience)
    return CallPage(
        card=card(row, at),
        introduction=pick(row.introduction, language),
        goal=pick(row.goal, language),
        afterwards=pick(row.afterwards, language),
        minutes=row.minutes,
        stakeholders=_terms("stakeholder", audience.stakeholders),
        countries=_terms("country", audience.countries),
        audience=audience,
        quota=Quota(row.per_person, row.per_organisation),
        extensions=_extensions(row, language),
        sections=_sections(row, language),
        confirms=row.confirms,
        cancelled_because=pick(row.cancelled_because, language),
        language=next((c for c in languages.fallbacks(language) if row.title.get(c)), language),
    )


def _extensions(call: Call, language: str) -> tuple[Extension, ...]:
    return tuple(
        Extension(
            was=tell(one.was, call),
            becomes=tell(one.becomes, call),
            reason=pick(one.reason, language),
            at=one.at,
        )
        for one in call.extensions.order_by("-at", "-pk")
    )


def _sections(call: Call, language: str) -> tuple[Asked, ...]:
    if call.version_id is None:
        return ()
    return tuple(
        Asked(
            title=pick(dict(section.title), language) or section.code,
            questions=len(section.questions),
            depends=section.shown_when is not None,
        )
        for section in definition(call.version_id).sections
    )


def _terms(scheme: str, codes: frozenset[str]) -> tuple[TermView, ...]:
    found = catalogue().scheme(scheme)
    return tuple(term for term in found.terms if term.code in codes) if found and codes else ()
