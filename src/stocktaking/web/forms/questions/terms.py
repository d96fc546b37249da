"""Terms of a scheme with what the answer says of each; countries by name and by region."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stocktaking.reference.queries import SchemeView, TermView, catalogue
from stocktaking.web.forms.questions.around import in_order, typed, typed_line
from stocktaking.web.forms.questions.field import QuestionField
from stocktaking.web.forms.questions.suggesting import Offers, is_offered, offers
from stocktaking.web.forms.questions.texts import Gauge, bounds_of, gauge_of
from stocktaking.web.forms.schemes import COUNTRY, countries_named, regions

MANY_NOTES = 40  # a scheme with more terms asks for notes only where a term is chosen


@dataclass
class TermBox:
    """One term to tick; ``name`` is that of its note's field."""

    term: TermView
    name: str
    anchor: str
    chosen: bool
    note: str
    noted: bool
    gauge: Gauge | None
    errors: list[str]

    @property
    def note_anchor(self) -> str:
        return f"{self.anchor}.note"


@dataclass
class TermGroup:
    """Terms below one that cannot be chosen itself; without a heading, those below none."""

    heading: str
    boxes: list[TermBox] = field(default_factory=list)


class TermsField(QuestionField):
    """The answer is ``[{"code", "note"}]``. A note of a term that is not ticked is kept on
    the page, but it is no answer."""

    template = "web/reply/questions/terms.html"
    grouped = True
    offers = False  # whether the page lets people ask for suggestions
    offered: Offers | None = None  # what was suggested, where somebody asked for it

    def let_suggest(self) -> None:
        """Let people ask which terms fit, where the scheme is one that is suggested."""
        self.offers = not self.single and self.scheme is not None and is_offered(self.scheme.slug)

    def suggest(self, texts: list[tuple[str, str]]) -> None:
        """Show which terms these texts speak for; the answer stays as it is."""
        if self.offers and self.scheme:
            self.offered = offers(self.scheme.slug, texts, self._chosen, self.anchor)

    @cached_property
    def scheme(self) -> SchemeView | None:
        return catalogue().scheme(str(self.settings.get("scheme", "")))

    @property
    def notes(self) -> bool:
        return bool(self.settings.get("notes"))

    @property
    def single(self) -> bool:
        return self.setting("max") == 1 or (self.scheme is not None and not self.scheme.many)

    def show(self, value: Any) -> None:
        rows = value if isinstance(value, list) else []
        self._notes = {
            str(row.get("code")): str(row.get("note") or "")
            for row in rows
            if isinstance(row, dict)
        }
        self._chosen = list(self._notes)

    def parse(self, data: QueryDict) -> list[dict[str, str]] | None:
        sent = set(data.getlist(self.name))
        codes = [term.code for term in self.scheme or ()]
        before = [str(row.get("code")) for row in self.stored or ()]
        self._chosen = [code for code in in_order(codes, before) if code in sent]
        if self.single:
            del self._chosen[1:]
        self._notes = {code: typed(data, self._note_name(code)) for code in codes}
        # a note that the page did not ask for is not an empty one
        held = {row["code"]: row.get("note", "") for row in self.stored or () if "code" in row}
        for code in codes:
            if self._note_name(code) not in data:
                self._notes[code] = str(held.get(code) or "")
        return [{"code": code, "note": self._notes[code].strip()} for code in self._chosen] or None

    def _note_name(self, code: str) -> str:
        return f"{self.name}.note.{code}"

    @property
    def _few(self) -> bool:
        return self.scheme is not None and len(self.scheme.assignable) <= MANY_NOTES

    @property
    def bounds(self) -> SafeString:
        return bounds_of(self.settings, "note_")

    def has_part(self, part: str) -> bool:
        return part.removesuffix(".note") in self._chosen and self.notes

    def anchor_of(self, part: str) -> str:
        term = self.scheme.by_code.get(part.removesuffix(".note")) if self.scheme else None
        return f"{self.anchor}.{term.position}.note" if term else self.anchor

    @property
    def groups(self) -> list[TermGroup]:
        """The terms by what stands above them in the scheme."""
        if self.scheme is None:
            return []
        found: list[TermGroup] = []
        for term in self.scheme:
            above = self.scheme.by_code.get(term.parent or "")
            heading = above.label(self.around.language) if above and not above.assignable else ""
            if not found or found[-1].heading != heading:
                found.append(TermGroup(heading))
            found[-1].boxes.append(self._box(term))
        return found

    def _box(self, term: TermView) -> TermBox:
        chosen, note = term.code in self._chosen, self._notes.get(term.code, "")
        wanted = self.notes and (chosen or self._few)
        return TermBox(
            term=term,
            name=self._note_name(term.code),
            anchor=f"{self.anchor}.{term.position}",
            chosen=chosen,
            note=note,
            noted=wanted or bool(note),
            gauge=gauge_of(self.settings, note, "note_"),
            errors=self.part_errors.get(f"{term.code}.note", []),
        )


@dataclass(frozen=True)
class Country:
    code: str
    name: str
    chosen: bool
    anchor: str


@dataclass(frozen=True)
class CountryGroup:
    heading: str
    countries: list[Country]


class CountryField(QuestionField):
    """The answer is a list of codes, also where there can be only one."""

    template = "web/reply/questions/country.html"

    def show(self, value: Any) -> None:
        self._chosen = [str(one) for one in value] if isinstance(value, list) else []
        self.named = ""  # a name that was typed and not understood

    def parse(self, data: QueryDict) -> list[str] | None:
        codes = [term.code for term in self._scheme or ()]
        known = set(codes)
        sent = in_order(data.getlist(self.name), self.stored or ())
        self._chosen = [code for code in sent if code in known]
        if not self.many:
            del self._chosen[1:]
        self.named = typed_line(data, f"{self.name}.name")
        if self.named and self.many:
            self._add_named()
        return list(self._chosen) or None

    def keep_rest(self, typed: "CountryField") -> None:
        super().keep_rest(typed)
        self.named = typed.named

    def _add_named(self) -> None:
        found = countries_named(self.named)
        if len(found) == 1:
            self._chosen = list(dict.fromkeys([*self._chosen, found[0].code]))
            self.named = ""
            return
        self.errors.append(
            _("More than one country fits this name. Tick it in the list.")
            if found
            else _("No country has this name. Look for it in the list by region.")
        )

    @cached_property
    def _scheme(self) -> SchemeView | None:
        return catalogue().scheme(COUNTRY)

    @property
    def many(self) -> bool:
        return bool(self.settings.get("many"))

    @property
    def grouped(self) -> bool:  # type: ignore[override]
        return self.many

    @cached_property
    def countries(self) -> list[Country]:
        """All of them, by name in the reader's language."""
        language = self.around.language
        made = [
            Country(
                code=term.code,
                name=term.label(language),
                chosen=term.code in self._chosen,
                anchor=f"{self.anchor}.{term.code}",
            )
            for term in self._scheme or ()
        ]
        return sorted(made, key=lambda one: one.name.casefold())

    @property
    def chosen(self) -> list[Country]:
        by_code = {one.code: one for one in self.countries}
        return [by_code[code] for code in self._chosen if code in by_code]

    @property
    def by_region(self) -> list[CountryGroup]:
        """Those that are not chosen yet."""
        groups = []
        for region in regions():
            heading = region.term.label(self.around.language) if region.term else ""
            left = [c for c in self.countries if c.code in region.codes and not c.chosen]
            groups.append(CountryGroup(heading or _("In no region"), left))
        return [group for group in groups if group.countries]
