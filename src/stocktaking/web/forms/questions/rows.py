"""Questions with rows: people and links. A row left empty is no row."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict

from stocktaking.web.forms.questions.around import typed_line
from stocktaking.web.forms.questions.field import QuestionField

MOST_ROWS = 50


@dataclass(frozen=True)
class Row:
    """Place (from 1) and what stands in each of its fields."""

    number: int
    prefix: str
    anchor: str
    values: dict[str, str]
    errors: list[str]


class RowsField(QuestionField):
    grouped = True
    parts: ClassVar[tuple[str, ...]]

    @property
    def most(self) -> int:
        return min(self.setting("max") or MOST_ROWS, MOST_ROWS)

    def show(self, value: Any) -> None:
        stated = value if isinstance(value, list) else []
        self._rows = [
            {part: str(row.get(part) or "") for part in self.parts}
            for row in stated
            if isinstance(row, dict)
        ]

    def parse(self, data: QueryDict) -> list[dict[str, str]] | None:
        places = range(MOST_ROWS + 1)
        rows = [
            {part: typed_line(data, f"{self.name}.{place}.{part}") for part in self.parts}
            for place in places
            if not data.get(f"{self.name}.{place}.remove")
        ]
        self._rows = [row for row in rows if any(row.values())]
        return [dict(row) for row in self._rows] or None

    @property
    def rows(self) -> list[Row]:
        """Those that say something, and one to fill in where there may be more."""
        blank = [dict.fromkeys(self.parts, "")] if len(self._rows) < self.most else []
        return [
            Row(
                place + 1,
                f"{self.name}.{place}",
                f"{self.anchor}.{place}",
                values,
                [
                    message
                    for part in self.parts
                    for message in self.part_errors.get(f"{place}.{part}", ())
                ],
            )
            for place, values in enumerate([*self._rows, *blank])
        ]

    def has_part(self, part: str) -> bool:
        place, _point, name = part.partition(".")
        return place.isdigit() and int(place) < len(self._rows) and name in self.parts

    @property
    def filled(self) -> int:
        return len(self._rows)

    @property
    def more(self) -> bool:
        """Whether there may be more rows than are shown."""
        return self.most > len(self._rows) + 1


class PeopleField(RowsField):
    template = "web/reply/questions/people.html"
    parts = ("name", "email", "role")


class LinkField(RowsField):
    template = "web/reply/questions/link.html"
    parts = ("url", "label")

    @property
    def most(self) -> int:
        return super().most if self.settings.get("several") else 1
