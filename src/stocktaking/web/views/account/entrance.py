"""The second step, and the links that stand in for it in a demonstration."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import (
    clear_authentication_records,
    record_authentication,
)
from allauth.account.views import SignupView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from stocktaking.accounts import operations
from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow, has_second_factor, person_of
from stocktaking.web.views.account.own import signed_in
from stocktaking.web.views.account.sign_in_forms import SignUpForm

NEXT = "second_factor_next"  # in the session, while somebody sets up a second step


class SignUp(SignupView):
    """allauth's page for signing up, with what keeps machines out."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        if form.proved_address == form.cleaned_data["email"].lower():
            # a second code to the same address would prove nothing more; to another it would
            get_adapter(self.request).stash_verified_email(self.request, form.proved_address)
        return super().form_valid(form)


@allow(Capability.READ)
def sign_up(request: HttpRequest) -> HttpResponse:
    return SignUp.as_view()(request)


@allow(Capability.HOLD_ACCOUNT)
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why staff pages ask for more, and the way to give it."""
    onward = safe_next(request)
    if has_second_factor(request):
        return redirect(onward)
    request.session[NEXT] = onward
    kinds = set(
        Authenticator.objects.filter(user=signed_in(request)).values_list("type", flat=True)
    )
    context = {
        "next": onward,
        "has_codes": Authenticator.Type.TOTP in kinds,
        "has_passkey": Authenticator.Type.WEBAUTHN in kinds,
    }
    return render(request, "web/account/second_factor.html", context)


@allow(Capability.HOLD_ACCOUNT)
def activate_totp(request: HttpRequest) -> HttpResponse:
    return counted(totp.activate_totp, request)


@allow(Capability.HOLD_ACCOUNT)
def add_webauthn(request: HttpRequest) -> HttpResponse:
    return counted(webauthn.add_webauthn, request)


def counted(view: Callable[[HttpRequest], HttpResponse], request: HttpRequest) -> HttpResponse:
    """Whoever has just shown a new second factor need not show it again in this session."""
    person = signed_in(request)
    held = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    before = set(held.values_list("pk", flat=True))
    response = view(request)
    for added in held.exclude(pk__in=before):
        record_authentication(
            request, person, "mfa", id=added.pk, type=added.type, reauthenticated=True
        )
    return response


@allow(Capability.READ)
def once(request: HttpRequest, token: str) -> HttpResponse:
    """Enter a demo account. Looking at the page spends nothing: mail scanners look, too."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return render(request, "web/account/once.html")
    try:
        link = operations.use_one_time_link(token=token, at=clock.now())
    except RuleBroken as refused:
        context = {"refused": str(refused)}
        return render(request, "web/account/once.html", context, status=410)
    if person_of(request) is not None:
        logout(request)
    clear_authentication_records(request)
    login(request, link.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, link.person, "once", second_factor=link.second_factor)
    return redirect("desk" if can(link.person, Capability.SEE_DESK) else "account")


def safe_next(request: HttpRequest) -> str:
    """The address to go on to, if it is one of this site; else the person's own page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else resolve_url(settings.LOGIN_REDIRECT_URL)
