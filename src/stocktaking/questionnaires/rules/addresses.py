"""Whether an address of the web or of e-mail has an acceptable form."""

import re
from urllib.parse import urlsplit

from stocktaking.questionnaires.rules.shapes import has_control

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_EMAIL = re.compile(
    rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@{_LABEL}(?:\.{_LABEL})+"
)
EMAIL_MAX = 254


def is_email(stated: str) -> bool:
    """Whether mail could be sent there: one address, nothing else."""
    local = stated.rpartition("@")[0]
    return len(stated) <= EMAIL_MAX and len(local) <= 64 and bool(_EMAIL.fullmatch(stated))


def is_web_address(stated: str) -> bool:
    """Whether it is a whole address beginning with http or https, without a name or password."""
    try:
        parts = urlsplit(stated)
        _ = parts.port  # a ValueError where it is no number
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and "@" not in parts.netloc
        and not any(letter.isspace() for letter in stated)
        and not has_control(stated, "")
    )
