"""Importing what a trial showed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.intake.queries.imports import BatchView
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.imports.words import CONFLICT_NAMES


class RunForm(Part):
    publish = forms.BooleanField(label=_("Publish new entries at once"), required=False)
    conflict = forms.ChoiceField(
        label=_("Where the file and the register both changed"), choices=CONFLICT_NAMES
    )

    def __init__(self, batch: BatchView, data: Any = None) -> None:
        initial = {"publish": batch.publish, "conflict": batch.conflict}
        super().__init__(data, initial=initial)
