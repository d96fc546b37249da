"""From a kind of mail, a language and values to what stands in a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from stocktaking.kernel import languages
from stocktaking.outbox.models import TemplateText
from stocktaking.outbox.operations.addresses import keys
from stocktaking.outbox.registry import KINDS, MailKind
from stocktaking.outbox.rules.placeholders import fill_line
from stocktaking.outbox.rules.rendering import Rendered, render
from stocktaking.outbox.rules.tokens import seal
from stocktaking.outbox.states import Category

HTML_MAX = 16_000  # bytes; a longer mail goes as text alone


@dataclass(frozen=True)
class Words:
    """The template of a kind in one language; ``lock`` is 0 where the shipped one holds."""

    subject: str
    body: str
    lock: int = 0


@dataclass(frozen=True)
class Inset:
    """Markdown that takes the place of a placeholder, with places of its own and their values:
    a list of things, where a template holds single ones."""

    place: str
    body: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Composed:
    """A mail in its recipient's language; ``html`` is the cleaned content of its body."""

    subject: str
    text: str
    html: str
    language: str


def words_of(kind: MailKind, language: str) -> Words:
    """What the organiser wrote for this kind and language, else what is shipped."""
    row = TemplateText.objects.filter(kind=kind.name, language=language).first()
    if row is not None:
        return Words(row.subject, row.body, row.lock)
    return shipped(kind, language)


def shipped(kind: MailKind, language: str) -> Words:
    """The words that the package brings."""
    with translation.override(languages.BY_CODE[language].django):
        return Words(str(kind.subject), str(kind.body))


def compose(
    kind: MailKind,
    *,
    language: str,
    values: Mapping[str, str],
    to: str,
    subject: str | None = None,
    body: str | None = None,
    about: str = "",
    inset: Inset | None = None,
) -> Composed:
    """Fill the template; ``subject`` and ``body`` take its place, as in the letter of a call.

    ``inset`` stands for the placeholder that it names, at the end where the words lack it.
    """
    code = language if language in languages.BY_CODE else languages.DEFAULT
    given = {*values, inset.place} if inset else set(values)
    if given != set(kind.placeholders):
        raise ValueError(f"{kind.name} takes {sorted(kind.placeholders)}, not {sorted(given)}")
    if subject is None or body is None:
        words = words_of(kind, code)
        subject = words.subject if subject is None else subject
        body = words.body if body is None else body
    if inset is not None:
        body, values = _with_inset(body, inset), {**inset.values, **values}
    content = render(body, values, kind.links, kind.lists)
    foot = _footer(kind, to, code, about)
    html = f"{content.html}<hr>\n{foot.html}"
    return Composed(
        subject=fill_line(subject, values),
        text=f"{content.text}\n\n-- \n{foot.text}\n",
        html=html if len(html.encode()) <= HTML_MAX else "",
        language=code,
    )


def compose_example(
    name: str, language: str, subject: str | None = None, body: str | None = None
) -> Composed:
    """The mail with the examples of its kind, as a preview and a test mail show it."""
    kind = KINDS[name]
    with translation.override(languages.BY_CODE[language].django):
        values = kind.examples()
    return compose(
        kind, language=language, values=values, to="name@example.org", subject=subject, body=body
    )


def stop_address(to: str, category: Category, language: str) -> str:
    """Where the reader of a mail stops those of its category, in the reader's language."""
    with translation.override(languages.BY_CODE[language].django):
        return settings.BASE_URL + reverse("mail_stop", args=[seal(to.lower(), category, keys())])


def stop_of(
    kind: MailKind | None, category: Category, *, to: str, about: str, language: str
) -> str:
    """Where the reader of a mail makes an end of it: of its kind, where that has one."""
    if kind is not None and kind.stop is not None and about:
        return kind.stop(about, language)
    return stop_address(to, category, language)


def _with_inset(body: str, inset: Inset) -> str:
    """Apart by empty lines, so that it is read as blocks wherever the place stands."""
    place = "{" + inset.place + "}"
    if place not in body:
        return f"{body}\n\n{inset.body}"
    before, _place, after = body.partition(place)
    return f"{before}\n\n{inset.body}\n\n{after}"


def _footer(kind: MailKind, to: str, language: str, about: str) -> Rendered:
    """Who writes, and how to make an end of it."""
    category = kind.category
    with translation.override(languages.BY_CODE[language].django):
        lines = ["{site}: {home}"]
        values: dict[str, Any] = {
            "site": settings.ORGANISER or gettext("Stocktaking"),
            "home": settings.BASE_URL + reverse("home"),
        }
        if category is not Category.ACCOUNT:
            own = kind.stop is not None and bool(about)
            values["stop"] = stop_of(kind, category, to=to, about=about, language=language)
            lines.append(
                str(kind.foot)
                if own
                else gettext("You take part in what this mail is about. [Stop such mails]({stop})")
                if category is Category.PROCESS
                else gettext("This is a letter of the register. [Stop such mails]({stop})")
            )
    return render("\n\n".join(lines), values, frozenset({"home", "stop"}))
