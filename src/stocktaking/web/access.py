"""Who may enter a view: every view carries ``allow`` with the capability it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from stocktaking.accounts.models import Person
from stocktaking.accounts.permissions import can
from stocktaking.accounts.rules.roles import GRANTS, Capability, Role, staff_only
from stocktaking.kernel.errors import NotAllowed

View = Callable[..., HttpResponseBase]


def allow(capability: Capability, *, hide: bool = False) -> Callable[[View], View]:
    """Let in whoever holds ``capability``.

    A visitor is sent to sign in and comes back; somebody signed in gets 403, or 404 with
    ``hide``. A capability that only staff hold asks for a second factor as well. NotAllowed,
    raised by the view or an operation it calls, is refused in the same way.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # what everybody may read must not touch the session: such pages are cached
            if capability in GRANTS[Role.VISITOR]:
                return enter(request, *args, **kwargs)
            response = _refusal(request, capability, hide) or enter(request, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return response

        def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as error:
                raise _refused(hide) from error

        guarded.capability = capability  # type: ignore[attr-defined]
        return guarded

    return decorate


def person_of(request: HttpRequest) -> Person | None:
    """Who is signed in, as operations and permissions want it."""
    return request.user if isinstance(request.user, Person) else None


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or later confirmed, with a second factor."""
    records = get_authentication_records(request, person_of(request))
    return any(
        record.get("method") == "mfa"
        or (settings.DEMO and record.get("method") == "once" and record.get("second_factor"))
        for record in records
    )


def _refusal(request: HttpRequest, capability: Capability, hide: bool) -> HttpResponseBase | None:
    person = person_of(request)
    if person is None:
        return _elsewhere(request, "account_login")
    if not can(person, capability):
        raise _refused(hide)
    if staff_only(capability) and not has_second_factor(request):
        return _elsewhere(request, "account_second_factor")
    return None


def _refused(hide: bool) -> Exception:
    return Http404() if hide else PermissionDenied()


def _elsewhere(request: HttpRequest, name: str) -> HttpResponseBase:
    # a form that was sent is not repeated; its own page is the place to come back to
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return redirect(f"{reverse(name)}?{urlencode({'next': back})}")
