"""No page of the site is left out by those who look at it."""

from collections.abc import Callable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver, resolve
from tests.browser.areas import AREAS
from tests.browser.sites import PAGES

# Reached in test_prepared and test_passkeys, where something is done first.
PREPARED = {
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_logout",
    "account_once",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_view_recovery_codes",
    "staff_collection_edit",
    "staff_entry_publish",
    "staff_job",
    "staff_organisation_merge",
}
# Files and answers to machines, and forms without a page of their own.
NO_PAGES = {
    "account_export",
    "account_request_login_code",  # the page for signing in, under allauth's other name
    "account_sign_out_everywhere",
    "entries_list",
    "entry_machine",
    "favicon",
    "healthz",
    "matrix_file",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    "permalink",
    "permalink_form",
    "picture",
    "readyz",
    "robots",
    "root",
    "sitemap",
    "sitemap_index",
    "staff_index_rebuild",
    "staff_job_act",
    "staff_member_add",
    "staff_member_remove",
    "staff_organisation_merge_do",
    "staff_role",
    "terms_css",
    "theme",
    "theme_css",
}
# A narrow page with a sentence or one button, of the same template as others that are looked at.
ALIKE = {
    "account_inactive",
    "mfa_edit_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
}


def pages(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, Callable[..., object]]]:
    """Name and view of every address that has a name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name, pattern.callback


def test_every_page_is_looked_at() -> None:
    seen = {
        resolve(f"/en{page.path.partition('?')[0]}").func
        for page in PAGES
        if page.name != "not-found"
    }
    left_out = {name for name, view in pages(get_resolver().url_patterns) if view not in seen}
    of_areas = {name for area in AREAS for name in area.PREPARED | area.NO_PAGES}
    assert left_out == PREPARED | NO_PAGES | ALIKE | of_areas
