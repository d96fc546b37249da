from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = ()
PREPARED: set[str] = set()
NO_PAGES: set[str] = {"qr", "entries_cite", "entry_cite"}  # pictures and files
