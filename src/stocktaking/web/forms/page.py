"""A page of the site in one language: title and Markdown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.languages import Language
from stocktaking.web.forms.base import Part


class PageForm(Part):
    title = forms.CharField(label=_("Title"), required=False)
    body = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        help_text=_("Markdown: # heading, - list, **bold**, [link](https://example.org)."),
        widget=forms.Textarea(attrs={"rows": 24}),
    )

    def speak(self, language: Language) -> None:
        """Let both fields be written in this language."""
        for field in self.fields.values():
            field.widget.attrs |= {"lang": language.code, "dir": language.direction}
