from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = (
    SitePage("personal-desk", "/desk/", role="person"),
    SitePage("personal-desk-staff", "/desk/", role="moderator"),
)
PREPARED: set[str] = set()
NO_PAGES: set[str] = set()
