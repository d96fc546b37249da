"""Found by allauth under this name: the one kind of provider of identity, OpenID Connect."""

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from stocktaking.accounts.operations import Identity
from stocktaking.accounts.rules.providers import IdentityProvider
from stocktaking.kernel import languages


def provider_of(number: str) -> IdentityProvider | None:
    """The configured provider with this id."""
    return next((one for one in settings.IDENTITY_PROVIDERS if one.id == number), None)


class Provider(OpenIDConnectProvider):
    """allauth's provider, with a nonce, and deaf to what the address asks for besides."""

    pkce_enabled_default = True

    @property
    def configured(self) -> IdentityProvider:
        found = provider_of(self.app.provider_id)
        if found is None:
            raise LookupError(self.app.provider_id)
        return found

    def get_oauth2_adapter(self, request: HttpRequest) -> Any:
        # the module that needs this one
        from stocktaking.web.identity import Door  # noqa: PLC0415

        return Door(request, self.app.provider_id)

    def begin(self, request: HttpRequest, *, onward: str) -> HttpResponse:
        """Send the browser to the provider; what comes back must carry the nonce."""
        nonce = secrets.token_urlsafe(32)
        return self.redirect(
            request,
            AuthProcess.LOGIN,
            next_url=onward or None,
            nonce=nonce,
            language=languages.current().code,
            auth_params={"nonce": nonce},
        )

    def extract_uid(self, data: dict[str, Any]) -> str:
        return self.identity(data).uid

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        return self.identity(data).stated()

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, str]:
        return {"email": _text(data, "email"), "name": _text(data, "name")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        """The address, verified where the provider says so itself and its word counts."""
        email = _text(data, "email")
        if not email:
            return []
        # some send the word "false": nothing but the truth itself is taken for it
        verified = data.get("email_verified") is True and self.configured.answers_for(email)
        return [EmailAddress(email=email, verified=verified, primary=True)]

    def identity(self, data: dict[str, Any]) -> Identity:
        return Identity(
            provider=self.configured.id,
            provider_name=self.configured.name,
            issuer=self.configured.issuer,
            subject=str(data["sub"]),
            email=_text(data, "email"),
            name=_text(data, "name"),
        )


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value.strip()[:254] if isinstance(value, str) and value.isprintable() else ""


provider_classes = [Provider]
