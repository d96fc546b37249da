"""Whether a call takes a reply from whom it comes: who is asked, and how many each may send.

Asked at the beginning of a reply and again when it is sent, of the rows as they are then: the
person and the organisation are held in this order, after the reply, until all is done.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from stocktaking.accounts.models import Organisation, Person
from stocktaking.calls.models import Call, Reply, ReplyAuthor
from stocktaking.calls.operations.refusals import refused
from stocktaking.calls.queries.bindings import Origin, of_organisation, of_person
from stocktaking.calls.queries.invited import is_invited
from stocktaking.calls.rules.audience import Asker, Audience
from stocktaking.calls.rules.audience import refusal as not_asked
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.rules.quota import refusal as too_many
from stocktaking.calls.states import Occasion, Part, ReplyState

# These count towards a quota; a draft may still become one.
COUNTED = (ReplyState.DRAFT, ReplyState.SUBMITTED, ReplyState.RETURNED, ReplyState.ACCEPTED)


@dataclass(frozen=True)
class Sender:
    """Who is judged: the lead author, and where the reply says it comes from."""

    person: Person | None
    origin: Origin

    @classmethod
    def of(cls, person: Person, organisation: Organisation | None) -> "Sender":
        """Somebody who begins a reply, for an organisation or for oneself."""
        return cls(person, of_organisation(organisation) if organisation else of_person(person))


def require_admission(
    call: Call,
    sender: Sender,
    *,
    counts: bool,
    besides: Reply | None = None,
    states: tuple[ReplyState, ...] = COUNTED,
) -> None:
    """RuleBroken where the call is not for these people, or where (``counts``) one more reply
    of this lead author and organisation is too many.

    Both are held while they are judged, so that two requests at once cannot both be the last
    one, and nobody moves to another country in between.
    """
    audience, quota = (
        Audience.from_json(call.audience),
        Quota(call.per_person, call.per_organisation),
    )
    counts = counts and quota.limits
    if not counts and audience == Audience():
        return
    sender = _held(sender)
    _require_asked(call, audience, sender)
    if counts:
        others = Reply.objects.filter(call=call, occasion=Occasion.NEW, state__in=states)
        _require_room(quota, sender, others.exclude(pk=besides.pk) if besides else others)


def _held(sender: Sender) -> Sender:
    """The same people as the rows are now; held in this order until all is done."""
    person, origin = sender.person, sender.origin
    if person is not None:
        person = Person.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
        if person is None:
            raise refused("account_gone")
        if origin.organisation is None and not origin.name:
            origin = of_person(person)
    if origin.organisation is not None:
        number = origin.organisation.pk
        body = Organisation.objects.select_for_update(no_key=True).get(pk=number)
        origin = of_organisation(body)
    return Sender(person, origin)


def _require_asked(call: Call, audience: Audience, sender: Sender) -> None:
    """What an organisation does not say of itself is taken from the person."""
    origin, own = sender.origin, of_person(sender.person)
    asker = Asker(
        stakeholder=origin.stakeholder or own.stakeholder,
        country=origin.country or own.country,
        invited=audience.invited and sender.person is not None and is_invited(call, sender.person),
        organisation=origin.organisation is not None or bool(origin.name),
    )
    if code := not_asked(audience, asker):
        raise refused(code)


def _require_room(quota: Quota, sender: Sender, others: QuerySet[Reply]) -> None:
    body, by_person, by_body = sender.origin.organisation, 0, 0
    if sender.person is not None and quota.per_person is not None:
        led = others.filter(authors__person=sender.person, authors__part=Part.LEAD)
        by_person = led.count()
    if body is not None and quota.per_organisation is not None:
        by_body = _of(body, others).count()
    if code := too_many(quota, by_person, by_body):
        raise refused(code)


def _of(organisation: Organisation, replies: QuerySet[Reply]) -> QuerySet[Reply]:
    """What counts for an organisation. Anybody may name it in an answer: where it has members,
    a stranger's reply takes no place of theirs."""
    named = replies.filter(organisation=organisation)
    if not organisation.memberships.exists():
        return named
    return named.filter(
        authors__in=ReplyAuthor.objects.filter(
            part=Part.LEAD, person__memberships__organisation=organisation
        )
    )
