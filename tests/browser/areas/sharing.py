from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = (
    SitePage("embed-entry", "/embed/entries/1-/"),
    SitePage("embed-entry-foreign", "/embed/entries/78-/"),
    SitePage("embed-matrix", "/embed/matrix/"),
    SitePage("embed-matrix-over", "/embed/matrix/?rows=region&columns=stakeholder&show=over"),
    SitePage("embed-trend", "/embed/trends/entries/"),
    SitePage("embed-nothing", "/embed/entries/99999-/", status=404),
    SitePage("embed-list", "/embed/entries/"),
    SitePage("embed-list-filtered", "/embed/entries/?q=health&theme=dark"),
)
PREPARED: set[str] = set()
# pictures, files and answers to machines
NO_PAGES: set[str] = {
    *("qr", "site_card", "entry_card", "list_badge", "entry_badge"),
    *("entries_cite", "entry_cite", "oembed"),
}
