"""What the forms of the staff pages share: quiet redisplay, rows that can be added."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict

from stocktaking.kernel import languages
from stocktaking.kernel.errors import RuleBroken, RulesBroken

LANGUAGE_CHOICES = [(language.code, language.name) for language in languages.LANGUAGES]


@dataclass(frozen=True)
class Problem:
    """One thing to put right: the id of the field it is about, its label, what to do."""

    anchor: str
    label: str
    message: str


class Part(forms.Form):
    """A form, or a part of a bigger one.

    ``quiet`` shows again what was typed without judging it, as after "Add a row".
    """

    use_required_attribute = False  # a browser's own bubble would hide our error summary

    def __init__(self, *args: Any, quiet: bool = False, **kwargs: Any) -> None:
        self.quiet = quiet
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        if self.quiet:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def offer(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        """Set what can be chosen in a field."""
        cast(forms.ChoiceField, self.fields[name]).choices = list(choices)

    def typed(self, name: str) -> Any:
        """What stands in a field now: typed, or the initial value."""
        return self[name].value()

    def problems(self) -> Iterator[Problem]:
        for name, messages in self.errors.items():
            bound = self[name] if name in self.fields else None
            for message in messages:
                yield Problem(
                    anchor=bound.auto_id if bound else "",
                    label=str(bound.label) if bound else "",
                    message=str(message),
                )

    def add_rule(self, broken: RuleBroken, fallback: str | None = None) -> None:
        """Show the refusals of an operation at their fields, or at the head of the form."""
        for one in broken.errors if isinstance(broken, RulesBroken) else [broken]:
            name = one.field if one.field in self.fields else fallback
            self.add_error(name, str(one))


class Rows(BaseFormSet):
    """Rows of one kind. A row left empty is no row; there is always one to fill in."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        if data is not None:
            # what was sent is the whole truth: a row sent as it was shown must not count as empty
            kwargs["initial"] = None
        super().__init__(data, files, **kwargs)

    def initial_form_count(self) -> int:
        return 0  # so that every row may be emptied

    def total_form_count(self) -> int:
        if self.is_bound:
            return super().total_form_count()
        return len(self.initial or ()) + self.extra

    def filled_forms(self) -> list[Any]:
        """The rows that were neither left empty nor marked for removal."""
        return [
            form
            for form in self.forms
            if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]

    def problems(self) -> Iterator[Problem]:
        if not self.is_bound:
            return
        for message in self.non_form_errors():
            yield Problem("", "", str(message))
        for form in self.forms:
            if not self._should_delete_form(form):  # type: ignore[attr-defined]
                yield from form.problems()


def rows_of(form: type[Part], *, extra: int = 1, most: int = 100) -> type[Rows]:
    made = formset_factory(
        form, formset=Rows, extra=extra, can_delete=True, max_num=most, absolute_max=most
    )
    return cast(type[Rows], made)
