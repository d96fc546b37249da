"""The kind of mail, with the words that are shipped, and how its reader makes an end of it."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from stocktaking.follow.operations.links import stop_token
from stocktaking.kernel import languages
from stocktaking.outbox.registry import MailKind
from stocktaking.outbox.states import Category

DIGEST = "follow.digest"
_ABOUT = "follow.follower:"


def about(follower_id: int) -> str:
    """What a digest is about: from it the link below it is made."""
    return f"{_ABOUT}{follower_id}"


def stop_all(told: str, language: str) -> str:
    """Where the reader of a digest stops all of them."""
    return address("follow_stop", stop_token(follower=int(told.removeprefix(_ABOUT))), language)


def stop_one(subscription_id: int, language: str) -> str:
    return address("follow_stop", stop_token(subscription=subscription_id), language)


def address(name: str, part: object = None, language: str = languages.DEFAULT) -> str:
    """The whole address of a page, in a language."""
    with translation.override(languages.BY_CODE[language].django):
        return settings.BASE_URL + reverse(name, args=[] if part is None else [part])


KINDS: tuple[MailKind, ...] = (
    MailKind(
        name=DIGEST,
        category=Category.PROCESS,
        label=_("News of what somebody follows"),
        subject="{summary}",
        body=_("{digest}\n\n[Choose what you follow, and how often you are told]({link})"),
        placeholders={
            "summary": _("3 new entries: Health in Africa"),
            "digest": _("Village network\nMinistry of Health, Kenya"),
            "link": "https://example.org/en/account/following/",
        },
        stop=stop_all,
        foot=_("You follow this in the register. [Stop all of these mails]({stop})"),
    ),
)
