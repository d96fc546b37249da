"""The signed links below a mail, which stop one thing that is followed, or all of it."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken

_SALT = "follow.stop"
ONE, ALL = "s", "f"


@dataclass(frozen=True)
class Stop:
    """``number`` is that of a subscription, or of a follower where ``everything`` stops."""

    number: int
    everything: bool


def stop_token(*, subscription: int | None = None, follower: int | None = None) -> str:
    """The token for one of both; it never ends, for mails are kept."""
    what = f"{ONE}{subscription}" if follower is None else f"{ALL}{follower}"
    return Signer(salt=_SALT, sep=".").sign(what)


def read_stop(token: str) -> Stop:
    """What a token stops; RuleBroken ``token_unknown`` for one that is not ours."""
    try:
        what = Signer(salt=_SALT, sep=".").unsign(token)
        return Stop(int(what[1:]), what[0] == ALL)
    except (BadSignature, ValueError, IndexError) as error:
        raise RuleBroken(
            "token_unknown", _("This link is not whole. Open it again from the mail.")
        ) from error
