"""What a profile says besides its columns: its name, what makes two records the same."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stocktaking.intake.rules.profiles.model import Identity, LanguageRule, Profile
from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.texts import pick
from stocktaking.web.forms.base import LANGUAGE_CHOICES, Part
from stocktaking.web.forms.imports import words
from stocktaking.web.forms.imports.reading import PLAIN, one_line
from stocktaking.web.forms.imports.rows import read_pairs, shown_values


class ProfileForm(Part):
    """The name of the profile, identity and language of its records, and what is done with
    them."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("For people who choose it, such as: Spreadsheet of the ministry."),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Short name"),
        max_length=40,
        help_text=gettext_lazy(
            "Small letters, digits, hyphens. The same short name again makes a new version."
        ),
        widget=forms.TextInput(PLAIN),
    )
    recognise = forms.BooleanField(
        label=gettext_lazy("Recognise files like this one by their columns"), required=False
    )
    identity_first = forms.ChoiceField(
        label=gettext_lazy("Column of the identifier"), required=False
    )
    identity_second = forms.ChoiceField(
        label=gettext_lazy("Second column, where one is not enough"), required=False
    )
    system = one_line(
        gettext_lazy("Whose identifier it is"),
        60,
        gettext_lazy("A short name of the list, such as ministry or iati. It stays the same."),
    )
    url = forms.ChoiceField(label=gettext_lazy("Column of its address"), required=False)
    number = forms.ChoiceField(
        label=gettext_lazy("Column of our own number"),
        required=False,
        help_text=gettext_lazy("Only for tables that were taken from this register."),
    )
    version = forms.ChoiceField(
        label=gettext_lazy("Column of the version it was taken from"), required=False
    )
    language_default = forms.ChoiceField(
        label=gettext_lazy("Language of the texts"), required=False
    )
    language_column = forms.ChoiceField(
        label=gettext_lazy("Column that says the language"), required=False
    )
    language_values = forms.CharField(
        label=gettext_lazy("What it says = language"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy("One on each line, such as: Français = fr"),
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
    )
    conflict = forms.ChoiceField(
        label=gettext_lazy("Where the file and the register both changed"),
        required=False,
        choices=words.CONFLICT_NAMES,
    )
    publish = forms.BooleanField(label=gettext_lazy("Publish new entries at once"), required=False)
    source = one_line(
        gettext_lazy("Source"),
        40,
        gettext_lazy("A short name; new entries are listed under it and can be found by it."),
    )
    licence = one_line(gettext_lazy("Licence of the data"), 60, gettext_lazy("Such as CC-BY-4.0."))
    attribution = one_line(gettext_lazy("Attribution"), 300, plain=False)

    def __init__(
        self,
        profile: Profile,
        columns: dict[str, str],
        data: Any = None,
        **kwargs: Any,
    ) -> None:
        """``columns`` are the paths of the file's columns with the words that show them."""
        super().__init__(data, prefix="profile", initial=_initial(profile), **kwargs)
        for name, held in _columns_held(profile).items():
            missing = {} if held in columns or not held else {held: held}
            self.offer(name, [("", ""), *(columns | missing).items()])
        default = profile.language.default
        more = [] if default in languages.BY_CODE or not default else [(default, default)]
        self.offer("language_default", [*LANGUAGE_CHOICES, *more])

    def clean_slug(self) -> str:
        return str(self.cleaned_data["slug"]).lower().replace("_", "-")

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if not held.get("identity_first") and not held.get("number"):
            told = _("Say which column tells one project from another.")
            self.add_error("identity_first", told)
        if held.get("identity_first") and not held.get("system"):
            self.add_error("system", _("Say whose identifier it is."))
        self.languages, wrong = read_pairs(str(held.get("language_values") or ""))
        if wrong:
            self.add_error("language_values", wrong)
        return held

    def stated(self, old: Profile) -> Profile:
        """The profile with what is typed here."""
        held = self.cleaned_data
        title = {**old.title, languages.current().code: held["title"]}
        columns = [held["identity_first"], held["identity_second"], *old.identity.columns[2:]]
        return replace(
            old,
            slug=held["slug"],
            title=title,
            version=max(1, old.version),
            identity=Identity(
                system=held["system"],
                columns=tuple(dict.fromkeys(column for column in columns if column)),
                url=held["url"],
                number=held["number"],
                version=held["version"],
            ),
            language=LanguageRule(
                columns=tuple(
                    dict.fromkeys(
                        column
                        for column in (held["language_column"], *old.language.columns[1:])
                        if column
                    )
                ),
                values=self.languages,
                default=held["language_default"] or old.language.default,
            ),
            conflict=held["conflict"] or old.conflict,
            publish=held["publish"],
            source=held["source"],
            licence=held["licence"],
            attribution=held["attribution"],
        )


def _columns_held(profile: Profile) -> dict[str, str]:
    first, second = (*profile.identity.columns[:2], "", "")[:2]
    return {
        "identity_first": first,
        "identity_second": second,
        "url": profile.identity.url,
        "number": profile.identity.number,
        "version": profile.identity.version,
        "language_column": (*profile.language.columns, "")[0],
    }


def _initial(profile: Profile) -> dict[str, Any]:
    return {
        **_columns_held(profile),
        "title": pick(profile.title, languages.current().code),
        "slug": profile.slug,
        "recognise": bool(profile.recognises),
        "system": profile.identity.system,
        "language_default": profile.language.default,
        "language_values": shown_values(profile.language.values),
        "conflict": profile.conflict,
        "publish": profile.publish,
        "source": profile.source,
        "licence": profile.licence,
        "attribution": profile.attribution,
    }
