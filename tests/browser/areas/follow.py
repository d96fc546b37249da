from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = (
    SitePage("follow-search", "/follow/search/?region=AFR&q=health"),
    SitePage("follow-search-signed-in", "/follow/search/?region=AFR&q=health", role="person"),
    SitePage("follow-everything", "/follow/search/", role="person"),
    SitePage("follow-entry", "/entries/1/follow/", role="person"),
    SitePage("following", "/account/following/", role="organiser"),
    SitePage("following-nothing", "/account/following/", role="expert"),
)
# test_follow looks at them on its way
PREPARED: set[str] = {"follow_stop", "following_one", "following_preview"}
NO_PAGES: set[str] = {"entry_feed"}
