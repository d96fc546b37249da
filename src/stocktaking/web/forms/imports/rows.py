"""The rows of the builder: one for each column of the file.

No Django forms: a hundred columns with a dozen controls each would be thousands of field objects
for what is one word per control.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.intake.rules.profiles.framework import TYPE, Framework
from stocktaking.web.forms.base import Problem
from stocktaking.web.forms.imports import words
from stocktaking.web.forms.imports.uses import EXTRA, OPTIONS, TERMS, Use, family
from stocktaking.web.forms.imports.words import Pairs, Words

NAME_MAX, CUT_MAX = 60, 50_000
Typed = dict[str, str]


@dataclass(frozen=True)
class Option:
    """One control beside a choice; ``css`` are the families of choices that it belongs to."""

    name: str
    label: Words
    kind: str  # select, line, number, lines, tick
    choices: Pairs = ()
    hint: Words = ""
    rare: bool = False  # shown on demand

    @property
    def css(self) -> str:
        return " ".join(f"f-{family}" for family, names in OPTIONS.items() if self.name in names)


CONTROLS: tuple[Option, ...] = (
    Option("language", gettext_lazy("Language"), "select", words.language_choices()),
    Option("order", gettext_lazy("Order in dates"), "select", words.ORDER_NAMES),
    Option("precision", gettext_lazy("As exact as"), "select", words.PRECISION_NAMES, rare=True),
    Option("role", gettext_lazy("Role"), "select", words.role_choices()),
    Option("kind", gettext_lazy("Kind of link"), "select", words.link_choices()),
    Option("name", gettext_lazy("Its name"), "line"),
    Option("separators", gettext_lazy("Several are divided by"), "select"),
    Option("basis", gettext_lazy("Who says so"), "select", words.BASIS_NAMES, rare=True),
    Option("unknown", gettext_lazy("What is no term"), "select", words.UNKNOWN_NAMES),
    Option("faulty", gettext_lazy("What cannot be used"), "select", words.FAULTY_NAMES),
    Option("cut", gettext_lazy("Cut after so many letters"), "number", rare=True),
    Option("join", gettext_lazy("Below the others that become the same"), "tick", rare=True),
    Option(
        "values",
        gettext_lazy("What it says = what it means"),
        "lines",
        hint=gettext_lazy("One on each line, such as: Kenia = KE"),
    ),
)


RARE = " ".join(
    f"f-{one}"
    for one, names in OPTIONS.items()
    if any(option.rare and option.name in names for option in CONTROLS)
)


@dataclass
class Control:
    """An option of one row, with what is typed there."""

    option: Option
    anchor: str
    name: str
    value: str
    error: str
    choices: Pairs


@dataclass
class ColumnRow:
    """A column of the file: what is typed about it, what is wrong with that."""

    place: int
    path: str
    column: str
    samples: Sequence[str]
    typed: Typed
    errors: dict[str, str] = field(default_factory=dict)
    elsewhere: bool = False  # read by a rule that no row shows

    @property
    def prefix(self) -> str:
        return f"c{self.place}"

    @property
    def to(self) -> str:
        return self.typed.get("to", "")

    @property
    def controls(self) -> list[Control]:
        return [one for one in self._controls() if not one.option.rare]

    @property
    def rare(self) -> list[Control]:
        return [one for one in self._controls() if one.option.rare]

    @property
    def rare_stated(self) -> bool:
        """Whether something else than the usual is typed in an option that is shown on demand,
        or something wrong."""
        usual, wanted = typed_of(Use()), OPTIONS[family(self.to)]
        return any(
            one.error or one.value != usual[one.option.name]
            for one in self.rare
            if one.option.name in wanted
        )

    def _controls(self) -> Iterator[Control]:
        for option in CONTROLS:
            name = f"{self.prefix}-{option.name}"
            value = self.typed.get(option.name, "")
            error = self.errors.get(option.name, "")
            yield Control(option, f"id_{name}", name, value, error, self._choices(option, value))

    def _choices(self, option: Option, value: str) -> Pairs:
        if option.name != "separators":
            return option.choices
        known = {choice for choice, _title in words.SEPARATOR_NAMES}
        more = [] if value in known else [(value, value)]
        return [*words.SEPARATOR_NAMES, *more]

    def use(self, framework: Framework) -> Use:
        """What the row says; what cannot be used stands in ``errors`` afterwards."""
        wanted = OPTIONS[family(self.to)]
        found: dict[str, object] = {
            name: self.typed[name] for name in wanted if self.typed.get(name)
        }
        if "separators" in found:
            found["separators"] = words.separators_in(str(found["separators"]))
        if "join" in found:
            found["join"] = True
        if "cut" in found:
            found["cut"] = self._number(str(found["cut"]))
        if "values" in found:
            found["values"] = self._values(str(found["values"]), framework)
        if self.to == EXTRA or family(self.to) in ("owner-id", "partner-id", "identifier"):
            found["name"] = self._name(str(found.get("name", "")))
        return Use(to=self.to, **found)  # type: ignore[arg-type]

    def _name(self, typed: str) -> str:
        if self.to == EXTRA:
            typed = typed or self.column
        elif not typed:
            self.errors["name"] = _("Say whose number it is, such as IATI.")
        return typed[:NAME_MAX]

    def _number(self, typed: str) -> int:
        if typed.isascii() and typed.isdigit() and int(typed[:9]) <= CUT_MAX:
            return int(typed)
        self.errors["cut"] = _("Enter a number in figures, at most %(most)s.") % {"most": CUT_MAX}
        return 0

    def _values(self, typed: str, framework: Framework) -> Mapping[str, str]:
        scheme = self.to.removeprefix(TERMS) if self.to.startswith(TERMS) else ""
        if self.to.endswith(":type"):
            scheme = TYPE
        found, wrong = read_values(typed, scheme, framework)
        if wrong:
            self.errors["values"] = wrong
        return found

    def problems(self) -> Iterator[Problem]:
        for name, message in self.errors.items():
            yield Problem(f"id_{self.prefix}-{name}", self.column, message)


def read_values(typed: str, scheme: str, framework: Framework) -> tuple[dict[str, str], str]:
    """Pairs as ``read_pairs`` reads them, and what is wrong with the first that is.

    With a scheme, what is meant is a code or a title of it, or nothing.
    """
    found, wrong = read_pairs(typed)
    for said, meant in found.items():
        codes = framework.means(scheme, meant) if scheme and meant else (meant,)
        if len(codes) != 1:
            return found, _("“%(value)s” is no term of this scheme.") % {"value": meant[:60]}
        found[said] = codes[0]
    return found, wrong


def read_pairs(typed: str) -> tuple[dict[str, str], str]:
    """``said = meant`` by line, up to the first line that is none, and what is wrong with it."""
    found: dict[str, str] = {}
    for line in filter(str.strip, typed.splitlines()):
        said, equals, meant = (part.strip() for part in line.rpartition("="))
        if not equals or not said:
            return found, _("“%(line)s” lacks the sign = between two words.") % {"line": line[:60]}
        found[said] = meant
    return found, ""


def shown_values(values: Mapping[str, str]) -> str:
    return "\n".join(f"{said} = {meant}" for said, meant in values.items())


def typed_of(use: Use) -> Typed:
    """A use as it stands in the controls."""
    return {
        "to": use.to,
        "name": use.name,
        "language": use.language,
        "join": "1" if use.join else "",
        "cut": str(use.cut or ""),
        "order": use.order,
        "precision": use.precision,
        "faulty": use.faulty,
        "separators": words.separators_of(use.separators),
        "basis": use.basis,
        "unknown": use.unknown,
        "role": use.role,
        "kind": use.kind,
        "values": shown_values(use.values),
    }


def typed_in(data: QueryDict, most: int) -> dict[str, Typed]:
    """What was sent, by column."""
    found: dict[str, Typed] = {}
    for place in range(most):
        column = data.get(f"c{place}-column")
        if column is None:
            break
        names = ("to", *(option.name for option in CONTROLS))
        found[column] = {name: _clean(data.get(f"c{place}-{name}", "")) for name in names}
    return found


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()[:100_000]
