"""Every address of the site with the capability it needs. What is not listed here fails.

An example is an address of the world that ``test_access_matrix`` makes: ``{entry}`` and the
like stand for its objects. A route that only takes forms is asked with POST. ``usual`` is the
status that somebody who may enter gets; a redirect elsewhere than to signing in counts as in.
"""

from tests.web.areas import AREAS
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability

C = Capability

MACHINE = {
    "": Route(C.READ, "/"),
    "healthz": Route(C.READ, "/healthz"),
    "readyz": Route(C.READ, "/readyz"),
    "robots.txt": Route(C.READ, "/robots.txt"),
    "sitemap.xml": Route(C.READ, "/sitemap.xml"),
    r"^sitemap-(?P<code>ar|zh|en|fr|ru|es)-(?P<section>[a-z]+)-(?P<number>[1-9]\d{0,5})\.xml$": (
        Route(C.READ, "/sitemap-en-entries-1.xml")
    ),
    "favicon.ico": Route(C.READ, "/favicon.ico"),
    "terms-<slug:stamp>.css": Route(C.READ, "/terms-x.css"),
    # there is none as long as the operator sets no colours
    "theme-<slug:stamp>.css": Route(C.READ, "/theme-x.css", usual=(404,)),
    "theme": form(C.READ, "/theme"),
    r"^media/(?P<path>images/[0-9a-f]{2}/[0-9a-f]{64}-[1-9]\d{0,4}\.webp)$": (
        Route(C.READ, f"/media/images/00/{'0' * 64}-480.webp", usual=(404,))
    ),
    "e/<number:number>": Route(C.READ, "/e/{entry}"),
    "e/<number:number>.<form:form>": Route(C.READ, "/e/{entry}.json"),
}

ACCOUNT = {
    "": Route(C.HOLD_ACCOUNT, "/en/account/"),
    "export/": form(C.HOLD_ACCOUNT, "/en/account/export/"),
    "erase/": Route(C.HOLD_ACCOUNT, "/en/account/erase/"),
    "sign-out-everywhere/": form(C.HOLD_ACCOUNT, "/en/account/sign-out-everywhere/"),
    "roles/": Route(C.READ, "/en/account/roles/"),
    "email/": Route(C.HOLD_ACCOUNT, "/en/account/email/"),
    "sign-in/": Route(C.READ, "/en/account/sign-in/"),
    "sign-in/again/": Route(C.READ, "/en/account/sign-in/again/"),
    "sign-in/code/": Route(C.READ, "/en/account/sign-in/code/"),
    "sign-in/second-step/": Route(C.READ, "/en/account/sign-in/second-step/"),
    "sign-in/passkey/": Route(C.READ, "/en/account/sign-in/passkey/"),
    "sign-up/": Route(C.READ, "/en/account/sign-up/"),
    "sign-up/code/": Route(C.READ, "/en/account/sign-up/code/"),
    "sign-out/": Route(C.READ, "/en/account/sign-out/"),
    "closed/": Route(C.READ, "/en/account/closed/"),
    # there are none but in a demonstration
    "once/<str:token>/": Route(C.READ, "/en/account/once/token/", usual=(404,)),
    "second-step/": Route(C.HOLD_ACCOUNT, "/en/account/second-step/"),
    "security/": Route(C.HOLD_ACCOUNT, "/en/account/security/"),
    # somebody without a second factor has none to confirm, to remove or to see
    "security/confirm/": Route(C.HOLD_ACCOUNT, "/en/account/security/confirm/", usual=(403,)),
    "security/app/set-up/": Route(C.HOLD_ACCOUNT, "/en/account/security/app/set-up/"),
    "security/app/remove/": Route(C.HOLD_ACCOUNT, "/en/account/security/app/remove/", usual=(404,)),
    "security/codes/": Route(C.HOLD_ACCOUNT, "/en/account/security/codes/", usual=(404,)),
    "security/codes/new/": Route(C.HOLD_ACCOUNT, "/en/account/security/codes/new/"),
    "security/codes/download/": Route(
        C.HOLD_ACCOUNT, "/en/account/security/codes/download/", usual=(404,)
    ),
    "security/passkeys/": Route(C.HOLD_ACCOUNT, "/en/account/security/passkeys/"),
    "security/passkeys/add/": Route(C.HOLD_ACCOUNT, "/en/account/security/passkeys/add/"),
    "security/passkeys/confirm/": Route(
        C.HOLD_ACCOUNT, "/en/account/security/passkeys/confirm/", usual=(403,)
    ),
    "security/passkeys/<int:pk>/remove/": Route(
        C.HOLD_ACCOUNT, "/en/account/security/passkeys/1/remove/", usual=(404,)
    ),
    "security/passkeys/<int:pk>/rename/": Route(
        C.HOLD_ACCOUNT, "/en/account/security/passkeys/1/rename/", usual=(404,)
    ),
}

STAFF = {
    "": Route(C.SEE_DESK, "/en/staff/"),
    "entries/": Route(C.SEE_UNPUBLISHED, "/en/staff/entries/"),
    "entries/new/": Route(C.EDIT_ENTRIES, "/en/staff/entries/new/"),
    "entries/<number:number>/": Route(C.EDIT_ENTRIES, "/en/staff/entries/{entry}/"),
    "entries/<number:number>/publish/": form(
        C.PUBLISH_ENTRIES, "/en/staff/entries/{draft}/publish/"
    ),
    "entries/<number:number>/withdraw/": Route(
        C.WITHDRAW_ENTRIES, "/en/staff/entries/{entry}/withdraw/"
    ),
    "organisations/": Route(C.EDIT_ORGANISATIONS, "/en/staff/organisations/"),
    "organisations/new/": Route(C.EDIT_ORGANISATIONS, "/en/staff/organisations/new/"),
    "organisations/<number:number>/": Route(
        C.EDIT_ORGANISATIONS, "/en/staff/organisations/{organisation}/"
    ),
    "organisations/<number:number>/members/": form(
        C.EDIT_ORGANISATIONS, "/en/staff/organisations/{organisation}/members/"
    ),
    "organisations/<number:number>/members/<number:person_id>/remove/": form(
        C.EDIT_ORGANISATIONS, "/en/staff/organisations/{organisation}/members/{person}/remove/"
    ),
    "organisations/<number:number>/merge/": Route(
        C.EDIT_ORGANISATIONS, "/en/staff/organisations/{organisation}/merge/"
    ),
    "organisations/<number:number>/merge/confirm/": form(
        C.EDIT_ORGANISATIONS, "/en/staff/organisations/{organisation}/merge/confirm/"
    ),
    "collections/": Route(C.EDIT_COLLECTIONS, "/en/staff/collections/"),
    "collections/new/": Route(C.EDIT_COLLECTIONS, "/en/staff/collections/new/"),
    "collections/<slug:slug>/": Route(C.EDIT_COLLECTIONS, "/en/staff/collections/health/"),
    "terms/": Route(C.EDIT_REFERENCE, "/en/staff/terms/"),
    "terms/<slug:slug>/": Route(C.EDIT_REFERENCE, "/en/staff/terms/line/"),
    "terms/<slug:slug>/<str:code>/": Route(C.EDIT_REFERENCE, "/en/staff/terms/line/L1/"),
    "crosswalks/<slug:slug>/": Route(C.EDIT_REFERENCE, "/en/staff/crosswalks/line-goal/"),
    "pages/": Route(C.EDIT_PAGES, "/en/staff/pages/"),
    "pages/<slug:slug>/<slug:code>/": Route(C.EDIT_PAGES, "/en/staff/pages/about/en/"),
    "people/": Route(C.GRANT_ROLES, "/en/staff/people/"),
    "people/<number:number>/": Route(C.GRANT_ROLES, "/en/staff/people/{person}/"),
    "people/<number:number>/roles/<slug:role>/": form(
        C.GRANT_ROLES, "/en/staff/people/{person}/roles/moderator/"
    ),
    "index/": Route(C.OPERATE, "/en/staff/index/"),
    "index/rebuild/": form(C.OPERATE, "/en/staff/index/rebuild/"),
    "jobs/": Route(C.OPERATE, "/en/staff/jobs/"),
    "jobs/<number:number>/": Route(C.OPERATE, "/en/staff/jobs/{job}/"),
    "jobs/<number:number>/act/": form(C.OPERATE, "/en/staff/jobs/{job}/act/", 200, 302, 400),
}

PUBLIC = {
    "": Route(C.READ, "/en/"),
    "entries/": Route(C.READ, "/en/entries/"),
    "entries.<list_form:form>": Route(C.READ, "/en/entries.csv"),
    "entries/<number:number>/": Route(C.READ, "/en/entries/{entry}/", usual=(301,)),
    "entries/<number:number>-<anyslug:slug>/history/": Route(
        C.READ, "/en/entries/{entry}-{slug}/history/"
    ),
    "entries/<number:number>-<anyslug:slug>/": Route(C.READ, "/en/entries/{entry}-{slug}/"),
    "entries/<number:number>-<anyslug:slug>.<form:form>": Route(
        C.READ, "/en/entries/{entry}-{slug}.json"
    ),
    "matrix/": Route(C.READ, "/en/matrix/"),
    r"^matrix\.(?P<form>csv|svg)$": Route(C.READ, "/en/matrix.csv"),
    "organisations/": Route(C.READ, "/en/organisations/"),
    "organisations/<number:number>/": Route(
        C.READ, "/en/organisations/{organisation}/", usual=(301,)
    ),
    "organisations/<number:number>-<anyslug:slug>/": Route(
        C.READ, "/en/organisations/{organisation}-health/"
    ),
    "<slug:slug>/": Route(C.READ, "/en/about/"),
}

ROUTES: dict[str, Route] = {
    **MACHINE,
    **{f"<lang>/account/{route}": needs for route, needs in ACCOUNT.items()},
    **{f"<lang>/staff/{route}": needs for route, needs in STAFF.items()},
    **{f"<lang>/{route}": needs for route, needs in PUBLIC.items()},
    **{route: needs for area in AREAS for route, needs in area.ROUTES.items()},
}
