from tests.browser.site_page import SitePage

SLUG = "women-in-technology"  # a call of the demo whose name has no year in it
CALL = f"/staff/calls/{SLUG}"
PAGES: tuple[SitePage, ...] = (
    SitePage("calls", "/calls/"),
    SitePage("call", f"/calls/{SLUG}/", scripted=True),
    SitePage("call-of-a-person", f"/calls/{SLUG}/", role="organisation_editor"),
    SitePage("staff-calls", "/staff/calls/", role="organiser"),
    SitePage("staff-call-new", "/staff/calls/new/", role="organiser"),
    SitePage("staff-call", f"{CALL}/", role="organiser"),
    SitePage("staff-call-preview", f"{CALL}/preview/", role="organiser"),
    SitePage("staff-call-publish", f"{CALL}/publish/", role="organiser"),
    SitePage("staff-call-extend", f"{CALL}/extend/", role="organiser"),
    SitePage("staff-call-cancel", f"{CALL}/cancel/", role="organiser"),
    SitePage("staff-call-copy", f"{CALL}/copy/", role="organiser"),
    SitePage("staff-allowances", f"{CALL}/more-time/", role="organiser"),
    SitePage("staff-letters", f"{CALL}/letters/", role="organiser"),
    SitePage("staff-letter-new", f"{CALL}/letters/new/", role="organiser"),
    SitePage("staff-call-replies", f"{CALL}/replies/", role="organiser"),
    SitePage("staff-call-numbers", f"{CALL}/numbers/", role="organiser"),
    SitePage("staff-recipients", "/staff/recipients/", role="organiser"),
    SitePage("staff-group-new", "/staff/recipients/new/", role="organiser"),
)
# test_calls looks at them on its way
PREPARED: set[str] = {
    "staff_group",
    "staff_letter",
    "staff_letter_preview",
    "staff_letter_send",
}
NO_PAGES: set[str] = {
    "staff_call_replies_file",
    "staff_group_add",
    "staff_group_remove",
    "staff_letter_act",
}
