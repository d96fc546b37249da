"""Letters: who gets one, and what is filled in for each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from stocktaking.accounts.models import Membership, Person
from stocktaking.calls.models import Call, Letter, Recipient, RecipientGroup, ReplyAuthor
from stocktaking.calls.queries.deadline import day, tell
from stocktaking.calls.queries.groups import accounts_of, consenting, refused_reminders
from stocktaking.calls.queries.windows import window_of
from stocktaking.calls.rules.audience import GroupRule
from stocktaking.calls.rules.letters import language_for
from stocktaking.calls.states import WRITABLE, LetterKind
from stocktaking.kernel import languages
from stocktaking.reference.queries.catalogue import pick


@dataclass(frozen=True)
class Reader:
    """Who gets a letter. ``takes_part``: an owner of entries, an author of a draft; others are
    written to as by any newsletter, and only with their consent if they have an account."""

    email: str
    name: str = ""
    organisation: str = ""
    language: str = languages.DEFAULT
    person_id: int | None = None
    takes_part: bool = False


def readers_of(letter: Letter) -> list[Reader]:
    """Everybody once, by address: a letter that was broken off goes on after the last one."""
    groups = list(letter.groups.order_by("pk"))
    found = list(_of_groups(groups))
    if letter.to_drafts:
        found += writers(letter.call)
    if letter.kind == LetterKind.REMINDER:
        unwilling = refused_reminders([one.person_id for one in found if one.person_id])
        found = [one for one in found if one.person_id not in unwilling]
    return once_each(found)


def readers_of_call(call: Call) -> list[Reader]:
    """Whoever got a letter of the call or has a reply in hand."""
    groups = RecipientGroup.objects.filter(
        letters__call=call, letters__sent_at__isnull=False
    ).distinct()
    return once_each([*_of_groups(list(groups.order_by("pk"))), *writers(call)])


def readers_of_group(group: RecipientGroup) -> list[Reader]:
    return once_each(list(_of_groups([group])))


def writers(call: Call) -> Iterator[Reader]:
    """The authors of replies that are not sent yet. One SQL query."""
    authors = ReplyAuthor.objects.filter(
        reply__call=call, reply__state__in=[state.value for state in WRITABLE]
    ).select_related("person", "reply")
    for author in authors:
        yield _reader(author.person, author.reply.organisation_name, takes_part=True)


def once_each(readers: list[Reader]) -> list[Reader]:
    """By address; who takes part and has an account counts before who is only listed."""
    best: dict[str, Reader] = {}
    for reader in readers:
        key = reader.email.lower()
        if key not in best or _weight(reader) > _weight(best[key]):
            best[key] = reader
    return [best[key] for key in sorted(best)]


def values_for(letter: Letter, reader: Reader, *, language: str, at: dt.datetime) -> dict[str, str]:
    """What is filled into a letter that is written in ``language``."""
    call = letter.call
    code = language if language in languages.BY_CODE else languages.DEFAULT
    with translation.override(languages.BY_CODE[code].django):
        return {
            "name": reader.name or _("colleague"),
            "organisation": reader.organisation,
            "call": pick(call.title, language),
            "deadline": str(tell(call.closes_at, call, code)),
            "days_left": str(window_of(call).days_left(at)),
            "link": address_of(call, code),
            "reference": letter.reference,
            "date": day(letter.dated or at.date()),
            "signature": pick(letter.signed_by, language),
        }


def address_of(call: Call, language: str) -> str:
    """The page of a call, in a language."""
    code = language if language in languages.BY_CODE else languages.DEFAULT
    with translation.override(languages.BY_CODE[code].django):
        return settings.BASE_URL + reverse("call", args=[call.slug])


def written_in(letter: Letter, wanted: str) -> str:
    """The language in which a reader gets it; ValueError where it is not written at all."""
    return language_for(wanted, [text.language for text in letter.texts.all()])


def _of_groups(groups: list[RecipientGroup]) -> Iterator[Reader]:
    for row in Recipient.objects.filter(group__in=groups).order_by("pk").iterator():
        yield Reader(row.email, row.name, row.organisation, row.language)
    for group in groups:
        rule = GroupRule.from_json(group.rule)
        if rule.finds_nobody:
            continue
        # owners are asked about what is theirs; all others only if they wish
        found = accounts_of(rule)
        people = found if rule.owners else consenting(found)
        named = _organisations(people)
        for person in people.iterator():
            yield _reader(person, named.get(person.pk, ""), takes_part=rule.owners)


def _organisations(people: QuerySet[Person]) -> dict[int, str]:
    """For whom each of them acts; of several, the one they joined first. One SQL query."""
    held = Membership.objects.filter(person__in=people.order_by().values("pk"))
    pairs = held.order_by("-pk").values_list("person", "organisation__name")
    return dict(pairs)


def _reader(person: Person, organisation: str, *, takes_part: bool) -> Reader:
    return Reader(person.email, person.name, organisation, person.language, person.pk, takes_part)


def _weight(reader: Reader) -> tuple[bool, bool]:
    return reader.takes_part, reader.person_id is not None
