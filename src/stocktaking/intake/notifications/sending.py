"""Who is told of what, by which mail."""

import datetime as dt
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from stocktaking.accounts.models import Membership, Person
from stocktaking.accounts.queries import organisations_by_number
from stocktaking.intake.models import Claim, ContactMessage, Suggestion
from stocktaking.intake.notifications import participation as mails
from stocktaking.intake.notifications.participation import address, entry_link, listed, title_of
from stocktaking.intake.queries.contact import Recipient
from stocktaking.intake.rules.places import proposed_term
from stocktaking.intake.states import ClaimKind, SuggestionState
from stocktaking.kernel import languages
from stocktaking.outbox.operations import queue
from stocktaking.reference.queries import catalogue


def answer_suggester(suggestion: Suggestion, at: dt.datetime) -> None:
    """Whoever suggested it is told what came of it, if there is a way to."""
    by = suggestion.by
    to = by.email if by else suggestion.email
    if not to:
        return
    language = by.language if by else suggestion.language
    taken = suggestion.state == SuggestionState.TAKEN
    with translation.override(languages.BY_CODE[language].django):
        outcome = _("The entry was changed.") if taken else _("The entry stays as it is.")
    queue(
        kind=mails.SUGGESTION_ANSWERED,
        to=to,
        to_name=by.name if by else "",
        person_id=by.pk if by else None,
        language=language,
        values={
            "entry": title_of(suggestion.entry_id, language),
            "outcome": outcome,
            "answer": suggestion.answer,
            "link": entry_link(suggestion.entry_id, language),
        },
        about=f"intake.suggestion:{suggestion.pk}",
        once_key=f"intake.suggestion_answered:{suggestion.pk}",
        at=at,
    )


def tell_owners_of_suggestion(suggestion: Suggestion, at: dt.datetime) -> None:
    for person in _members(suggestion.entry.organisation_id):
        _write(
            person,
            mails.SUGGESTION_TO_OWNER,
            {
                "entry": title_of(suggestion.entry_id, person.language),
                "link": address("own_suggestions", language=person.language),
            },
            about=f"intake.suggestion:{suggestion.pk}",
            at=at,
        )


def tell_owners_of_line(suggestion: Suggestion, at: dt.datetime) -> None:
    """That their entry stands under a line now, and why."""
    key = proposed_term(suggestion.place, suggestion.proposed)
    term = catalogue().term(*key) if key else None
    if term is None:
        return
    for person in _members(suggestion.entry.organisation_id):
        _write(
            person,
            mails.LINE_ADDED,
            {
                "entry": title_of(suggestion.entry_id, person.language),
                "line": f"{term.group_code} {term.short_label(person.language)}",
                "remark": suggestion.remark,
                "link": entry_link(suggestion.entry_id, person.language),
            },
            about=f"intake.suggestion:{suggestion.pk}",
            at=at,
        )


def ask_owners_about_claim(claim: Claim, at: dt.datetime) -> None:
    """Owners hear of a claim once, however often its way is changed."""
    if claim.kind == ClaimKind.TRANSFER:
        return
    for person in _members(claim.organisation_id, owners=True):
        _write(
            person,
            mails.CLAIM_TO_DECIDE,
            {
                "person": _called(claim.person),
                "organisation": _organisation(claim, person.language),
                "link": address("claim", claim.pk, language=person.language),
            },
            about=f"intake.claim:{claim.pk}",
            at=at,
        )


def tell_of_granted_claim(claim: Claim, at: dt.datetime) -> None:
    """The claimant, and everybody who acted for the organisation before."""
    about = f"intake.claim:{claim.pk}"
    person = claim.person
    page = address("organisation", claim.organisation_id, "", language=person.language)
    values = {
        "organisation": _organisation(claim, person.language),
        "answer": claim.answer,
        "link": page,
    }
    _write(person, mails.CLAIM_GRANTED, values, about=about, at=at)
    if claim.kind == ClaimKind.TRANSFER:
        return
    for other in _members(claim.organisation_id):
        if other.pk == person.pk:
            continue
        _write(
            other,
            mails.CLAIM_GRANTED_TO_OTHERS,
            {
                "person": _called(person),
                "organisation": _organisation(claim, other.language),
                "link": address("organisation", claim.organisation_id, "", language=other.language),
            },
            about=about,
            at=at,
        )


def tell_of_ended_claim(claim: Claim, kind: str, at: dt.datetime) -> None:
    """Declined with a reason, or over because nobody answered."""
    person = claim.person
    values = {
        "organisation": _organisation(claim, person.language),
        "link": address("claim", claim.pk, language=person.language),
    }
    if kind == mails.CLAIM_DECLINED:
        values["answer"] = claim.answer
    _write(person, kind, values, about=f"intake.claim:{claim.pk}", at=at)


def pass_on(message: ContactMessage, recipients: Sequence[Recipient], at: dt.datetime) -> None:
    """The message itself. The sender's address goes along only where the sender wants it."""
    name = message.by.name if message.by else message.name
    back = (message.by.email if message.by else message.email) if message.may_reply else ""
    for number, one in enumerate(recipients):
        with translation.override(languages.BY_CODE[one.language].django):
            reply = (
                _("An answer to this mail goes to the sender, who then sees your address.")
                if back
                else _("The sender did not leave an address for answers.")
            )
            # an address is no name: it is shown only where it may be
            sender = name or back or _("Visitor")
        queue(
            kind=mails.CONTACT,
            to=one.address,
            to_name=one.name,
            person_id=one.person.pk if one.person else None,
            language=one.language,
            values={
                "entry": title_of(message.entry_id, one.language),
                "sender": sender,
                "subject": message.subject,
                "text": message.text,
                "reply": reply,
                "link": entry_link(message.entry_id, one.language),
            },
            reply_to=back,
            about=f"intake.contactmessage:{message.pk}",
            once_key=f"intake.contact:{message.pk}:{number}",
            at=at,
        )


def ask_whether_correct(
    person: Person, secrets: Sequence[tuple[int, str]], expires: dt.datetime, at: dt.datetime
) -> None:
    """One mail with a link for each entry."""
    language = person.language
    bodies = organisations_by_number(person.memberships.values_list("organisation_id", flat=True))
    lines = [
        f"{' '.join(title_of(number, language).split())}\n"
        f"{address('confirm_entry', secret, language=language)}"
        for number, secret in secrets
    ]
    _write(
        person,
        mails.CONFIRMATION,
        {
            "organisations": listed([body.label(language) for body in bodies.values()], language),
            "entries": "\n\n".join(lines),
            "until": expires.date().isoformat(),
        },
        about=f"accounts.person:{person.pk}",
        at=at,
    )


def _write(
    person: Person, kind: str, values: dict[str, str], *, about: str, at: dt.datetime
) -> None:
    queue(
        kind=kind,
        to=person.email,
        to_name=person.name,
        person_id=person.pk,
        language=person.language,
        values=values,
        about=about,
        once_key=None if kind == mails.CONFIRMATION else f"{kind}:{about}:{person.pk}",
        at=at,
    )


def _members(organisation: int | None, *, owners: bool = False) -> list[Person]:
    rows = Membership.objects.filter(organisation=organisation, person__is_active=True)
    if owners:
        rows = rows.filter(standing=Membership.Standing.OWNER)
    return [row.person for row in rows.select_related("person").order_by("id")]


def _organisation(claim: Claim, language: str) -> str:
    return claim.organisation.names.get(language) or claim.organisation.name


def _called(person: Person) -> str:
    """A name; the address where somebody has given none."""
    return person.name or person.email
