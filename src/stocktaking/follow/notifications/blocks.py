"""The parts of a digest as Markdown with places. No value is ever read as markup: titles and
names stand in places, and are put in after the text has been parsed."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stocktaking.entries.queries import EntryCard
from stocktaking.follow.models import Subscription
from stocktaking.follow.notifications.kinds import address, stop_one
from stocktaking.follow.queries.news import EntryNews, SearchNews
from stocktaking.follow.states import Turn
from stocktaking.kernel import languages
from stocktaking.outbox.operations import Inset

ITEMS = 24  # entries in one mail, so that its HTML stays short
COUNTRIES = 3
TITLE_MAX = 160


class Blocks:
    """Collects the blocks of one mail; words in the language that is active."""

    def __init__(self, language: str, *, parts: int) -> None:
        self.language = language
        self.each = max(1, ITEMS // max(1, parts))
        self._blocks: list[str] = []
        self._values: dict[str, str] = {}

    def inset(self, place: str) -> Inset:
        return Inset(place, "\n\n".join(self._blocks), self._values)

    def say(self, words: str) -> None:
        self._blocks.append(self._place(words))

    def search(self, row: Subscription, news: SearchNews, *, example: bool = False) -> None:
        """The newest entries of a search, how many more there are, and the two ways on."""
        self._blocks.append(f"## {self._place(row.name)}")
        if not example:
            lead = ngettext(
                "%(count)s new entry fits this search.",
                "%(count)s new entries fit this search.",
                news.total,
            )
            self.say(lead % {"count": _figure(news.total)})
        shown = news.cards[: self.each]
        items = [
            self._item(self._link(_short(card), _entry(card.number, row.language)), _told_of(card))
            for card in shown
        ]
        if items:
            self._blocks.append("\n".join(items))
        ways = [
            self._link(_all_words(news.total - len(shown)), _explore(row)),
            self._link(_("Stop following this search"), stop_one(row.pk, self.language)),
        ]
        self._blocks.append(" · ".join(ways))

    def entries(self, found: Sequence[tuple[Subscription, EntryNews]]) -> None:
        """What became of single entries, one item each."""
        if not found:
            return
        self._blocks.append(f"## {self._place(_('Entries that you follow'))}")
        self._blocks.append("\n".join(self._turned(row, news) for row, news in found))

    def _turned(self, row: Subscription, news: EntryNews) -> str:
        title = _short(news.card) if news.card else str(row.entry_id)
        number = news.card.number if news.card else row.entry_id or 0
        lines = [_turn_words(news)]
        head = self._link(title, _entry(number, row.language))
        ways = []
        if news.turn is Turn.MERGED and news.into is not None:
            ways.append(self._link(_short(news.into), _entry(news.into.number, row.language)))
        elif news.turn is Turn.CHANGED and news.card is not None:
            ways.append(self._link(_("See what changed"), _difference(news.card, row, news)))
        ways.append(self._link(_("Stop following this entry"), stop_one(row.pk, self.language)))
        places = [self._place(line) for line in lines]
        return "- " + "\\\n  ".join([head, *places, " · ".join(ways)])

    def _item(self, head: str, note: str) -> str:
        return "- " + "\\\n  ".join([head, *([self._place(note)] if note else [])])

    def _link(self, words: str, url: str) -> str:
        return f"[{self._place(words)}]({self._place(url)})"

    def _place(self, value: str) -> str:
        name = f"x{len(self._values)}"
        self._values[name] = value
        return "{" + name + "}"


def _turn_words(news: EntryNews) -> str:
    if news.turn is Turn.MERGED:
        return _("It was merged with another entry, which you follow from now on:")
    if news.turn is Turn.WITHDRAWN:
        return _("It was withdrawn: %(reason)s") % {"reason": news.reason}
    if news.turn is Turn.BACK:
        return _("It was withdrawn, and is published again.")
    names = pgettext("between the names of a list", ", ").join(news.parts)
    if news.more_parts:
        return ngettext(
            "Changed: %(parts)s and %(count)d more",
            "Changed: %(parts)s and %(count)d more",
            news.more_parts,
        ) % {"parts": names, "count": news.more_parts}
    return _("Changed: %(parts)s") % {"parts": names}


def _all_words(more: int) -> str:
    if more <= 0:
        return _("See all that fit")
    return ngettext(
        "See %(count)s more, and all that fit", "See %(count)s more, and all that fit", more
    ) % {"count": _figure(more)}


def _told_of(card: EntryCard) -> str:
    """Whose it is and where: what a row of a list says below the title."""
    countries = [mark.term.short_label(card_language()) for mark in card.of("country")]
    shown = countries[:COUNTRIES]
    where = pgettext("between the names of a list", ", ").join(shown)
    if more := len(countries) - len(shown):
        where = ngettext("%(places)s and %(count)d more", "%(places)s and %(count)d more", more) % {
            "places": where,
            "count": more,
        }
    elif not countries and card.worldwide:
        where = _("Worldwide")
    owner = card.organisation
    who = owner.name if owner and not owner.unknown else ""
    return " · ".join(filter(None, [who, where]))


def card_language() -> str:
    return languages.current().code


def _short(card: EntryCard) -> str:
    title = str(card.title)
    return title if len(title) <= TITLE_MAX else title[: TITLE_MAX - 1].rstrip() + "…"


def _entry(number: int, language: str) -> str:
    """By its number alone, which never changes; the page adds its words."""
    return f"{settings.BASE_URL}/{language}/entries/{number}/"


def _explore(row: Subscription) -> str:
    return f"{address('explore', language=row.language)}?{row.query}"


def _difference(card: EntryCard, row: Subscription, news: EntryNews) -> str:
    with translation.override(languages.BY_CODE[row.language].django):
        page = reverse("entry_history", args=[card.number, card.slug])
    return f"{settings.BASE_URL}{page}?from={row.seen_version}&to={news.version}"


def _figure(number: int) -> str:
    return formats.number_format(number, force_grouping=True)
