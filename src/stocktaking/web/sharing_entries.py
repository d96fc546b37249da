"""What the page of an entry, and a list of entries, offer to who takes them along."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from stocktaking.entries.queries import EntryPage
from stocktaking.entries.states import EntryState
from stocktaking.search.rules.parameters import Asked
from stocktaking.web.cards.contents import shortened
from stocktaking.web.formats.citations import MOST, NAMES
from stocktaking.web.sharing import Share, Taken, framed, share_of

DESCRIBED = 200  # letters of a summary


@dataclass(frozen=True)
class Social:
    """What other sites show beside a link to the page."""

    title: str
    description: str
    image: str
    kind: str = "article"


def shared(page: EntryPage, address: str) -> dict[str, object]:
    """The context of an entry's page: references, and what to share it by where it is public."""
    card = page.card
    named = [
        Taken(name, reverse("entry_cite", args=[card.number, card.slug, form]))
        for form, name in NAMES.items()
    ]
    if card.state != EntryState.PUBLISHED:
        return {}
    card_url = reverse("entry_card", args=[card.number])
    return {
        "references": named,
        "share": _of_entry(page, address),
        "social": Social(
            title=card.title.text,
            description=shortened(card.summary.text, DESCRIBED),
            # a new version, a new card: who shows it asks again
            image=f"{card_url}?{urlencode({'v': page.version})}",
        ),
    }


def share_of_list(question: Asked, total: int, heading: str) -> Share:
    """The list of a question: its address, frame, feed, and references where it is short."""
    plain = question.on_page(1).in_view("list")
    path = plain.address(reverse("explore"))
    cites = tuple(
        (name, plain.address(reverse("entries_cite", args=[form]))) for form, name in NAMES.items()
    )
    return share_of(
        path,
        title=_("Stocktaking: %(heading)s") % {"heading": heading},
        embed=framed(path),
        svg=plain.address(reverse("list_badge")),
        feed=plain.address(reverse("entries_list", args=["atom"])),
        cites=cites if total <= MOST else (),
    )


def _of_entry(page: EntryPage, address: str) -> Share:
    return share_of(
        reverse("permalink", args=[page.card.number]),
        title=page.card.title.text,
        embed=framed(address),
        svg=reverse("entry_badge", args=[page.card.number]),
    )
