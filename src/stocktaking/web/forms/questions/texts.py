"""Questions that are answered by typing: short and long texts, numbers, dates."""

import math
from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.kernel.periods import PartialDate
from stocktaking.kernel.text import count_characters, count_words
from stocktaking.web.forms.questions.around import typed, typed_line, words_in
from stocktaking.web.forms.questions.field import QuestionField
from stocktaking.web.forms.questions.numerals import plain_digits, read_number

WIDE = 100  # per cent


@dataclass(frozen=True)
class Gauge:
    """How much is written of how much there should be; ``unit`` is words or characters."""

    unit: str
    count: int
    least: int | None
    most: int | None

    @property
    def _whole(self) -> int:
        return max(self.most or math.ceil((self.least or 0) * 4 / 3), 1)

    @property
    def filled(self) -> int:
        """Per cent of the bar."""
        return min(WIDE, self.count * WIDE // self._whole)

    @property
    def right_from(self) -> int:
        """Where, in per cent, enough is written."""
        return min(WIDE, (self.least or 0) * WIDE // self._whole)

    @property
    def right_for(self) -> int:
        return WIDE - self.right_from


BOUNDS = ("min_words", "max_words", "min_chars", "max_chars")


def bounds_of(settings: Any, prefix: str = "") -> SafeString:
    """Attributes that tell a script how long a text should be."""
    names = {name: settings.get(f"{prefix}{name}") for name in BOUNDS}
    stated = {f"data-{name.replace('_', '-')}": str(n) for name, n in names.items() if n}
    return flatatt(stated)


def gauge_of(settings: Any, text: str, prefix: str = "") -> Gauge | None:
    """The gauge that the settings ask for: words before characters, None for neither."""
    for unit, name, count in (
        ("words", "words", count_words),
        ("characters", "chars", count_characters),
    ):
        least, most = (settings.get(f"{prefix}{end}_{name}") for end in ("min", "max"))
        if least or most:
            return Gauge(unit, count(text), least, most)
    return None


class TextField(QuestionField):
    template = "web/reply/questions/text.html"

    def show(self, value: Any) -> None:
        self.typed = value if isinstance(value, str) else ""

    def parse(self, data: QueryDict) -> str | None:
        self.typed = typed(data, self.name)
        return self.typed.strip() or None

    @property
    def long(self) -> bool:
        return self.kind == "long"

    @property
    def bounds(self) -> SafeString:
        return bounds_of(self.settings)

    @property
    def gauge(self) -> Gauge | None:
        return gauge_of(self.settings, self.typed)

    @property
    def counted(self) -> bool:
        return self.gauge is not None

    @property
    def rows(self) -> int:
        """Lines of the field: enough for what is asked for, and for what is there."""
        wanted = max(self.setting("min_words") or 0, count_words(self.typed)) // 12
        return min(max(wanted, 4), 16)


class ShortField(TextField):
    def parse(self, data: QueryDict) -> str | None:
        self.typed = typed_line(data, self.name)
        return self.typed or None


class NumberField(QuestionField):
    template = "web/reply/questions/number.html"

    def show(self, value: Any) -> None:
        self.typed = "" if value is None or isinstance(value, bool) else str(value)

    def parse(self, data: QueryDict) -> int | float | None:
        self.typed = typed_line(data, self.name)
        if not self.typed:
            return None
        number = read_number(self.typed, decimals=self.setting("decimals"))
        if number is None:
            self.refuse(_("Write a number in figures, such as 1200."))
        return number

    @property
    def unit(self) -> str:
        return str(words_in(self.settings.get("unit") or {}, self.around.language))


DATE_PARTS = (
    ("year", gettext_lazy("Year"), 4),
    ("month", gettext_lazy("Month"), 2),
    ("day", gettext_lazy("Day"), 2),
)
_PRECISION = {"year": 1, "month": 2, "day": 3}


@dataclass(frozen=True)
class DatePart:
    name: str
    label: Any
    size: int
    typed: str


class DateField(QuestionField):
    template = "web/reply/questions/date.html"
    grouped = True

    def show(self, value: Any) -> None:
        pieces = str(value).split("-") if isinstance(value, str) else []
        self._pieces = [*pieces, "", "", ""][:3]

    def parse(self, data: QueryDict) -> str | None:
        self._pieces = [
            plain_digits(typed_line(data, f"{self.name}.{part}"))[:12]
            for part, *_rest in DATE_PARTS
        ]
        year, month, day = self._pieces
        if not (year or month or day):
            return None
        if (day and not month) or not year:
            self.refuse(_("A day needs its month, and a month its year. Fill in the missing part."))
            return None
        text = "-".join(p.zfill(w) for p, w in ((year, 4), (month, 2), (day, 2)) if p)
        try:
            if not text.isascii():
                raise ValueError(text)
            return str(PartialDate.parse(text))
        except ValueError:
            self.refuse(_("This date does not exist. Check day, month and year."))
        return None

    @property
    def parts(self) -> list[DatePart]:
        """Year, month and day, in the order in which they may be left out."""
        return [
            DatePart(f"{self.name}.{part}", label, size, piece)
            for (part, label, size), piece in zip(DATE_PARTS, self._pieces, strict=True)
        ]

    @property
    def partly(self) -> bool:
        """Whether less than a day is enough."""
        return _PRECISION.get(str(self.settings.get("precision", "year")), 1) < len(DATE_PARTS)
