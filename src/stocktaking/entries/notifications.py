"""Mails about collections."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Person
from stocktaking.entries.models import CollectionInvitation
from stocktaking.entries.queries.values import values_of
from stocktaking.entries.states import InvitationState
from stocktaking.kernel import languages
from stocktaking.outbox.operations import queue
from stocktaking.outbox.registry import MailKind
from stocktaking.outbox.states import Category
from stocktaking.reference.queries.catalogue import pick

INVITED = "entries.collection_invitation"
ANSWERED = "entries.collection_answer"

KINDS: tuple[MailKind, ...] = (
    MailKind(
        name=INVITED,
        category=Category.PROCESS,
        label=_("Invitation of an entry into a collection"),
        subject=_("May “{entry}” join the collection {collection}?"),
        body=_(
            "The curators of the collection {collection} would like to show {entry} in it.\n\n"
            "{message}\n\n[Say yes or no]({link})\n\nThe link works without signing in. If you do"
            " nothing, nothing changes."
        ),
        placeholders={
            "entry": _("Village network"),
            "collection": _("Healthy ageing"),
            "message": _("It is used by many people over sixty."),
            "link": "https://example.org/en/invitations/x/",
        },
    ),
    MailKind(
        name=ANSWERED,
        category=Category.PROCESS,
        label=_("Answer to an invitation into a collection, to the curator"),
        subject=_("“{entry}”: {answer}"),
        body=_("Your invitation into {collection} was answered: {answer}\n\n[Open it]({link})"),
        placeholders={
            "entry": _("Village network"),
            "collection": _("Healthy ageing"),
            "answer": _("It joins the collection."),
            "link": "https://example.org/en/collections/healthy-ageing/curate/",
        },
    ),
)


def ask_owners(*, invitation: CollectionInvitation, token: str, at: dt.datetime) -> None:
    """Everybody who acts for the entry gets the link; the first answer counts."""
    rows = Person.objects.filter(
        memberships__organisation=invitation.entry.organisation_id, is_active=True
    )
    for person in rows.order_by("pk"):
        _write(
            person,
            INVITED,
            {
                **_about(invitation, person.language),
                "message": invitation.message,
                "link": _address("collection_invitation", token, language=person.language),
            },
            invitation,
            at,
        )


def tell_curator(*, invitation: CollectionInvitation, at: dt.datetime) -> None:
    person = invitation.invited_by
    if person is None or not person.is_active:
        return
    with translation.override(languages.BY_CODE[person.language].django):
        joined = invitation.state == InvitationState.ACCEPTED
        answer = gettext("It joins the collection.") if joined else gettext("It does not join.")
    link = _address("collection_curate", invitation.collection.slug, language=person.language)
    values = {**_about(invitation, person.language), "answer": answer, "link": link}
    _write(person, ANSWERED, values, invitation, at)


def _write(
    person: Person,
    kind: str,
    values: dict[str, str],
    invitation: CollectionInvitation,
    at: dt.datetime,
) -> None:
    queue(
        kind=kind,
        to=person.email,
        to_name=person.name,
        person_id=person.pk,
        language=person.language,
        values=values,
        about=f"entries.entry:{invitation.entry_id}",
        once_key=f"{kind}:{invitation.pk}:{person.pk}",
        at=at,
    )


def _about(invitation: CollectionInvitation, language: str) -> dict[str, str]:
    values = values_of(invitation.entry_id)
    texts = {text.language: text.title for text in values.texts}
    return {
        "entry": texts.get(language) or values.original().title,
        "collection": pick(invitation.collection.title, language),
    }


def _address(name: str, *parts: object, language: str) -> str:
    """The whole address of a page, in the language of whoever gets the mail."""
    with translation.override(languages.BY_CODE[language].django):
        return settings.BASE_URL + reverse(name, args=parts)
