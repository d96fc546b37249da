"""Signing in, the second step, and a person's own pages.

allauth knows the protocols; which of its pages exist here, and who may enter, is said here.
"""

from collections.abc import Callable

from allauth.account import views as entrance_views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from stocktaking.accounts.rules.roles import Capability
from stocktaking.web.access import allow
from stocktaking.web.views.account import entrance, own

View = Callable[..., HttpResponseBase]


def door(route: str, view: View, name: str) -> URLPattern:
    """A page on the way in: everybody may see it."""
    return path(route, never_cache(allow(Capability.READ)(view)), name=name)


def page(route: str, view: View, name: str) -> URLPattern:
    """A page for whoever is signed in."""
    return path(route, never_cache(allow(Capability.HOLD_ACCOUNT)(view)), name=name)


urlpatterns = [
    page("", own.account, "account"),
    page("export/", own.export, "account_export"),
    page("erase/", own.erase, "account_erase"),
    page("sign-out-everywhere/", own.sign_out_everywhere, "account_sign_out_everywhere"),
    path("roles/", own.roles, name="account_roles"),
    page("email/", entrance_views.email, "account_email"),
    door("sign-in/", entrance_views.login, "account_login"),
    # allauth's name for where to go when a code is too old: the same page
    door("sign-in/again/", entrance_views.login, "account_request_login_code"),
    door("sign-in/code/", entrance_views.confirm_login_code, "account_confirm_login_code"),
    door("sign-in/second-step/", mfa.authenticate, "mfa_authenticate"),
    door("sign-in/passkey/", webauthn.login_webauthn, "mfa_login_webauthn"),
    door("sign-up/", entrance_views.signup, "account_signup"),
    door(
        "sign-up/code/", entrance_views.email_verification_sent, "account_email_verification_sent"
    ),
    door("sign-out/", entrance_views.logout, "account_logout"),
    door("closed/", entrance_views.account_inactive, "account_inactive"),
    door("once/<str:token>/", entrance.once, "account_once"),
    page("second-step/", entrance.second_factor, "account_second_factor"),
    page("security/", mfa.index, "mfa_index"),
    page("security/confirm/", mfa.reauthenticate, "mfa_reauthenticate"),
    page("security/app/set-up/", entrance.activate_totp, "mfa_activate_totp"),
    page("security/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    page("security/codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    page("security/codes/new/", codes.generate_recovery_codes, "mfa_generate_recovery_codes"),
    page("security/codes/download/", codes.download_recovery_codes, "mfa_download_recovery_codes"),
    page("security/passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    page("security/passkeys/add/", entrance.add_webauthn, "mfa_add_webauthn"),
    page(
        "security/passkeys/confirm/",
        webauthn.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    page("security/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    page("security/passkeys/<int:pk>/rename/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
]
