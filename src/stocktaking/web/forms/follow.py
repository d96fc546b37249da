"""How somebody wants to be told, and when."""

from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from stocktaking.follow.rules.saved import NAME_MAX
from stocktaking.follow.states import Kind, Rhythm
from stocktaking.web.forms.base import LANGUAGE_CHOICES, Part

RHYTHMS = {
    Rhythm.AT_ONCE: _("At once, within minutes, at most one mail in a quarter of an hour"),
    Rhythm.WEEKLY: _("Once a week"),
    Rhythm.MONTHLY: _("Once a month, in its first week"),
}
HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]


class FollowForm(Part):
    """One thing that is followed; entries go by their own titles."""

    name = forms.CharField(
        label=_("Name of the search"),
        max_length=NAME_MAX,
        help_text=_("It stands in the subject of the mail."),
    )
    rhythm = forms.ChoiceField(
        label=_("How often you are told"), choices=list(RHYTHMS.items()), widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of titles and links"),
        choices=LANGUAGE_CHOICES,
        help_text=_("The mail itself is in the language of your account."),
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind is Kind.ENTRY:
            del self.fields["name"]


class ScheduleForm(Part):
    """The day, the hour and the place whose clock counts."""

    weekday = forms.TypedChoiceField(label=_("Day of the week"), coerce=int)
    hour = forms.TypedChoiceField(label=_("Hour"), coerce=int, choices=HOURS)
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=60,
        help_text=_("Begin to type the name of a city: Europe/Zurich, Africa/Nairobi."),
        widget=forms.TextInput(attrs={"dir": "ltr", "list": "zones", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("weekday", [(str(day), name) for day, name in dates.WEEKDAYS.items()])
