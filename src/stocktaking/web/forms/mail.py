"""Words of a mail, a mail to try, an address to stop."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.languages import Language
from stocktaking.web.forms.base import Part

# every category of the outbox, and all of them
CATEGORIES = [
    ("", _("All mail")),
    ("account", _("Account")),
    ("process", _("Taking part")),
    ("news", _("Letters")),
]


class TemplateForm(Part):
    subject = forms.CharField(label=_("Subject"), required=False)
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        help_text=_("Markdown: # heading, - list, **bold**, [link](https://example.org)."),
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    to = forms.CharField(
        label=_("Address for a test"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def speak(self, language: Language) -> None:
        """Let the words be written in this language."""
        for name in ("subject", "body"):
            attrs = {"lang": language.code, "dir": language.direction}
            self.fields[name].widget.attrs |= attrs

    def read_only(self) -> None:
        for name in ("subject", "body"):
            self.fields[name].widget.attrs["readonly"] = True


class StopForm(Part):
    address = forms.CharField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    category = forms.ChoiceField(label=_("Mail"), choices=CATEGORIES, required=False)
    detail = forms.CharField(label=_("Reason"), required=False, max_length=500)
