"""The mail as a server gets it, from the row of a message."""

from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from stocktaking.kernel import languages
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations.composing import stop_of
from stocktaking.outbox.registry import KINDS
from stocktaking.outbox.rules.document import document
from stocktaking.outbox.rules.identity import message_id
from stocktaking.outbox.states import Category


def envelope(message: Message) -> EmailMultiAlternatives:
    """Both forms of the text, and headers that say: a machine wrote, and how to stop it."""
    headers = {
        "Message-ID": message_id(message.id, host()),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    category = Category(message.category)
    if category is not Category.ACCOUNT:
        stop = stop_of(
            KINDS.get(message.kind),
            category,
            to=message.to,
            about=message.about,
            language=message.language,
        )
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=_literal(message.subject),
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[formataddr((_literal(message.to_name), message.to))],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
    )
    if message.html:
        whole = document(
            content=message.html,
            subject=message.subject,
            language=message.language,
            direction=languages.direction_of(message.language),
        )
        mail.attach_alternative(whole, "text/html")
    return mail


def _literal(words: str) -> str:
    """Words that look like an encoded word (RFC 2047) would be decoded by whoever reads the
    header, line breaks included: a space of no width keeps them what they are."""
    return words.replace("=?", "=\u200b?")


def host() -> str:
    """The site's own name, on the right of every Message-ID."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"
