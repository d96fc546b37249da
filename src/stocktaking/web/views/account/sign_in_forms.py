"""allauth's forms in the words of this site. Apart from ``forms``: allauth builds on that one."""

from typing import Any

from allauth.account.forms import AddEmailForm, LoginForm
from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from stocktaking.web.guard import Guarded


def plain(field: forms.Field) -> None:
    """A visible label says what goes in; no grey text stands in the box."""
    field.label = _("E-mail address")
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["login"])
        self.fields["login"].help_text = _(
            "We send a code that works once, for 15 minutes. No password."
        )


class SignUpForm(Guarded, BaseSignupForm):
    """Visitors prove that they are no machine; by a code in a mail, they have proved their
    address as well."""

    guard_name = "sign-up"

    def __init__(self, data: Any = None, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        if data is not None and not data.get("guard-email"):
            # nobody types an address twice
            data = data.copy()
            data["guard-email"] = data.get("email", "")
        super().__init__(data, *args, request=request, **kwargs)
        plain(self.fields["email"])

    @property
    def proved_address(self) -> str:
        """The address that the code in the mail was sent to; empty where a script proved."""
        by_mail = self.guard is not None and self.guard.accepted and self.guard.by_mail
        return self.data["guard-email"].strip().lower() if by_mail else ""


class ChangeAddressForm(AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["email"])
        self.fields["email"].label = _("New address")
