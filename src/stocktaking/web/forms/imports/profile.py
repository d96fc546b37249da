"""A profile as the file that it is: typed, or sent."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.intake.operations.imports.words import told_of_profile
from stocktaking.intake.rules.profiles.documents import LONGEST, parse
from stocktaking.intake.rules.profiles.faults import ProfileBroken
from stocktaking.intake.rules.profiles.framework import Framework
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.web.forms.base import Part

SHOWN_FAULTS = 40


class ProfileFileForm(Part):
    """What is sent wins over what is typed, and stands in the field when the page comes back."""

    text = forms.CharField(
        label=gettext_lazy("The profile file (TOML)"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false", "dir": "ltr"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or send a file"),
        required=False,
        widget=forms.FileInput({"accept": ".toml,text/plain"}),
    )

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.profile: Profile | None = None

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        sent = held.get("file")
        if sent:
            self._take(sent)
        text = self.stated()
        if not text.strip():
            self.add_error("text", _("Type the profile, or send its file."))
            return held
        try:
            self.profile = parse(text, self.framework)
        except ProfileBroken as broken:
            for fault in broken.faults[:SHOWN_FAULTS]:
                self.add_error("text", told_of_profile(fault))
        return held

    def stated(self) -> str:
        return str(self.data.get(self.add_prefix("text"), "")).replace("\r\n", "\n")

    def _take(self, sent: Any) -> None:
        if sent.size > 4 * LONGEST:
            self.add_error("file", _("The file is too large."))
            return
        try:
            text = sent.read().decode("utf-8-sig").replace("\0", "")
        except UnicodeDecodeError:
            self.add_error("file", _("The letters of this file cannot be read. Save it as UTF-8."))
            return
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("text")] = text
        self.data = data
