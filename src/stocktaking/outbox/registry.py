"""The kinds of mail there are: apps above register theirs, with the words that are shipped.

    registry.register(MailKind(
        name="calls.received",
        category=Category.PROCESS,
        label=_("A reply has arrived"),
        subject=_("Your reply to “{call}” has arrived"),
        body=_("It has the number {number}.\\n\\n[Open your reply]({link})"),
        placeholders={"call": _("Yearly call"), "number": "12", "link": "https://example.org/r/1"},
    ))

``body`` is Markdown. A placeholder has an example, for the preview and for test mails; where the
example is a web address, the placeholder is a link. Values are never read as markup.

A kind that its readers asked for by themselves has an end of its own: ``stop`` gives its address
from what a mail is about and the reader's language, ``foot`` the words that lead there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.outbox.rules.placeholders import is_address
from stocktaking.outbox.states import Category

Words = str | Promise
Stop = Callable[[str, str], str]

# Mails whose words come from elsewhere, such as codes for signing in; they have no template.
ACCOUNT = "account"
OTHERS: dict[str, Words] = {ACCOUNT: _("Signing in and security")}


@dataclass(frozen=True)
class MailKind:
    """``name`` stands in rows for ever; ``placeholders`` maps each to an example."""

    name: str
    category: Category
    label: Words
    subject: Words
    body: Words
    placeholders: Mapping[str, Words] = field(default_factory=dict)
    stop: Stop | None = None
    foot: Words = ""

    @property
    def links(self) -> frozenset[str]:
        return frozenset(
            name for name, example in self.placeholders.items() if is_address(str(example))
        )

    @property
    def lists(self) -> frozenset[str]:
        """Placeholders whose example has several lines, addresses among them."""
        return frozenset(
            name
            for name, example in self.placeholders.items()
            if "\n" in str(example) and any(map(is_address, str(example).split("\n")))
        )

    def examples(self) -> dict[str, str]:
        return {name: str(example) for name, example in self.placeholders.items()}


KINDS: dict[str, MailKind] = {}


def register(kind: MailKind) -> MailKind:
    """Make a kind known; called once for each, in ``ready`` of the app it belongs to.

    The words are not read yet: translations are loaded when somebody needs them. A test looks
    at the placeholders of every kind in every language.
    """
    if kind.name in KINDS or kind.name in OTHERS:
        raise ValueError(f"two kinds of mail are called {kind.name!r}")
    KINDS[kind.name] = kind
    return kind


def label_of(name: str) -> Words:
    """What a kind is called, also one that an older version knew."""
    return KINDS[name].label if name in KINDS else OTHERS.get(name, name)
