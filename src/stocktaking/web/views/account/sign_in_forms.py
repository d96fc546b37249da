"""allauth's forms in the words of this site. Apart from ``forms``: allauth builds on that one."""

from typing import Any

from allauth.account.forms import AddEmailForm, LoginForm
from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _


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


class SignUpForm(BaseSignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["email"])


class ChangeAddressForm(AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["email"])
        self.fields["email"].label = _("New address")
