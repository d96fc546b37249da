"""What an organiser says of a call and of a letter, as plain values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from stocktaking.calls.rules.audience import Audience
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.states import LetterKind

Texts = Mapping[str, str]  # by language


@dataclass(frozen=True)
class CallValues:
    """``previous`` is the slug of last year's call, ``collection`` that of a collection.

    With ``anywhere`` the call ends when a day has ended in UTC-12: ``closes_at`` is
    ``window.day_ends_anywhere(day)``.
    """

    title: Texts
    opens_at: dt.datetime
    closes_at: dt.datetime
    zone: str = "UTC"
    place: Texts = field(default_factory=dict)
    anywhere: bool = False
    summary: Texts = field(default_factory=dict)
    introduction: Texts = field(default_factory=dict)
    goal: Texts = field(default_factory=dict)
    afterwards: Texts = field(default_factory=dict)
    minutes: int | None = None
    grace_minutes: int = 0
    audience: Audience = field(default_factory=Audience)
    quota: Quota = field(default_factory=Quota)
    collection: str = ""
    previous: str = ""
    confirms: bool = False


@dataclass(frozen=True)
class LetterText:
    subject: str
    body: str  # Markdown with placeholders


@dataclass(frozen=True)
class LetterValues:
    """A reminder goes out ``days_before`` the end of the call; ``groups`` are slugs."""

    texts: Mapping[str, LetterText]
    kind: LetterKind = LetterKind.LETTER
    reference: str = ""
    dated: dt.date | None = None
    signed_by: Texts = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    to_drafts: bool = False
    days_before: int | None = None


def said(texts: Texts) -> dict[str, str]:
    """Texts without the empty ones, blanks at their ends taken off."""
    return {code: text.strip() for code, text in texts.items() if text.strip()}
