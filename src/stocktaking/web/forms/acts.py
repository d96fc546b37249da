"""Small forms: one act, with what it needs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.web.forms.base import Part


class WithdrawForm(Part):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Everybody who opens the address of the entry reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    merged_into = forms.IntegerField(
        label=_("Number of the entry that takes its place"),
        required=False,
        min_value=1,
        max_value=2**53,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
