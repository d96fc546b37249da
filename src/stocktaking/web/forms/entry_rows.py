"""What an entry has many of: partners, links, identifiers, pictures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stocktaking.entries.rules.values import (
    EntryValues,
    IdentifierValue,
    ImageValue,
    LinkValue,
    PartnerValue,
)
from stocktaking.entries.states import LinkKind, PartnerRole
from stocktaking.web.forms.base import LANGUAGE_CHOICES, Part, rows_of

PARTNER_ROLES = {
    PartnerRole.PARTNER: _("Partner"),
    PartnerRole.FUNDER: _("Funder"),
    PartnerRole.IMPLEMENTER: _("Implementer"),
    PartnerRole.DEVELOPER: _("Developer"),
}
LINK_KINDS = [
    (LinkKind.WEBSITE.value, _("Website")),
    (LinkKind.SOURCE.value, _("Source")),
    (LinkKind.EVIDENCE.value, _("Evidence")),
]


class PartnerForm(Part):
    name = forms.CharField(label=_("Name"), required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, title) for role, title in PARTNER_ROLES.items()],
        initial=PartnerRole.PARTNER.value,
    )
    organisation = forms.IntegerField(
        label=_("Its number, if it is in the register"),
        required=False,
        min_value=1,
        max_value=2**62,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def value(self) -> PartnerValue:
        held = self.cleaned_data
        return PartnerValue(held["name"], PartnerRole(held["role"]), held["organisation"])


class LinkForm(Part):
    kind = forms.ChoiceField(label=_("Kind"), choices=LINK_KINDS, initial=LinkKind.WEBSITE.value)
    url = forms.CharField(
        label=_("Address"),
        required=False,
        help_text=_("Starts with https://"),
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )
    label = forms.CharField(label=_("Text of the link"), required=False)

    def value(self) -> LinkValue:
        held = self.cleaned_data
        return LinkValue(LinkKind(held["kind"]), held["url"], held["label"])


class IdentifierForm(Part):
    system = forms.CharField(
        label=_("List"), required=False, help_text=_("Whose number it is, such as IATI")
    )
    value_ = forms.CharField(label=_("Number there"), required=False)
    url = forms.CharField(
        label=_("Address"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "dir": "ltr"}),
    )

    def value(self) -> IdentifierValue:
        held = self.cleaned_data
        return IdentifierValue(held["system"], held["value_"], held["url"])


class ImageForm(Part):
    """A stored picture. A row without a file is no picture yet."""

    file = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )
    alt = forms.CharField(
        label=_("What it shows"),
        required=False,
        help_text=_("For people who cannot see it; every picture needs it."),
    )
    language = forms.ChoiceField(label=_("Language of this text"), required=False)
    credit = forms.CharField(label=_("Credit"), required=False)
    order = forms.IntegerField(
        label=_("Position"),
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
    )
    upload = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 12 MB. It is stored anew, without place and camera data."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = str(self.typed("language") or "")
        extra = [(code, code)] if code and code not in dict(LANGUAGE_CHOICES) else []
        original = ("", _("The original language"))
        self.offer("language", [original, *LANGUAGE_CHOICES, *extra])

    @property
    def stored(self) -> int | None:
        """The number of the stored file, once there is one."""
        typed = str(self.typed("file") or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None

    def value(self, original_language: str) -> ImageValue:
        held = self.cleaned_data
        return ImageValue(
            file=held["file"] or 0,
            alt=held["alt"],
            language=held["language"] or original_language,
            credit=held["credit"],
        )


PartnerRows = rows_of(PartnerForm, most=200)
LinkRows = rows_of(LinkForm)
IdentifierRows = rows_of(IdentifierForm, most=20)
ImageRows = rows_of(ImageForm, most=20)

ROWS = {
    "partners": PartnerRows,
    "links": LinkRows,
    "identifiers": IdentifierRows,
    "images": ImageRows,
}


def row_initial(values: EntryValues) -> dict[str, list[dict[str, Any]]]:
    """The rows of each kind that an entry has."""
    return {
        "partners": [
            {"name": p.name, "role": p.role.value, "organisation": p.organisation}
            for p in values.partners
        ],
        "links": [{"kind": o.kind.value, "url": o.url, "label": o.label} for o in values.links],
        "identifiers": [
            {"system": i.system, "value_": i.value, "url": i.url} for i in values.identifiers
        ],
        "images": [
            {
                "file": image.file,
                "alt": image.alt,
                "language": image.language,
                "credit": image.credit,
                "order": place,
            }
            for place, image in enumerate(values.images, start=1)
        ],
    }
