"""The queue: replies that were sent, as moderators look for them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Call, Reply
from stocktaking.calls.states import Occasion, ReplyState
from stocktaking.intake.models import Moderation
from stocktaking.kernel import languages
from stocktaking.reference.queries import catalogue
from stocktaking.reference.queries.catalogue import pick
from stocktaking.threads.models import Thread
from stocktaking.threads.queries import open_counts

ORDERS: dict[str, tuple[str, ...]] = {
    "oldest": ("submitted_at", "pk"),
    "newest": ("-submitted_at", "-pk"),
    "deadline": ("call__closes_at", "submitted_at", "pk"),
}
SORTS = tuple(ORDERS)
# In the order of the tabs; a draft is nobody's business but its authors'.
STATES = (
    ReplyState.SUBMITTED,
    ReplyState.RETURNED,
    ReplyState.ACCEPTED,
    ReplyState.DECLINED,
    ReplyState.WITHDRAWN,
)
ME, NOBODY = "me", "nobody"
ABOUT = "calls.reply"


@dataclass(frozen=True)
class QueueAsk:
    """What somebody looks for; empty means all. ``older`` counts days since it was sent."""

    state: ReplyState = ReplyState.SUBMITTED
    call: str = ""
    language: str = ""
    country: str = ""
    region: str = ""  # code of a term that countries belong to, as ``scheme:code``
    assigned: str = ""  # me, nobody, or the number of a person
    finding: str = ""  # error, warning, any, or the name of a check
    alike: bool = False
    endorsed: str = ""  # endorsed, objected, or none
    occasion: str = ""
    older: int | None = None
    text: str = ""  # a number, or part of a title or of an organisation's name
    sort: str = SORTS[0]


@dataclass(frozen=True)
class QueueRow:
    number: int
    title: str
    language: str
    organisation: str
    country: str
    call: str
    state: ReplyState
    occasion: Occasion
    submitted_at: dt.datetime
    days: int  # since it was sent
    completeness: int
    errors: int
    warnings: int
    hints: int
    alike: int
    endorsed: int
    objected: int
    comments: int  # conversations that are not settled
    assigned: str
    publish_at: dt.datetime | None
    publish_refused: bool
    lock: int

    @property
    def direction(self) -> str:
        return languages.direction_of(self.language)


@dataclass(frozen=True)
class QueueList:
    """One page; ``counts`` are exact, by state, of all that fit the other filters."""

    total: int
    counts: dict[ReplyState, int]
    rows: tuple[QueueRow, ...]


def queue(
    ask: QueueAsk, *, person: Person | None, at: dt.datetime, page: int = 1, size: int = 50
) -> QueueList:
    """Five SQL queries, whatever the number of replies."""
    fits = _fitting(ask, person, at)
    counted = dict(fits.order_by().values_list("state").annotate(Count("pk")))
    counts = {state: counted.get(state.value, 0) for state in STATES}
    first = (max(page, 1) - 1) * size
    found = fits.filter(state=ask.state.value).order_by(*ORDERS[ask.sort])
    # numbers alone are read from an index, however far down the page is
    numbers = list(found.values_list("pk", flat=True)[first : first + size])
    rows = Reply.objects.filter(pk__in=numbers).select_related("moderation__assigned_to")
    by_number = {reply.pk: reply for reply in rows}
    replies = [by_number[number] for number in numbers]
    return QueueList(counts[ask.state], counts, _rows(replies, at))


def neighbour(number: int, ask: QueueAsk, *, person: Person | None, at: dt.datetime) -> int | None:
    """The reply that comes after one in the same list, also where that has left it; None at
    its end. Two SQL queries."""
    here = (
        Reply.objects.filter(pk=number, submitted_at__isnull=False)
        .values("submitted_at", "call__closes_at", "pk")
        .first()
    )
    if here is None:
        return None
    order = ORDERS[ask.sort]
    found = _fitting(ask, person, at).filter(state=ask.state.value)
    return found.filter(_behind(order, here)).order_by(*order).values_list("pk", flat=True).first()


def _behind(order: Sequence[str], here: Mapping[str, Any]) -> Q:
    """Whatever comes later in an order: by its first column, or by the next where that is equal."""
    behind, equal = Q(pk__in=()), Q()
    for column in order:
        name, later = column.lstrip("-"), "lt" if column.startswith("-") else "gt"
        behind |= equal & Q(**{f"{name}__{later}": here[name]})
        equal &= Q(**{name: here[name]})
    return behind


def _fitting(ask: QueueAsk, person: Person | None, at: dt.datetime) -> QuerySet[Reply]:
    # what was sent has a moderation, which is joined only where something is asked about it
    found = Reply.objects.filter(submitted_at__isnull=False)
    if ask.call:
        found = found.filter(call__slug=ask.call)
    if ask.language:
        found = found.filter(language=ask.language)
    if ask.country:
        found = found.filter(country=ask.country)
    if ask.region:
        found = found.filter(country__in=_countries(ask.region, at))
    if ask.occasion:
        found = found.filter(occasion=ask.occasion)
    if ask.older is not None:
        found = found.filter(submitted_at__lte=at - dt.timedelta(days=ask.older))
    if ask.text:
        found = _with_text(found, ask.text)
    return _assessed(_assigned(found, ask.assigned, person), ask)


def _assigned(found: QuerySet[Reply], asked: str, person: Person | None) -> QuerySet[Reply]:
    if asked == NOBODY:
        return found.filter(moderation__assigned_to=None)
    if asked == ME:
        return found.filter(moderation__assigned_to=person) if person else found.none()
    if asked.isascii() and asked.isdigit():
        return found.filter(moderation__assigned_to=int(asked))
    return found


def _assessed(found: QuerySet[Reply], ask: QueueAsk) -> QuerySet[Reply]:
    if ask.finding == "error":
        found = found.filter(moderation__errors__gt=0)
    elif ask.finding == "warning":
        found = found.filter(moderation__warnings__gt=0)
    elif ask.finding == "none":
        found = found.filter(moderation__errors=0, moderation__warnings=0, moderation__hints=0)
    elif ask.finding:
        # a list of names in JSON: quoted, so that no name is found within a longer one
        named = Cast("moderation__findings", TextField())
        found = found.alias(named=named).filter(named__contains=f'"{ask.finding}"')
    if ask.alike:
        found = found.filter(moderation__alike__gt=0)
    if ask.endorsed == "endorsed":
        found = found.filter(moderation__endorsed__gt=0)
    elif ask.endorsed == "objected":
        found = found.filter(moderation__objected__gt=0)
    elif ask.endorsed == "none":
        found = found.filter(moderation__endorsed=0, moderation__objected=0)
    return found


def _with_text(found: QuerySet[Reply], text: str) -> QuerySet[Reply]:
    if text.isascii() and text.isdigit() and len(text) < 19:
        return found.filter(pk=int(text))
    fits = Q()
    # SQLite ignores case for ASCII letters only, so the usual spellings are asked for
    for spelling in {text, text.lower(), text.upper(), text.capitalize(), text.title()}:
        fits |= Q(title__icontains=spelling) | Q(organisation_name__icontains=spelling)
    return found.filter(fits)


def _countries(region: str, at: dt.datetime) -> list[str]:
    scheme, _colon, code = region.partition(":")
    framework = catalogue()
    group = framework.term(scheme, code)
    if group is None:
        return []
    return [term.code for term in framework.members_of(group, on=at.date())]


def _rows(replies: Sequence[Reply], at: dt.datetime) -> tuple[QueueRow, ...]:
    language = languages.current().code
    calls = {
        pk: pick(title, language) or slug
        for pk, slug, title in Call.objects.filter(
            pk__in={reply.call_id for reply in replies}
        ).values_list("pk", "slug", "title")
    }
    open_now = open_counts(ABOUT, [str(reply.pk) for reply in replies], Thread.Audience.values)
    countries = catalogue().scheme("country")
    return tuple(
        _row(
            reply,
            reply.moderation,
            at=at,
            call=calls[reply.call_id],
            country=_label(countries.get(reply.country) if countries else None, reply.country),
            comments=open_now.get(str(reply.pk), 0),
        )
        for reply in replies
    )


def _label(term: object, code: str) -> str:
    return str(term) if term is not None else code


def _row(
    reply: Reply, row: Moderation, *, at: dt.datetime, call: str, country: str, comments: int
) -> QueueRow:
    sent = reply.submitted_at or row.first_submitted_at
    return QueueRow(
        number=reply.pk,
        title=reply.title,
        language=reply.language,
        organisation=reply.organisation_name,
        country=country,
        call=call,
        state=ReplyState(reply.state),
        occasion=Occasion(reply.occasion),
        submitted_at=sent,
        days=max((at - sent).days, 0),
        completeness=row.completeness,
        errors=row.errors,
        warnings=row.warnings,
        hints=row.hints,
        alike=row.alike,
        endorsed=row.endorsed,
        objected=row.objected,
        comments=comments,
        assigned=row.assigned_to.name if row.assigned_to else "",
        publish_at=row.publish_at,
        publish_refused=bool(row.publish_refusal),
        lock=row.lock,
    )
