"""Questions that are answered with files: what is stored stays, whatever else is wrong."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.http import QueryDict

from stocktaking.accounts.models import Person
from stocktaking.files.queries import RenditionView, renditions
from stocktaking.files.rules.heads import IMAGE_TYPES
from stocktaking.kernel.errors import RuleBroken
from stocktaking.questionnaires.states import QuestionKind
from stocktaking.web.forms.questions.around import typed_line
from stocktaking.web.forms.questions.field import QuestionField
from stocktaking.web.forms.questions.storing import LIMITS, Sent, own_files, store

MOST_FILES = 20


@dataclass(frozen=True)
class Kept:
    """A stored file with what is said of it."""

    file: int
    name: str = ""
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True)
class FileRow:
    number: int
    prefix: str
    anchor: str
    kept: Kept
    errors: list[str]
    picture: RenditionView | None


class FilesField(QuestionField):
    """``store`` keeps what was sent along; it needs somebody who sends and a moment."""

    template = "web/reply/questions/files.html"
    grouped = True
    parts: ClassVar[tuple[str, ...]] = ("name",)

    @property
    def most(self) -> int:
        return min(self.setting("max") or 1, MOST_FILES)

    @property
    def megabytes(self) -> int:
        """What one file may weigh."""
        limit = LIMITS[QuestionKind(self.kind)]
        return min(self.setting("megabytes") or limit, limit)

    @property
    def accept(self) -> str:
        """Media types for the browser's own choice of files."""
        return ",".join(str(one) for one in self.settings.get("types") or ())

    def show(self, value: Any) -> None:
        stated = value if isinstance(value, list) else []
        self._kept = [
            Kept(row["file"], *(str(row.get(part) or "") for part in ("name", "alt", "credit")))
            for row in stated
            if isinstance(row, dict) and isinstance(row.get("file"), int)
        ]
        self.new = Kept(0)

    def parse(self, data: QueryDict) -> list[dict[str, Any]] | None:
        """Of the numbers that come with the form only those count that stood there before, or
        that belong to files which this person has sent."""
        known = {one.file for one in self._kept}
        rows = [self._typed(data, place) for place in range(MOST_FILES)]
        self._claimed = [row for row in rows if row and row.file not in known]
        self._kept = [row for row in rows if row and row.file in known]
        self.new = self._said(data, f"{self.name}.new", 0)
        return self._answer()

    def _typed(self, data: QueryDict, place: int) -> Kept | None:
        prefix = f"{self.name}.{place}"
        number = data.get(f"{prefix}.file", "")
        digits = number.isascii() and number.isdigit() and len(number) < 19
        if not digits or data.get(f"{prefix}.remove"):
            return None
        return self._said(data, prefix, int(number))

    def _said(self, data: QueryDict, prefix: str, number: int) -> Kept:
        texts = {part: typed_line(data, f"{prefix}.{part}") for part in self.parts}
        before = next((one.name for one in self._kept if one.file == number), "")
        return Kept(number, **{"name": before, **texts})

    def store(self, *, by: Person | None, at: dt.datetime) -> None:
        """Keep the files that came with the form, and take over those sent before it."""
        owned = own_files({row.file for row in self._claimed}, by)
        self._kept += [
            replace(row, name=row.name or owned[row.file])
            for row in self._claimed
            if row.file in owned
        ]
        sent = self.around.files.getlist(f"{self.name}.upload") if self.around.files else []
        for one in sent:
            self._store(Sent(self.kind, self.settings, self.megabytes, one), by, at)
        self.value = self._answer()

    def _store(self, sent: Sent, by: Person | None, at: dt.datetime) -> None:
        try:
            number, name = store(sent, by=by, at=at)
        except RuleBroken as error:
            self.errors.append(f"{sent.name}: {error}")
            return
        if number not in {one.file for one in self._kept}:
            self._kept.append(replace(self.new, file=number, name=name))
            self.new = Kept(0)

    def keep_rest(self, typed: "FilesField") -> None:
        super().keep_rest(typed)
        self.new = typed.new

    def _answer(self) -> list[dict[str, Any]] | None:
        return [{"file": row.file, **self._parts(row)} for row in self._kept] or None

    def _parts(self, row: Kept) -> dict[str, str]:
        return {part: text for part in self.parts if (text := getattr(row, part))}

    @property
    def rows(self) -> list[FileRow]:
        pictures = renditions(row.file for row in self._kept) if self.kind == "image" else {}
        return [
            FileRow(
                number=place + 1,
                prefix=f"{self.name}.{place}",
                anchor=f"{self.anchor}.{place}",
                kept=row,
                errors=[
                    message
                    for part in ("file", *self.parts)
                    for message in self.part_errors.get(f"{place}.{part}", ())
                ],
                picture=next(iter(pictures.get(row.file, ())), None),
            )
            for place, row in enumerate(self._kept)
        ]

    def has_part(self, part: str) -> bool:
        place, _point, name = part.partition(".")
        return place.isdigit() and int(place) < len(self._kept) and name in ("file", *self.parts)

    def anchor_of(self, part: str) -> str:
        place, _point, name = part.partition(".")
        shown = "remove" if name == "file" else name  # the number itself is not shown
        return f"{self.anchor}.{place}.{shown}" if self.has_part(part) else self.anchor

    @property
    def room(self) -> int:
        """How many more may be sent."""
        return max(0, self.most - len(self._kept))


class ImagesField(FilesField):
    parts = ("alt", "credit")

    @property
    def accept(self) -> str:
        return ",".join(IMAGE_TYPES)
