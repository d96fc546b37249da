"""The builder of a profile: a form over one file, without any script."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.entries.rules.values import TEXT_MAX
from stocktaking.intake.rules.profiles.framework import Framework
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.rules.profiles.reach import Reach
from stocktaking.kernel.reading import Head
from stocktaking.web.forms.base import Part, Problem, rows_of
from stocktaking.web.forms.imports.composing import compose
from stocktaking.web.forms.imports.reading import ReadingForm
from stocktaking.web.forms.imports.rows import ColumnRow, typed_in, typed_of
from stocktaking.web.forms.imports.settings import ProfileForm
from stocktaking.web.forms.imports.tables import Rule, columns_of, table_of
from stocktaking.web.forms.imports.uses import TERMS, Use
from stocktaking.web.forms.imports.words import Group, constant_choices, groups

MOST_COLUMNS = 200


class ConstantForm(Part):
    to = forms.ChoiceField(label=gettext_lazy("Part of the entry"), required=False)
    value = forms.CharField(
        label=gettext_lazy("What every record says there"), required=False, max_length=TEXT_MAX
    )

    def __init__(self, *args: Any, framework: Framework, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.offer("to", choices)

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        to, value = held.get("to", ""), str(held.get("value", "")).strip()
        if bool(to) != bool(value):
            name = "value" if to else "to"
            self.add_error(name, _("Fill in both, or neither."))
        elif to.startswith(TERMS):
            codes = self.framework.means(to.removeprefix(TERMS), value)
            if len(codes) != 1:
                told = _("“%(value)s” is no term of this scheme.") % {"value": value[:60]}
                self.add_error("value", told)
            else:
                held["value"] = codes[0]
        return held


ConstantRows = rows_of(ConstantForm, extra=1, most=40)


class Builder:
    """``base`` is the profile that is changed, ``columns`` the paths of the file's columns with
    the words that show them. ``quiet`` shows again what was typed without judging it."""

    def __init__(
        self,
        base: Profile,
        head: Head,
        columns: dict[str, str],
        framework: Framework,
        data: QueryDict | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        self.base, self.head, self.framework = base, head, framework
        self.columns = dict(list(columns.items())[:MOST_COLUMNS])
        self.more = len(columns) - len(self.columns)
        self.table = table_of(base, list(self.columns))
        self.reading = ReadingForm(base.reading, head, data, quiet=quiet)
        self.profile = ProfileForm(base, self.columns, data, quiet=quiet)
        self.rows = self._rows(data)
        held = [to for to, _value in self.table.constants]
        initial = [{"to": to, "value": value} for to, value in self.table.constants]
        self.constants = ConstantRows(
            data,
            prefix="constants",
            initial=initial,
            form_kwargs={
                "framework": framework,
                "choices": constant_choices(held),
                "quiet": quiet,
            },
        )
        self.dropped = _places(data.getlist("drop") if data is not None else ())

    def _rows(self, data: QueryDict | None) -> list[ColumnRow]:
        typed = typed_in(data, MOST_COLUMNS) if data is not None else {}
        unread = unread_by(self.base, self.columns)
        return [
            ColumnRow(
                place=place,
                path=path,
                column=shown,
                samples=self.head.samples.get(shown, ()),
                typed=typed.get(path) or typed_of(self.table.uses.get(path, Use())),
                elsewhere=path not in unread and path not in self.table.uses,
            )
            for place, (path, shown) in enumerate(self.columns.items())
        ]

    def groups(self) -> list[Group]:
        """What a column may become."""
        return groups(row.to for row in self.rows)

    @property
    def kept(self) -> list[tuple[int, Rule, str, bool]]:
        """The rules that no row shows: place, rule, what they read, whether it is left out."""
        return [
            (place, rule, ", ".join(columns_of(rule)), place in self.dropped)
            for place, rule in enumerate(self.table.kept)
        ]

    def is_valid(self) -> bool:
        """Sets ``made``, the profile as it is typed, where nothing is wrong."""
        uses = {row.path: row.use(self.framework) for row in self.rows}
        parts = [self.reading.is_valid(), self.profile.is_valid(), self.constants.is_valid()]
        self.faults: list[str] = []
        if not any(use.to == "title" for use in uses.values()) and not self._titled():
            self.faults.append(_("Choose the column of the title."))
        if self.faults or not all(parts) or any(row.errors for row in self.rows):
            return False
        self.made = self._made(uses)
        return True

    def _titled(self) -> bool:
        kept = (rule for place, rule in enumerate(self.table.kept) if place not in self.dropped)
        return any(getattr(rule, "to", "") == "title" for rule in kept)

    def _made(self, uses: dict[str, Use]) -> Profile:
        constants = [
            (form.cleaned_data["to"], form.cleaned_data["value"])
            for form in self.constants.filled_forms()
            if form.cleaned_data.get("to")
        ]
        made = compose(self.base, list(self.columns), uses, constants, self.dropped)
        made = replace(self.profile.stated(made), reading=self.reading.stated())
        unread = unread_by(made, self.columns)
        ignored = [path for path in self.base.ignored if path not in self.columns]
        return replace(
            made,
            ignored=(*ignored, *(path for path in self.columns if path in unread)),
            recognises=self._recognises(unread),
        )

    def _recognises(self, unread: frozenset[str]) -> tuple[str, ...]:
        if not self.profile.cleaned_data["recognise"]:
            return ()
        held = self.base.recognises
        if held and all(path in self.columns for path in held):
            return held
        return tuple(path for path in self.columns if path not in unread)

    def problems(self) -> Iterator[Problem]:
        for fault in self.faults:
            yield Problem("columns", "", fault)
        for row in self.rows:
            yield from row.problems()
        yield from self.profile.problems()
        yield from self.reading.problems()
        yield from self.constants.problems()


def unread_by(profile: Profile, columns: Iterable[str]) -> frozenset[str]:
    """The columns that no rule reads, whether or not they are left out on purpose."""
    return frozenset(Reach(replace(profile, ignored=())).unread(columns))


def _places(typed: Sequence[str]) -> frozenset[int]:
    return frozenset(int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 6)
