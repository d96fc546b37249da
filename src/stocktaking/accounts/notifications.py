"""Mails about accounts and organisations."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Invitation, Person
from stocktaking.accounts.rules.names import sent_by
from stocktaking.kernel import languages
from stocktaking.outbox.operations import queue
from stocktaking.outbox.registry import MailKind
from stocktaking.outbox.states import Category

INVITATION = "accounts.invitation"
LINKED = "accounts.identity_linked"
MERGED = "accounts.people_merged"

KINDS: tuple[MailKind, ...] = (
    MailKind(
        name=INVITATION,
        category=Category.PROCESS,
        label=_("Invitation to act for an organisation"),
        subject=_("{organisation}: you are invited to edit its entries"),
        body=_(
            "{inviter} invites you to act for {organisation} in the register.\n\n"
            "[See the invitation]({link})\n\n"
            "The link works until {until}. If you do not know what this is about, do nothing."
        ),
        placeholders={
            "inviter": "Ada Lovelace",
            "organisation": _("Ministry of Health"),
            "link": "https://example.org/account/invitations/by-link/x/",
            "until": "2026-03-16",
        },
    ),
    MailKind(
        name=LINKED,
        category=Category.ACCOUNT,
        label=_("Another way to sign in was linked"),
        subject=_("You can sign in with {provider} now"),
        body=_(
            "A sign-in with {provider} was linked to your account.\n\n"
            "If it was not you, [remove it]({link}) and sign out on all devices."
        ),
        placeholders={
            "provider": "Example ID",
            "link": "https://example.org/account/identities/",
        },
    ),
    MailKind(
        name=MERGED,
        category=Category.ACCOUNT,
        label=_("Two accounts were made one"),
        subject=_("Your two accounts are one now"),
        body=_(
            "The secretariat has merged your accounts. The one with the address {kept} stays,"
            " and holds what both held. You can sign in with either address.\n\n"
            "[Open your account]({link})"
        ),
        placeholders={
            "kept": "ada@example.org",
            "link": "https://example.org/account/",
        },
    ),
)


def send_invitation(*, invitation: Invitation, token: str, language: str, at: dt.datetime) -> None:
    """The link, in the language of the account where there is one, else of who invites."""
    account = Person.objects.filter(email__iexact=invitation.email).first()
    language = account.language if account else language
    by = invitation.invited_by
    queue(
        kind=INVITATION,
        to=invitation.email,
        person_id=account.pk if account else None,
        language=language,
        values={
            "inviter": (by.name or by.email) if by else "",
            "organisation": invitation.organisation.name,
            "link": address("account_invitation", token, language=language),
            "until": invitation.expires_at.date().isoformat(),
        },
        about=sent_by(by.pk) if by else "",
        at=at,
    )


def tell_linked(*, person: Person, provider: str, at: dt.datetime) -> None:
    queue(
        kind=LINKED,
        to=person.email,
        to_name=person.name,
        person_id=person.pk,
        language=person.language,
        values={
            "provider": provider,
            "link": address("account_identities", language=person.language),
        },
        at=at,
    )


def tell_merged(*, kept: Person, other: str, at: dt.datetime) -> None:
    """Both addresses are told: whoever reads the other one must learn of it."""
    for to in (kept.email, other):
        queue(
            kind=MERGED,
            to=to,
            to_name=kept.name,
            person_id=kept.pk,
            language=kept.language,
            values={"kept": kept.email, "link": address("account", language=kept.language)},
            at=at,
        )


def address(name: str, *parts: object, language: str) -> str:
    """The whole address of a page, in a language."""
    with translation.override(languages.BY_CODE[language].django):
        return settings.BASE_URL + reverse(name, args=parts)
