"""Signing in, the second step, and a person's own pages.

allauth knows the protocols; which of its pages exist here, and who may enter, is said here.
"""

import datetime as dt
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
from stocktaking.web.guard import limited
from stocktaking.web.urls import converters
from stocktaking.web.views.account import entrance, identities, organisations, own

converters.register()
View = Callable[..., HttpResponseBase]
# of one subscriber; of a network like a campus's five times as many
TRIES, TRIES_EVERY = 100, dt.timedelta(minutes=10)


def door(route: str, view: View, name: str) -> URLPattern:
    """A page on the way in: everybody may see it, and send its form now and then.

    allauth's own limits stand in a cache that each process may have alone; these all share.
    """
    paced = limited(name, most=TRIES, every=TRIES_EVERY, by="network")(view)
    return path(route, never_cache(allow(Capability.READ)(paced)), name=name)


def page(route: str, view: View, name: str) -> URLPattern:
    """A page for whoever is signed in."""
    return path(route, never_cache(allow(Capability.HOLD_ACCOUNT)(view)), name=name)


urlpatterns = [
    page("", own.account, "account"),
    page("consents/", own.consents, "account_consents"),
    page("invitations/", organisations.invitations, "account_invitations"),
    page("invitations/<number:invitation_id>/", organisations.answer, "account_invitation_answer"),
    page("invitations/by-link/<str:token>/", organisations.invitation, "account_invitation"),
    path("organisations/<number:number>/", organisations.organisation, name="account_organisation"),
    path(
        "organisations/<number:number>/invite/",
        organisations.invite,
        name="account_organisation_invite",
    ),
    path(
        "organisations/<number:number>/invitations/<number:invitation_id>/take-back/",
        organisations.take_back,
        name="account_organisation_uninvite",
    ),
    path(
        "organisations/<number:number>/people/<number:person_id>/",
        organisations.change_member,
        name="account_organisation_member",
    ),
    page("export/", own.export, "account_export"),
    page("erase/", own.erase, "account_erase"),
    page("sign-out-everywhere/", own.sign_out_everywhere, "account_sign_out_everywhere"),
    path("roles/", own.roles, name="account_roles"),
    page("email/", entrance_views.email, "account_email"),
    door("sign-in/", identities.sign_in, "account_login"),
    # allauth's name for where to go when a code is too old: the same page
    door("sign-in/again/", identities.sign_in, "account_request_login_code"),
    door("sign-in/with/<slug:provider_id>/", identities.begin, "identity_begin"),
    door("sign-in/code/", entrance_views.confirm_login_code, "account_confirm_login_code"),
    door("sign-in/second-step/", mfa.authenticate, "mfa_authenticate"),
    door("sign-in/passkey/", webauthn.login_webauthn, "mfa_login_webauthn"),
    door("sign-up/", entrance.sign_up, "account_signup"),
    door(
        "sign-up/code/", entrance_views.email_verification_sent, "account_email_verification_sent"
    ),
    door("sign-out/", entrance_views.logout, "account_logout"),
    door("closed/", entrance_views.account_inactive, "account_inactive"),
    door("once/<str:token>/", entrance.once, "account_once"),
    page("second-step/", entrance.second_factor, "account_second_factor"),
    page("identities/", identities.identities, "account_identities"),
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
