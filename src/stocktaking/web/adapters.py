"""How allauth, which knows the protocols of signing in, reaches the register's own rules."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.contrib.messages import ERROR
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from stocktaking.accounts import operations
from stocktaking.accounts.models import Person
from stocktaking.kernel import clock, languages
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.pending import pending


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made and changed by operations; addresses stay within this site."""

    def save_user(
        self, request: HttpRequest, user: Person, form: forms.Form, commit: bool = True
    ) -> Person:
        data = form.cleaned_data
        try:
            return operations.register_person(
                email=data["email"],
                name=data.get("name", ""),
                country=data.get("country") or None,
                stakeholder=data.get("stakeholder") or None,
                language=languages.current().code,
                by=None,
                at=clock.now(),
            )
        except RuleBroken as refused:  # the same address signed up a moment ago
            raise ImmediateHttpResponse(redirect("account_login")) from refused

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        person = email_address.user
        before = person.email
        confirmed = super().confirm_email(request, email_address)
        person.refresh_from_db()
        if person.email != before:
            operations.note_address(person=person, before=before, by=person, at=clock.now())
        return confirmed

    def is_safe_url(self, url: str | None) -> bool:
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        # an identity that was stated on the way in waits to be linked
        if pending(request, at=clock.now()):
            return reverse("account_identities")
        return super().get_login_redirect_url(request)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        # the page that follows says what happened; only what went wrong needs words
        if level >= ERROR:
            super().add_message(request, level, *args, **kwargs)

    def send_account_already_exists_mail(self, email: str) -> None:
        # not by the request's host: who asks for the mail must not choose where it leads
        url = settings.BASE_URL + reverse("account_login")
        self.send_mail("account/email/account_already_exists", email, {"login_url": url})


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator apps are kept encrypted with the key of the installation."""

    def encrypt(self, text: str) -> str:
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return box().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return gettext("Stocktaking")


def box() -> MultiFernet:
    """Encrypts with the present key, opens also what older ones (SECRET_KEY_FALLBACKS) closed."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (sha256(b"second factor " + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
