"""Forms of letters and of the groups that they go to."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.calls.models import Call, Letter, RecipientGroup
from stocktaking.calls.rules.audience import GroupRule
from stocktaking.calls.rules.values import LetterText, LetterValues
from stocktaking.calls.states import LetterKind
from stocktaking.kernel import languages
from stocktaking.kernel.periods import PartialDate
from stocktaking.reference.queries.catalogue import pick
from stocktaking.web.forms.base import LANGUAGE_CHOICES, Part
from stocktaking.web.forms.call import SixLanguages, local_fields, read_local
from stocktaking.web.forms.dates import PARTS, date_fields, date_initial, read_date
from stocktaking.web.forms.moment import parts_of
from stocktaking.web.forms.terms import countries, organisation_types

LIST_MOST = 2_000_000  # characters of a list
# the kinds that organisers write; the others follow from acts
KINDS = (
    (LetterKind.LETTER, gettext_lazy("Letter")),
    (LetterKind.REMINDER, gettext_lazy("Reminder before the end")),
    (LetterKind.NOTICE, gettext_lazy("Notice")),
)


class LetterForm(SixLanguages):
    """A letter: its text per language, its head and signature, who gets it."""

    texts = {
        "subject": (gettext_lazy("Subject"), 300, 1),
        "body": (gettext_lazy("Text"), 20_000, 14),
        "signed_by": (gettext_lazy("Signature: name and office"), 500, 2),
    }
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False, choices=KINDS)
    reference = forms.CharField(label=gettext_lazy("Reference"), required=False, max_length=60)
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Groups that get it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    to_drafts = forms.BooleanField(
        label=gettext_lazy("Also those whose reply to this call is not sent yet"), required=False
    )
    days_before = forms.IntegerField(
        label=gettext_lazy("Of a reminder: days before the end"),
        required=False,
        min_value=0,
        max_value=365,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(date_fields("dated"))
        self.offer("groups", group_choices())

    def dated_parts(self) -> list[Any]:
        return [self[f"dated_{part}"] for part, *_rest in PARTS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = read_date(self, "dated", cleaned)
        date = PartialDate.parse(text) if text else None
        if date and date.precision != "day":
            self.add_error("dated_year", _("Give the day as well."))
        cleaned["dated"] = date.date if date and date.precision == "day" else None
        return cleaned

    def values(self) -> LetterValues:
        held = self.cleaned_data
        subjects, bodies = self.said("subject"), self.said("body")
        return LetterValues(
            texts={
                code: LetterText(subjects[code], bodies[code])
                for code in languages.CODES
                if subjects[code] or bodies[code]
            },
            kind=LetterKind(held["kind"] or LetterKind.LETTER),
            reference=held["reference"],
            dated=held["dated"],
            signed_by=self.said("signed_by"),
            groups=tuple(held["groups"]),
            to_drafts=held["to_drafts"],
            days_before=held["days_before"],
        )


def letter_initial(letter: Letter) -> dict[str, Any]:
    texts = letter.texts.all()
    return {
        **{f"subject-{text.language}": text.subject for text in texts},
        **{f"body-{text.language}": text.body for text in texts},
        **{f"signed_by-{code}": text for code, text in letter.signed_by.items()},
        **date_initial("dated", letter.dated.isoformat() if letter.dated else ""),
        "kind": letter.kind,
        "reference": letter.reference,
        "groups": [group.slug for group in letter.groups.all()],
        "to_drafts": letter.to_drafts,
        "days_before": letter.days_before,
    }


class SendForm(Part):
    """When: an empty moment is now."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self.fields.update(local_fields("send_at"))

    def parts(self) -> list[Any]:
        return parts_of(self, "send_at")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["send_at"] = read_local(self, "send_at", cleaned, self.call.zone, end=True)
        return cleaned

    def add_rule(self, broken: Any, fallback: str | None = None) -> None:
        field = "send_at_year" if broken.field == "send_at" else None
        for one in getattr(broken, "errors", [broken]):
            self.add_error(field, str(one))


class GroupForm(SixLanguages):
    """Who belongs to a group: by what accounts say of themselves, besides those listed."""

    texts = {"title": (gettext_lazy("Title"), 200, 1)}
    slug = forms.CharField(
        label=gettext_lazy("Short name"),
        required=False,
        help_text=gettext_lazy("Small letters, digits and hyphens. It stays for ever."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    owners = forms.BooleanField(
        label=gettext_lazy("People of organisations that own published entries"), required=False
    )
    everybody = forms.BooleanField(
        label=gettext_lazy("Everybody with an account"),
        required=False,
        help_text=gettext_lazy(
            "Accounts get letters if they have agreed to that; owners in any case."
        ),
    )
    stakeholders = forms.MultipleChoiceField(
        label=gettext_lazy("Accounts of these types of stakeholders"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    countries = forms.MultipleChoiceField(
        label=gettext_lazy("Accounts from these countries"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("stakeholders", organisation_types())
        self.offer("countries", countries())

    def stated(self) -> dict[str, Any]:
        held = self.cleaned_data
        return {
            "title": self.said("title"),
            "rule": GroupRule(
                stakeholders=frozenset(held["stakeholders"]),
                countries=frozenset(held["countries"]),
                owners=held["owners"],
                everybody=held["everybody"],
            ),
        }


def group_initial(group: RecipientGroup) -> dict[str, Any]:
    rule = GroupRule.from_json(group.rule)
    return {
        **{f"title-{code}": text for code, text in group.title.items()},
        "owners": rule.owners,
        "everybody": rule.everybody,
        "stakeholders": sorted(rule.stakeholders),
        "countries": sorted(rule.countries),
    }


class ListForm(Part):
    """A list of people, pasted or as a file."""

    lines = forms.CharField(
        label=gettext_lazy("One person on each line"),
        required=False,
        max_length=LIST_MOST,
        help_text=gettext_lazy(
            "Name <address>, or columns with address, name, organisation and language, apart by"
            " commas, semicolons or tabs. A first line may name the columns."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file with such lines (CSV, UTF-8)"), required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language where a line names none"),
        required=False,
        choices=LANGUAGE_CHOICES,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = cleaned.get("lines") or ""
        if (file := cleaned.get("file")) is not None:
            try:
                text = f"{text}\n{file.read(LIST_MOST).decode('utf-8-sig')}"
            except UnicodeDecodeError:
                self.add_error("file", _("Save the file as UTF-8 and send it again."))
        if not text.strip() and not self.errors:
            self.add_error("lines", _("Paste the list, or choose a file."))
        cleaned["text"] = text
        return cleaned


def group_choices() -> list[tuple[str, str]]:
    language = languages.current().code
    rows = RecipientGroup.objects.all()
    return [(row.slug, pick(row.title, language) or row.slug) for row in rows]
