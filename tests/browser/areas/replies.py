from tests.browser.site_page import SitePage

CALL = "/calls/women-in-technology"
PAGES: tuple[SitePage, ...] = (
    SitePage("replies", "/replies/", role="person"),
    SitePage("reply-start", f"{CALL}/reply/", role="organisation_editor"),
    SitePage("reply-entries", f"{CALL}/entries/", role="organisation_editor"),
    SitePage("reply-join-unknown", "/replies/join/nothing/", role="person", status=404),
)
# test_reply looks at them on its way
PREPARED: set[str] = {
    "reply",
    "reply_section",
    "reply_check",
    "reply_sent",
    "reply_snapshot",
    "reply_authors",
    "reply_withdrawal",
    "reply_copy",
}
NO_PAGES: set[str] = {"reply_authors_change", "reply_data", "reply_save", "reply_speak"}
