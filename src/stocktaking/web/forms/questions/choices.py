"""Questions that are answered by choosing: one, several, or a statement to accept."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from stocktaking.web.forms.questions.around import Words, in_order, words_in
from stocktaking.web.forms.questions.field import QuestionField

MANY_OPTIONS = 12  # more are a list to open, not boxes


@dataclass(frozen=True)
class Option:
    value: str
    label: Words
    chosen: bool
    anchor: str


class OptionsField(QuestionField):
    grouped = True
    template = "web/reply/questions/options.html"

    def show(self, value: Any) -> None:
        self.chosen = [str(one) for one in value] if isinstance(value, list) else []

    @property
    def options(self) -> list[Option]:
        """What the questionnaire offers, in its order."""
        return [
            Option(
                value=str(option["code"]),
                label=words_in(option.get("label") or {}, self.around.language),
                chosen=str(option["code"]) in self.chosen,
                anchor=f"{self.anchor}.{place}",
            )
            for place, option in enumerate(self.settings.get("options") or ())
        ]


class ManyField(OptionsField):
    control = "checkbox"

    def parse(self, data: QueryDict) -> list[str] | None:
        sent = set(data.getlist(self.name))
        known = [str(option["code"]) for option in self.settings.get("options") or ()]
        self.chosen = [code for code in in_order(known, self.stored or ()) if code in sent]
        return list(self.chosen) or None


class ChoiceField(OptionsField):
    control = "radio"

    def show(self, value: Any) -> None:
        self.chosen = [value] if isinstance(value, str) else []

    def parse(self, data: QueryDict) -> str | None:
        self.chosen = [data.get(self.name, "")]
        known = {str(option["code"]) for option in self.settings.get("options") or ()}
        return self.chosen[0] if self.chosen[0] in known else None

    @property
    def as_list(self) -> bool:
        return len(self.settings.get("options") or ()) > MANY_OPTIONS


class StatementField(QuestionField):
    template = "web/reply/questions/statement.html"
    grouped = True

    def show(self, value: Any) -> None:
        self.accepted = value is True

    def parse(self, data: QueryDict) -> bool | None:
        self.accepted = bool(data.get(self.name))
        return True if self.accepted else None
