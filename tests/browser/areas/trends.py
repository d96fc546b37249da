from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = (
    SitePage("trends", "/trends/"),
    SitePage("trends-subjects", "/trends/subjects/"),
    SitePage("trends-places", "/trends/places/"),
    SitePage("trends-filtered", "/trends/subjects/?from-region=INT&registered-from=2012"),
    SitePage("trends-empty", "/trends/?q=zzzzzz"),
)
PREPARED: set[str] = set()
NO_PAGES: set[str] = {"trend_file"}
