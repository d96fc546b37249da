"""Signing in with a provider of identity, and what an account is linked to."""

from allauth.account import views as entrance_views
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from stocktaking.accounts import operations
from stocktaking.accounts.rules.roles import Capability
from stocktaking.kernel import clock
from stocktaking.kernel.errors import RuleBroken
from stocktaking.web.access import allow
from stocktaking.web.identity import Callback, Door, IdentityAdapter, failed
from stocktaking.web.pending import forget, pending
from stocktaking.web.provider import provider_of
from stocktaking.web.views.account.entrance import safe_next
from stocktaking.web.views.account.own import signed_in

REFUSED = 422  # shown again, with the reason


@allow(Capability.READ)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page for signing in; its forms may lead to the configured providers."""
    return lead_to_providers(entrance_views.login(request))


@require_POST
@allow(Capability.READ)
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider; by a form, so that no link or picture can send anybody there."""
    if provider_of(provider_id) is None:
        raise Http404
    provider = IdentityAdapter(request).get_provider(request, provider_id)
    try:
        return provider.begin(request, onward=safe_next(request))
    except (RequestException, OAuth2Error, LookupError, ValueError) as error:
        return failed(request, provider, error)


@never_cache
@require_safe
@allow(Capability.READ)
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    if provider_of(provider_id) is None:
        raise Http404
    door = Door(request, provider_id)
    try:
        return Callback.adapter_view(door)(request)
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        # an answer that no provider would give
        return failed(request, door.get_provider(), error)


@allow(Capability.HOLD_ACCOUNT)
def identities(request: HttpRequest) -> HttpResponse:
    """With what else the account opens; what waits to be linked is linked here, by its owner."""
    person, at = signed_in(request), clock.now()
    waiting = pending(request, at=at)
    refused = ""
    if request.method == "POST":
        act = request.POST.get("act", "")
        try:
            if act == "link" and waiting:
                operations.link_identity(person=person, identity=waiting, by=person, at=at)
            elif act.isascii() and act.isdigit() and len(act) < 16:
                operations.unlink_identity(person=person, identity_id=int(act), by=person, at=at)
            if not act.isdigit():
                forget(request)
            return redirect("account_identities")
        except RuleBroken as error:
            forget(request)
            waiting, refused = None, str(error)
    names = {one.id: one.name for one in settings.IDENTITY_PROVIDERS}
    held = SocialAccount.objects.filter(user=person).order_by("id")
    context = {
        "waiting": waiting,
        "refused": refused,
        "held": [(row, names.get(row.provider, row.provider)) for row in held],
        "section": "account",
    }
    status = REFUSED if refused else 200
    page = render(request, "web/account/identities.html", context, status=status)
    return lead_to_providers(page)


def lead_to_providers(response: HttpResponse) -> HttpResponse:
    """Let the forms of this page end at the configured providers, and nowhere else."""
    places = [place for one in settings.IDENTITY_PROVIDERS for place in one.asks_at()]
    if places:
        response._csp_update = {"form-action": places}  # type: ignore[attr-defined]
    return response
