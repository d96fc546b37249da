"""Signing in with a provider of identity: what is checked, and which account it opens.

allauth keeps state, PKCE and the exchange of the code. What it leaves open is closed here: the
signature is always verified, with keys of the issuer and algorithms of ours; the issuer is the
configured one and no other (mix-up); the nonce is that of this attempt (replay).
"""

import functools
import hmac
import logging
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from stocktaking.accounts import operations
from stocktaking.accounts.models import Person
from stocktaking.accounts.operations import Identity
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import person_of
from stocktaking.web.pending import keep

log = logging.getLogger(__name__)
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
LEEWAY = 60  # seconds by which two clocks may differ
TIMEOUT = 5  # seconds
SAFE_DOCUMENT = 1_000_000  # bytes


class Door(OpenIDConnectOAuth2Adapter):
    """What is asked of a provider, and what its answer must be."""

    nonce = ""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        # one address for all languages, and never by the host that the request names
        return settings.BASE_URL + reverse("identity_callback", args=[self.provider_id])

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, if it is the one that was configured."""
        known = self.__dict__.get("_openid_config")
        if known is None:
            configured = self.get_provider().configured
            known = self.fetch(f"{configured.issuer.rstrip('/')}/.well-known/openid-configuration")
            if known.get("issuer") != configured.issuer:
                raise OAuth2Error("the document names another issuer")
            place = str(known.get("authorization_endpoint", ""))
            if not any(place.startswith(f"{origin}/") for origin in configured.asks_at()):
                raise OAuth2Error("the place to ask people is not a configured one")
            self._openid_config = known
        return known

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise OAuth2Error("no id token")
        claims = self.verified(id_token, app)
        if "email" not in claims and "userinfo_endpoint" in self.openid_config:
            more = self.fetch(self.openid_config["userinfo_endpoint"], bearer=token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("the two answers are about two people")
            claims = {**more, **claims}
        return self.get_provider().sociallogin_from_response(request, claims)

    def verified(self, id_token: str, app: SocialApp) -> dict[str, Any]:
        """The claims of a token that this provider signed, for us, just now."""
        try:
            header = jwt.get_unverified_header(id_token)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("signed with an algorithm that is not taken")
            claims = jwt.decode(
                id_token,
                key=self._key(header),
                algorithms=[header["alg"]],
                audience=app.client_id,
                issuer=self.get_provider().configured.issuer,
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("the token is not good") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", app.client_id) != app.client_id or (several and "azp" not in claims):
            raise OAuth2Error("the token is for somebody else")
        if not self.nonce or not hmac.compare_digest(str(claims["nonce"]), self.nonce):
            raise OAuth2Error("the token is of another attempt")
        if not claims["sub"] or not isinstance(claims["sub"], str) or len(claims["sub"]) > 255:
            raise OAuth2Error("the token names nobody")
        return claims

    def _key(self, header: dict[str, Any]) -> Any:
        """The issuer's key with the id that the token names; the only one where it names none."""
        keys = jwt.PyJWKSet.from_dict(self.fetch(self.openid_config["jwks_uri"])).keys
        fitting = [key for key in keys if key.key_id == header.get("kid")]
        if "kid" not in header and len(keys) == 1:
            fitting = keys
        if len(fitting) != 1:
            raise OAuth2Error("signed with a key that the issuer does not have")
        return fitting[0].key

    def fetch(self, url: str, bearer: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        with IdentityAdapter(self.request).get_requests_session() as session:
            answer = session.get(url, headers=headers)
            answer.raise_for_status()
            if len(answer.content) > SAFE_DOCUMENT:
                raise OAuth2Error("a document of the provider is too long")
            found = answer.json()
        if not isinstance(found, dict):
            raise OAuth2Error("a document of the provider is no object")
        return found


class Callback(OAuth2CallbackView):
    """Where the provider sends people back to. A state works once, and for ten minutes."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce", "")
            spoken = languages.BY_CODE.get(state.get("language", ""))
            if spoken:  # the address has no language, the reader does
                translation.activate(spoken.django)
                request.LANGUAGE_CODE = spoken.django
            # RFC 9207: who answers says who it is; another than was asked is a mix-up
            stated = request.GET.get("iss", provider.configured.issuer)
            if stated != provider.configured.issuer:
                return None, failed(request, provider, OAuth2Error("another issuer answers"))
        return state, response


def failed(request: HttpRequest, provider: Any, error: Exception) -> HttpResponse:
    """What somebody reads whose sign-in was refused; why exactly is for the operator's log."""
    log.warning("sign-in with %s refused: %s", provider.app.provider_id, error)
    refused = str(error) if isinstance(error, RuleBroken) else ""
    context = {"provider": provider.app.name, "refused": refused}
    return render(request, "socialaccount/authentication_error.html", context, status=401)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Which providers there are, and which account an identity opens."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        # from the configuration alone: no row in the database can add a provider
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=one.id,
                name=one.name,
                client_id=one.client_id,
                secret=one.client_secret,
                settings={"server_url": one.issuer},
            )
            for one in settings.IDENTITY_PROVIDERS
            if provider in (None, one.id, "openid_connect") and client_id in (None, one.client_id)
        ]

    def get_requests_session(self) -> requests.Session:
        session = requests.Session()
        session.max_redirects = 0  # what is configured is asked, and nobody else
        session.request = functools.partial(session.request, timeout=TIMEOUT)  # type: ignore[method-assign]
        return session

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never here: ``pre_social_login`` decides what an address is good for."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Known: it opens its account. An address that counts: that account, or a new one.
        Else, and for somebody who is signed in: it waits until its owner links it."""
        identity = identity_of(sociallogin)
        if person_of(request) is not None:
            keep(request, identity, at=clock.now())
            raise ImmediateHttpResponse(redirect("account_identities"))
        if sociallogin.is_existing:
            return  # allauth asks for the second step, and refuses closed accounts
        if not any(address.verified for address in sociallogin.email_addresses):
            keep(request, identity, at=clock.now())
            raise ImmediateHttpResponse(redirect("account_login"))
        try:
            sociallogin.user = operations.open_account(
                identity=identity, language=languages.current().code, at=clock.now()
            )
        except RuleBroken as refused:
            raise ImmediateHttpResponse(failed(request, sociallogin.provider, refused)) from refused

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, **told: Any
    ) -> None:
        if error == AuthError.CANCELLED:  # changed their mind
            raise ImmediateHttpResponse(redirect("account_login"))
        reason = told.get("exception") or LookupError("no such attempt")
        raise ImmediateHttpResponse(failed(request, provider, reason))

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Person:
        person = sociallogin.user
        person.email, person.name = data.get("email") or "", data.get("name", "")
        return person


def identity_of(sociallogin: SocialLogin) -> Identity:
    stated, person = sociallogin.account.extra_data, sociallogin.user
    provider = sociallogin.provider.configured
    return Identity(
        provider=provider.id,
        provider_name=provider.name,
        issuer=provider.issuer,
        subject=stated["subject"],
        email=person.email,  # empty where what was stated is no address
        name=getattr(person, "name", ""),
    )
