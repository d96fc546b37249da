"""Small forms around a reply: how to begin, whom to ask to write with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.queries import OrganisationView
from stocktaking.kernel import languages
from stocktaking.web.forms.base import LANGUAGE_CHOICES, Part


class StartForm(Part):
    """In which language somebody writes, and for which organisation."""

    language = forms.ChoiceField(
        label=_("Language you write in"),
        choices=LANGUAGE_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("The reply is read in this language. The questions are in yours."),
    )
    organisation = forms.ChoiceField(label=_("For whom"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, own: list[OrganisationView], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"language": languages.current().code})
        super().__init__(*args, **kwargs)
        self.offer(
            "organisation",
            [*((str(one.number), one.label()) for one in own), ("", _("For nobody but myself"))],
        )
        if not own:
            del self.fields["organisation"]
        elif not self.is_bound:
            self.initial["organisation"] = str(own[0].number)

    @property
    def number(self) -> int | None:
        """Of the organisation that was chosen."""
        chosen = self.cleaned_data.get("organisation") or ""
        return int(chosen) if chosen else None


class InviteForm(Part):
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("They get a mail with a link. They can make an account when they follow it."),
        widget=forms.TextInput(
            attrs={"inputmode": "email", "dir": "ltr", "autocomplete": "off", "size": 30}
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        required=False,
        choices=LANGUAGE_CHOICES,
        help_text=_("Whoever has an account gets it in the language of the account."),
    )
