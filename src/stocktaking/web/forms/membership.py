"""Inviting somebody to act for an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.models import Membership
from stocktaking.web.forms.base import Part

STANDINGS = [
    (Membership.Standing.EDITOR.value, _("Editor: replies to calls and edits entries")),
    (Membership.Standing.OWNER.value, _("Owner: also decides who acts for it")),
]


class InviteForm(Part):
    email = forms.CharField(
        label=_("E-mail address"),
        help_text=_("We send a link that works for 14 days, for this address alone."),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    standing = forms.ChoiceField(
        label=_("Standing"),
        choices=STANDINGS,
        initial=Membership.Standing.EDITOR.value,
        widget=forms.RadioSelect,
    )
