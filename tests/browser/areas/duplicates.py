from tests.browser.site_page import SitePage

HERE = "/staff/duplicates"
PAGES: tuple[SitePage, ...] = (
    SitePage("staff-duplicates", f"{HERE}/", role="moderator"),
    SitePage("staff-duplicates-apart", f"{HERE}/?state=apart", role="moderator"),
    SitePage("staff-duplicates-pair", f"{HERE}/260/261/", role="moderator"),
)
PREPARED: set[str] = set()
NO_PAGES: set[str] = {"staff_duplicates_look", "staff_duplicates_settle"}
