"""The organisation that answers: one of the person's, one that the register has, or a new one."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.accounts.operations import TYPES
from stocktaking.accounts.queries import OrganisationView
from stocktaking.accounts.queries import organisation as organisation_of
from stocktaking.reference.queries import catalogue
from stocktaking.web.forms.questions.around import typed_line
from stocktaking.web.forms.questions.field import QuestionField
from stocktaking.web.forms.schemes import COUNTRY

NEW = "new"
PARTS = {
    "name": gettext_lazy("Name"),
    "country": gettext_lazy("Country"),
    "type": gettext_lazy("Type"),
    "website": gettext_lazy("Website"),
}


@dataclass(frozen=True)
class Known:
    """An organisation of the register that can be chosen."""

    number: int
    name: str
    country: str
    chosen: bool

    @property
    def value(self) -> str:
        return str(self.number)


@dataclass(frozen=True)
class NewPart:
    """One field about an organisation that is not in the register; without choices, a text."""

    name: str
    label: Any
    typed: str
    choices: list[tuple[str, str]] | None
    errors: list[str]


class OrganisationField(QuestionField):
    """The answer is ``{"number"}`` or ``{"name", "country", "type", "website"}``."""

    template = "web/reply/questions/organisation.html"
    grouped = True

    def show(self, value: Any) -> None:
        stated = value if isinstance(value, dict) else {}
        number = stated.get("number")
        self.number = number if isinstance(number, int) else None
        self.new = {part: str(stated.get(part) or "") for part in PARTS}
        self.adding = bool(self.new["name"])
        self.find = ""

    def parse(self, data: QueryDict) -> dict[str, Any] | None:
        self.find = typed_line(data, f"{self.name}.find")
        self.new = {part: typed_line(data, f"{self.name}.{part}") for part in PARTS}
        said = data.get(self.name, "")
        digits = said.isascii() and said.isdigit() and len(said) < 19
        self.number = int(said) if digits else None
        self.adding = said == NEW or (not said and bool(self.new["name"]))
        if self.adding:
            return self._new()
        if self.number is None:
            return None
        if organisation_of(self.number) is None:
            self.refuse(_("This organisation is not in the register any more. Choose again."))
            return None
        return {"number": self.number}

    def _new(self) -> dict[str, Any] | None:
        if not self.new["name"]:
            if any(self.new.values()):
                self.refuse(_("Write the name of the organisation."))
            return None
        return {part: text for part, text in self.new.items() if text}

    def has_part(self, part: str) -> bool:
        return self.adding and part in PARTS

    @property
    def known(self) -> list[Known]:
        """The chosen one, the person's own, and those that a search found; each once."""
        chosen = organisation_of(self.number) if self.number else None
        views: list[OrganisationView] = [
            *self.around.organisations,
            *([chosen] if chosen else []),
            *self.around.found.get(self.code, ()),
        ]
        language = self.around.language
        return [
            Known(
                number=view.number,
                name=view.label(language),
                country=view.country.label(language) if view.country else "",
                chosen=view.number == self.number and not self.adding,
            )
            for view in {view.number: view for view in views}.values()
        ]

    @property
    def searched(self) -> int | None:
        """How many a search found; None where nobody searched."""
        found = self.around.found.get(self.code)
        return None if found is None else len(found)

    @property
    def new_parts(self) -> list[NewPart]:
        countries = sorted(self._labels(COUNTRY), key=lambda pair: pair[1].casefold())
        choices = {"country": countries, "type": self._labels(TYPES)}
        return [
            NewPart(name, label, self.new[name], choices.get(name), self.part_errors.get(name, []))
            for name, label in PARTS.items()
        ]

    def _labels(self, slug: str) -> list[tuple[str, str]]:
        scheme = catalogue().scheme(slug)
        return [(term.code, term.label(self.around.language)) for term in scheme or ()]
