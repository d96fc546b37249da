"""What a mail server reports when a mail comes back (RFC 3464): which mail, and for good or not."""

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage

_STATUS = re.compile(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.MULTILINE | re.IGNORECASE)
_SAID = re.compile(r"^Diagnostic-Code:\s*(.+(?:\n[ \t].+)*)", re.MULTILINE | re.IGNORECASE)
_IDENTITY = re.compile(r"^Message-ID:\s*(<[^<>\s]+>)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Report:
    message_id: str
    hard: bool
    detail: str


def read_report(content: bytes) -> Report | None:
    """The report in a mail, or None where there is none or it names no mail."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    status, said, identity = "", "", ""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            text = _text(part)
            status = status or _first(_STATUS, text)
            said = said or " ".join(_first(_SAID, text).split())
        elif kind in ("message/rfc822", "text/rfc822-headers"):
            identity = identity or _first(_IDENTITY, _text(part))
    if not status or not identity:
        return None
    return Report(identity, status.startswith("5"), f"{status} {said}".strip())


def _text(part: EmailMessage) -> str:
    """The part as it stands, also where the parser made mails of it."""
    whole = part.as_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    return whole.partition("\n\n")[2]  # without the part's own headers


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group(1) if found else ""
