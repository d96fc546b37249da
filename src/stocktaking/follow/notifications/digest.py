"""One mail for all that is new: its words, and putting it in the queue."""

import datetime as dt
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.follow.models import Follower, Subscription
from stocktaking.follow.notifications.blocks import Blocks
from stocktaking.follow.notifications.kinds import DIGEST, about, address
from stocktaking.follow.queries.news import (
    EntryNews,
    News,
    SearchNews,
    latest,
    news_of,
    recent_since,
)
from stocktaking.follow.states import Kind, State
from stocktaking.kernel import languages
from stocktaking.outbox.models import Message
from stocktaking.outbox.operations import Composed, compose, queue
from stocktaking.outbox.registry import KINDS as REGISTERED

Telling = Sequence[tuple[Subscription, News | None]]


def told_anything(found: Telling) -> list[tuple[Subscription, News]]:
    """Those of which there is something to tell."""
    return [(row, news) for row, news in found if news is not None and _is_news(news)]


def tell(follower: Follower, found: Telling, *, at: dt.datetime) -> Message | None:
    """Queue the mail in the transaction in which the marks move; None where nothing is new."""
    if not (new := told_anything(found)):
        return None
    language = spoken(follower)
    with translation.override(languages.BY_CODE[language].django):
        blocks, summary = _blocks(new, language), _summary(new)
    return _queued(follower, blocks, summary, once=f"{follower.digests + 1}", at=at)


def try_out(follower: Follower, *, at: dt.datetime) -> Message:
    """The mail as it would be now, to whom it belongs; nothing counts as told by it."""
    blocks, summary = _sample(follower, at=at)
    return _queued(follower, blocks, summary, once=None, at=at)


def composed(follower: Follower, *, at: dt.datetime) -> Composed:
    """The same, to be looked at on a page."""
    blocks, summary = _sample(follower, at=at)
    language = spoken(follower)
    return compose(
        REGISTERED[DIGEST],
        language=language,
        values=_values(summary, language),
        to=follower.person.email,
        about=about(follower.pk),
        inset=blocks.inset("digest"),
    )


def news_now(
    rows: Sequence[Subscription], *, at: dt.datetime, language: str
) -> list[tuple[Subscription, News | None]]:
    """What is new in each; names of parts in the language of the mail."""
    if not rows:
        return []
    recent = recent_since(min(row.since for row in rows), at=at)
    with translation.override(languages.BY_CODE[language].django):
        return [(row, news_of(row, recent, row.language)) for row in rows]


def spoken(follower: Follower) -> str:
    language = follower.person.language
    return language if language in languages.BY_CODE else languages.DEFAULT


def _sample(follower: Follower, *, at: dt.datetime) -> tuple[Blocks, str]:
    rows = list(
        Subscription.objects.filter(follower=follower, state=State.ACTIVE).order_by(
            "-kind", "name", "id"
        )
    )
    for row in rows:
        row.follower = follower
    language = spoken(follower)
    new = told_anything(news_now(rows, at=at, language=language))
    with translation.override(languages.BY_CODE[language].django):
        if new:
            note = _("This is a look at your next mail. What it names is told again in it.")
            return _blocks(new, language, note=note), _summary(new)
        example = told_anything(
            [(row, latest(row, row.language)) for row in rows if row.kind == Kind.SEARCH]
        )
        note = _("Nothing is new. This is how a mail looks, with entries that you may know.")
        return _blocks(example, language, note=note, example=True), _("News of what you follow")


def _blocks(
    new: list[tuple[Subscription, News]],
    language: str,
    *,
    note: str = "",
    example: bool = False,
) -> Blocks:
    blocks = Blocks(language, parts=len(new))
    if note:
        blocks.say(note)
    for row, news in new:
        if isinstance(news, SearchNews):
            blocks.search(row, news, example=example)
    blocks.entries([(row, news) for row, news in new if isinstance(news, EntryNews)])
    return blocks


def _summary(new: list[tuple[Subscription, News]]) -> str:
    row, news = new[0]
    if len(new) > 1:
        card = news.card if isinstance(news, EntryNews) else None
        name = row.name or (str(card.title) if card else "")
        return _("News of what you follow: %(name)s, and more") % {"name": name}
    if isinstance(news, SearchNews):
        return ngettext(
            "%(count)d new entry: %(name)s", "%(count)d new entries: %(name)s", news.total
        ) % {"count": news.total, "name": row.name}
    title = str(news.card.title) if news.card else str(row.entry_id)
    return _("News of an entry that you follow: %(title)s") % {"title": title}


def _queued(
    follower: Follower, blocks: Blocks, summary: str, *, once: str | None, at: dt.datetime
) -> Message:
    person, language = follower.person, spoken(follower)
    return queue(
        kind=DIGEST,
        to=person.email,
        to_name=person.name,
        person_id=person.pk,
        language=language,
        values=_values(summary, language),
        inset=blocks.inset("digest"),
        about=about(follower.pk),
        once_key=None if once is None else f"{DIGEST}:{follower.pk}:{once}",
        at=at,
    )


def _values(summary: str, language: str) -> dict[str, str]:
    return {"summary": summary, "link": address("following", language=language)}


def _is_news(news: News) -> bool:
    return bool(news.total) if isinstance(news, SearchNews) else news.turn is not None
