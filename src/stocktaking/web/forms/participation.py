"""What readers and owners send in: suggestions, reports, messages, claims, answers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.queries.versions import HEADINGS
from stocktaking.entries.states import Basis
from stocktaking.intake.operations.contacting import NAME_MAX, SUBJECT_MAX
from stocktaking.intake.operations.contacting import TEXT_MAX as MESSAGE_MAX
from stocktaking.intake.operations.suggesting import PROPOSED_MAX, REMARK_MAX
from stocktaking.intake.rules.claiming import STATEMENT_MAX
from stocktaking.intake.rules.places import Place
from stocktaking.intake.states import ClaimMethod
from stocktaking.kernel import languages
from stocktaking.reference.queries import catalogue
from stocktaking.web.access import person_of
from stocktaking.web.forms.base import Part
from stocktaking.web.guard import Guarded

EMAIL = {"dir": "ltr", "autocomplete": "email"}
NAMES = {
    **HEADINGS,
    "countries": _("Countries"),
    "terms": _("Lines, goals and other terms"),
    "other": _("Something else"),
}


def place_name(place: Place) -> str:
    """What a part of an entry is called on screens."""
    if place.part == "section":
        term = catalogue().term("section", place.item)
        part = term.label(languages.current().code) if term else place.item
    else:
        part = str(NAMES[place.part])
    if not place.language:
        return part
    known = languages.BY_CODE.get(place.language)
    tongue = known.name if known else place.language
    return str(_("%(part)s (%(language)s)") % {"part": part, "language": tongue})


def choices_of(places: Iterable[Place]) -> list[tuple[str, str]]:
    return [(place.key, place_name(place)) for place in places]


class _FromVisitor(Guarded, Part):
    """Whoever is signed in is known: name and address are asked of visitors alone."""

    def __init__(self, data: Any = None, *, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(data, request=request, **kwargs)
        if person_of(request) is not None:
            for name in ("name", "email"):
                self.fields.pop(name, None)


class SuggestionForm(_FromVisitor):
    """Other words for one place, which is shown in the form."""

    guard_name = "suggestion"
    proposed = forms.CharField(
        label=_("What should stand there"),
        required=False,
        max_length=PROPOSED_MAX,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    remark = forms.CharField(
        label=_("Why, and how you know"),
        required=False,
        max_length=REMARK_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("For the answer alone. It is removed 90 days after it."),
        widget=forms.EmailInput(attrs=EMAIL),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not place.has_words:
            self.fields.pop("proposed")
            self.fields["remark"].required = True
            self.fields["remark"].label = _("What should be changed, and how you know")
        else:
            widget = self.fields["proposed"].widget
            if place.language:
                widget.attrs |= {
                    "lang": place.language,
                    "dir": languages.direction_of(place.language),
                }
            self.initial.setdefault("proposed", place.words)


class ReportForm(_FromVisitor):
    """Something is wrong: where, and what."""

    guard_name = "report"
    place = forms.ChoiceField(label=_("Where"), required=False)
    remark = forms.CharField(
        label=_("What is wrong, and how you know"),
        max_length=REMARK_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = SuggestionForm.base_fields["email"]

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("place", choices_of(places))
        self.initial.setdefault("place", "")


class ContactForm(_FromVisitor):
    guard_name = "contact"
    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("It is passed on only if you say so below."),
        widget=forms.EmailInput(attrs=EMAIL),
    )
    subject = forms.CharField(label=_("Subject"), max_length=SUBJECT_MAX)
    text = forms.CharField(
        label=_("Message"), max_length=MESSAGE_MAX, widget=forms.Textarea(attrs={"rows": 8})
    )
    may_reply = forms.BooleanField(
        label=_("Pass on my address, so that they can answer me"), required=False
    )


class ClaimForm(Part):
    """How it is shown that somebody acts for an organisation."""

    method = forms.ChoiceField(label=_("How it can be checked"), widget=forms.RadioSelect)
    statement = forms.CharField(
        label=_("Who you are in the organisation"),
        required=False,
        max_length=STATEMENT_MAX,
        help_text=_("Needed where people decide. Owners and the secretariat read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, host: str, fitting: str, **kwargs: Any) -> None:
        """``host``: the website's name, or empty; ``fitting``: an own address that proves it."""
        super().__init__(*args, **kwargs)
        ways: list[tuple[str, Any]] = []
        if fitting:
            said = _("By my confirmed address %(address)s") % {"address": fitting}
            ways.append((ClaimMethod.MAIL_DOMAIN, said))
        if host:
            said = _("By a code that I put on %(website)s") % {"website": host}
            ways.append((ClaimMethod.WEBSITE_CODE, said))
        ways.append((ClaimMethod.BY_HAND, _("By a decision of people who look into it")))
        self.offer("method", ways)
        self.initial.setdefault("method", ways[0][0])
        if len(ways) == 1:  # people decide in any case
            self.fields["statement"].required = True
            self.fields["statement"].help_text = _("Owners and the secretariat read it.")


class TransferForm(Part):
    """An entry without a known owner belongs to one of the own organisations."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    statement = forms.CharField(
        label=_("How it can be checked"),
        max_length=STATEMENT_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, own: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organisation", [(str(number), name) for number, name in own])


class AnswerForm(Part):
    """A decision with words for whoever asked."""

    answer = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=REMARK_MAX,
        help_text=_("It goes out by mail. Needed where you decline."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TakeForm(AnswerForm):
    """The words that go into the entry: as they came, or as a moderator put them."""

    words = forms.CharField(
        label=_("Words for the entry"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    field_order = ("words", "answer")


class AddLineForm(AnswerForm):
    """Who stands behind the line that an entry gets."""

    basis = forms.ChoiceField(
        label=_("How the line stands there"),
        choices=[
            (Basis.EDITOR.value, _("Confirmed by the secretariat: drawn solid")),
            (Basis.SUGGESTED.value, _("Suggested, until its owner confirms it: drawn dashed")),
        ],
    )
    field_order = ("basis", "answer")


class LineForm(Part):
    """An entry belongs to a line, which is named by scheme and code."""

    number = forms.IntegerField(
        label=_("Number of the entry"),
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    line = forms.ChoiceField()
    remark = forms.CharField(
        label=_("Why it belongs there"),
        max_length=REMARK_MAX,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self, *args: Any, heading: str, lines: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].label = heading
        self.offer("line", lines)


class VerdictForm(Part):
    note = forms.CharField(
        label=_("Note for the secretariat"),
        required=False,
        max_length=REMARK_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
