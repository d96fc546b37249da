"""What the answer of a mail server means for a message."""

import re

from stocktaking.outbox.states import Outcome

_ENHANCED = re.compile(r"\s*5\.(\d{1,3})\.(\d{1,3})\b")
# RFC 3463: the mailbox or its domain is none (5.1.x), or is closed (5.2.1)
_OF_THE_ADDRESS = {("1", detail) for detail in ("0", "1", "2", "3", "4", "6", "10")} | {("2", "1")}
_NO_SUCH_MAILBOX = frozenset({550, 551, 553})


def judge(code: int, text: str, *, about_address: bool) -> Outcome:
    """A server said ``code`` and ``text``: to the recipient's address, or to the mail itself.

    Only what says that the mailbox does not exist counts against the address. A 5xx about the
    mail, such as a policy against it, is for ever as well, but may be put right by people.
    """
    if not 500 <= code < 600:
        return Outcome.LATER
    enhanced = _ENHANCED.match(text)
    if enhanced:
        return Outcome.BOUNCED if enhanced.groups() in _OF_THE_ADDRESS else Outcome.REFUSED
    bounced = about_address and code in _NO_SUCH_MAILBOX
    return Outcome.BOUNCED if bounced else Outcome.REFUSED
