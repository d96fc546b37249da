from tests.browser.site_page import SitePage

# of the demonstration: 35 resembles an entry and waits, 24 comes from Africa
PAGES: tuple[SitePage, ...] = (
    SitePage("staff-queue", "/staff/queue/", role="moderator"),
    SitePage("staff-queue-filtered", "/staff/queue/?state=accepted&language=fr", role="moderator"),
    SitePage("staff-reply", "/staff/queue/35/", role="moderator"),
    SitePage("staff-reply-observed", "/staff/queue/29/", role="observer"),
    SitePage("staff-queue-statistics", "/staff/queue/statistics/", role="moderator"),
    SitePage("staff-endorse", "/staff/queue/endorse/", role="coordinator"),
    SitePage("staff-endorse-reply", "/staff/queue/endorse/24/", role="coordinator"),
    SitePage("staff-checks", "/staff/checks/", role="organiser"),
    SitePage("staff-check-new", "/staff/checks/new/", role="organiser"),
    SitePage("staff-check", "/staff/checks/no-country/", role="organiser"),
)
PREPARED: set[str] = set()
NO_PAGES: set[str] = {
    "staff_queue_many",
    "staff_queue_table",
    "staff_reply_act",
    "staff_reply_dismiss",
    "staff_reply_settle",
}
