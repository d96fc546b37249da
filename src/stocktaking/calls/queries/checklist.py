"""What an organiser looks at before a call goes out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktaking.calls.models import Call, Letter
from stocktaking.calls.queries.letters import readers_of
from stocktaking.kernel import languages
from stocktaking.questionnaires.queries import definition, draft_of, newest_frozen
from stocktaking.questionnaires.rules.paths import problems

TEXTS = ("title", "summary", "introduction", "afterwards")


@dataclass(frozen=True)
class Item:
    """``stops``: the call cannot be published like this; else it is only pointed out."""

    text: str
    done: bool
    stops: bool = False
    name: str = ""  # what it is about: texts, window, questionnaire, letters


def checklist(call: Call, at: dt.datetime) -> list[Item]:
    letters = list(call.letters.prefetch_related("texts", "groups"))
    return [*_titled(call), *_texts(call), _window(call, at), *_questionnaire(call),
            *_letters(letters)]  # fmt: skip


def _titled(call: Call) -> Iterator[Item]:
    yield Item(_("The call has a title."), bool(call.title), stops=True, name="texts")
    if call.previous is not None:
        same = call.title == call.previous.title
        yield Item(_("The title is not that of the call before."), not same, name="texts")


def _texts(call: Call) -> list[Item]:
    missing = [
        language.name
        for language in languages.LANGUAGES
        if not all(getattr(call, name).get(language.code) for name in TEXTS)
    ]
    if not missing:
        return [Item(_("Every text is written in all six languages."), done=True, name="texts")]
    text = _("Texts are missing in: %(languages)s. Readers get another language there.")
    return [Item(text % {"languages": ", ".join(missing)}, done=False, name="texts")]


def _window(call: Call, at: dt.datetime) -> Item:
    return Item(_("The end has not passed."), call.closes_at > at, stops=True, name="window")


def _questionnaire(call: Call) -> list[Item]:
    """The version that publishing would pin, and whether every question can be reached."""
    if call.version_id:
        return [Item(_("The questionnaire is frozen."), done=True, name="questionnaire")]
    version = draft_of(call.questionnaire_id) or newest_frozen(call.questionnaire_id)
    held = definition(version.pk) if version else None
    asks = bool(held and any(held.questions()))
    found = [Item(_("The questionnaire has questions."), asks, stops=True, name="questionnaire")]
    if held and asks:
        stopping = [one for one in problems(held) if one.stops]
        text = _("Every question of the questionnaire can be reached and answered.")
        found.append(Item(text, not stopping, stops=True, name="questionnaire"))
    return found


def _letters(letters: list[Letter]) -> list[Item]:
    written = [letter for letter in letters if letter.texts.all()]
    readers = sum(len(readers_of(letter)) for letter in written)
    told = ngettext(
        "A letter is written; %(n)s person gets it.",
        "A letter is written; %(n)s people get it.",
        readers,
    ) % {"n": readers}
    none = _("No letter is written. Nobody is told of the call by mail.")
    return [Item(told if written else none, bool(written and readers), name="letters")]
