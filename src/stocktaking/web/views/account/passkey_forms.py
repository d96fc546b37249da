"""allauth's forms for passkeys; what a browser would never send is an error, not a failure."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# what taking apart a made-up credential may raise
MADE_UP = (AttributeError, KeyError, TypeError, ValueError)
REFUSED = _("The passkey did not work. Try again, or use a code.")


class CheckedCredential:
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MADE_UP as error:
            raise ValidationError(REFUSED, code="credential") from error


class LoginForm(CheckedCredential, webauthn.LoginWebAuthnForm):
    pass


class AuthenticateForm(CheckedCredential, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateForm(CheckedCredential, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("So that you know which device it is on.")
        if "passwordless" in self.fields:
            self.fields["passwordless"].label = _("Sign in with it alone, without a code by mail")
            self.fields["passwordless"].help_text = ""

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except MADE_UP as error:
            raise ValidationError(REFUSED, code="credential") from error


class RenameForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
