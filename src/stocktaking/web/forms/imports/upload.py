"""Sending a file to import: in pieces by the script, or with the form itself."""

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from stocktaking.accounts.models import Person
from stocktaking.files.models import StoredFile
from stocktaking.files.operations import store_file
from stocktaking.files.queries import sent_by
from stocktaking.files.rules.data import DATA, DATA_MAX, ENDS
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.forms.base import Part
from stocktaking.web.forms.questions.storing import source_of

INTO = "data"  # lead of the names of the fields, see web/views/uploads.py
ACCEPT = ",".join(ENDS)
MEGABYTES = DATA_MAX // 1024 // 1024
PLACES = 20


class UploadForm(Part):
    """One file; sent before in pieces, its number comes in a hidden field. The last one counts."""

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        by: Person | None,
        at: dt.datetime,
    ) -> None:
        super().__init__(data, files)
        self.by, self.at = by, at
        self.fields["file"] = forms.Field(label=_("File"), required=False)

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        try:
            number = self._stored() or self._sent()
        except RuleBroken as error:
            self.add_error("file", str(error))
            return held
        if number is None:
            self.add_error("file", _("Choose a file."))
        self.number = number
        return held

    def _stored(self) -> int | None:
        """A file that came with the form is kept at once, whatever else may be wrong."""
        file = self.files.get(f"{INTO}.upload") if self.files else None
        if not file:
            return None
        stored: StoredFile = store_file(
            data=source_of(file),
            name=file.name or "",
            kinds=(DATA,),
            most=DATA_MAX,
            by=self.by,
            at=self.at,
        )
        return stored.pk

    def _sent(self) -> int | None:
        """The last of the files that were sent before, if this person has sent it."""
        typed = [self.data.get(f"{INTO}.{place}.file", "") for place in range(PLACES)]
        numbers = [int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 19]
        known = sent_by(self.by.pk, numbers) if self.by is not None else {}
        return next((number for number in reversed(numbers) if number in known), None)
