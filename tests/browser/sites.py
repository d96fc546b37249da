"""The pages of the site, one per template; addresses stand below the language."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SitePage:
    name: str
    path: str
    role: str | None = None
    status: int = 200
    scripted: bool = False  # passkeys need a script


PAGES: tuple[SitePage, ...] = (
    SitePage("home", "/"),
    SitePage("explore", "/entries/"),
    SitePage("explore-search", "/entries/?q=telemedicine&sdg=3"),
    SitePage("explore-table", "/entries/?view=table&region=AFR"),
    SitePage("explore-nothing", "/entries/?q=zzzzqqqq"),
    SitePage("explore-empty-square", "/entries/?action-line=C9&sdg=14"),
    SitePage("explore-ignored", "/entries/?colour=red&sdg=99"),
    SitePage("explore-beyond", "/entries/?page=9999", status=404),
    SitePage("matrix", "/matrix/"),
    SitePage("matrix-share", "/matrix/?show=row"),
    SitePage("organisations", "/organisations/"),
    SitePage("about", "/about/"),
    SitePage("method", "/method/"),
    SitePage("privacy", "/privacy/"),
    SitePage("accessibility", "/accessibility/"),
    SitePage("licence", "/licence/"),
    SitePage("entry", "/entries/1/"),
    SitePage("entry-foreign", "/entries/78/"),
    SitePage("entry-history", "/entries/1-/history/"),
    SitePage("organisation", "/organisations/1/"),
    SitePage("not-found", "/nowhere/at/all/", status=404),
    SitePage("sign-in", "/account/sign-in/", scripted=True),
    SitePage("sign-up", "/account/sign-up/"),
    SitePage("roles", "/account/roles/"),
    SitePage("account", "/account/", role="person"),
    SitePage("second-step", "/account/second-step/", role="person"),
    SitePage("security", "/account/security/", role="person", scripted=True),
    SitePage("email", "/account/email/", role="person"),
    SitePage("erase", "/account/erase/", role="person"),
    SitePage("desk", "/staff/", role="administrator"),
    SitePage("staff-entries", "/staff/entries/", role="administrator"),
    SitePage("staff-entry-new", "/staff/entries/new/", role="administrator"),
    SitePage("staff-entry-edit", "/staff/entries/1/", role="administrator"),
    SitePage("staff-entry-withdraw", "/staff/entries/1/withdraw/", role="administrator"),
    SitePage("staff-organisations", "/staff/organisations/", role="administrator"),
    SitePage("staff-organisation-new", "/staff/organisations/new/", role="administrator"),
    SitePage("staff-organisation", "/staff/organisations/1/", role="administrator"),
    SitePage("staff-collections", "/staff/collections/", role="administrator"),
    SitePage("staff-collection-new", "/staff/collections/new/", role="administrator"),
    SitePage("staff-schemes", "/staff/terms/", role="administrator"),
    SitePage("staff-scheme", "/staff/terms/sdg/", role="administrator"),
    SitePage("staff-term", "/staff/terms/sdg/3/", role="administrator"),
    SitePage("staff-crosswalk", "/staff/crosswalks/wsis-sdg/", role="administrator"),
    SitePage("staff-pages", "/staff/pages/", role="administrator"),
    SitePage("staff-page", "/staff/pages/about/fr/", role="administrator"),
    SitePage("staff-people", "/staff/people/", role="administrator"),
    SitePage("staff-person", "/staff/people/1/", role="administrator"),
    SitePage("staff-index", "/staff/index/", role="administrator"),
    SitePage("staff-jobs", "/staff/jobs/", role="administrator"),
)
