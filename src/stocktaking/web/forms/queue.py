"""Forms of moderation: small ones, each for one act."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.intake.states import EndorsementVerdict
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.moment import moment_fields, parts_of, read_moment

REASON_MAX = 5000
COMMENT = "comment-"  # before the code of a question


class AcceptForm(Part):
    """``when`` empty: at once. ``override`` is asked for where a check found an error."""

    override = forms.CharField(
        label=_("Why it is accepted all the same"),
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(moment_fields("when"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.when: dt.datetime | None = read_moment(self, "when", cleaned)
        return cleaned

    @property
    def moment(self) -> list[Any]:
        return parts_of(self, "when")

    def add_rule(self, broken: Any, fallback: str | None = None) -> None:
        moved = "when_year" if broken.field == "publish_at" else fallback
        super().add_rule(broken, fallback=moved)


class ReasonForm(Part):
    """Returning and declining: the authors read the reason in their mail."""

    reason = forms.CharField(
        label=_("What its authors are told"),
        required=False,
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DeclineForm(ReasonForm):
    """On one page with the reason for returning, so that the two must not be mistaken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why it is declined")


class CommentsForm(ReasonForm):
    """The reason and a comment for each question that was asked."""

    def __init__(self, *args: Any, codes: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(codes)
        for code in self.codes:
            self.fields[f"{COMMENT}{code}"] = forms.CharField(
                label=_("Comment"),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def comments(self) -> dict[str, str]:
        """What was written, by question."""
        stated = {code: self.cleaned_data.get(f"{COMMENT}{code}", "") for code in self.codes}
        return {code: text for code, text in stated.items() if text.strip()}


class AssignForm(Part):
    to = forms.TypedChoiceField(
        label=_("Assigned to"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, moderators: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in moderators}
        names = [(str(pk), str(person)) for pk, person in self.people.items()]
        self.offer("to", [("", _("Nobody")), *names])


class EndorseForm(Part):
    verdict = forms.ChoiceField(
        label=_("What you say of it"),
        choices=[
            (EndorsementVerdict.ENDORSED.value, _("I endorse it")),
            (EndorsementVerdict.OBJECTED.value, _("I object to it")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note to the secretariat"),
        required=False,
        max_length=REASON_MAX,
        help_text=_("Needed where you object. The authors do not see it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
