from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = (
    SitePage("suggestion", "/entries/1/suggestion/"),
    SitePage("suggestion-form", "/entries/1/suggestion/?place=texts.en.title", scripted=True),
    SitePage("suggestion-sent", "/entries/1/suggestion/?sent=1"),
    SitePage("report", "/entries/1/report/", scripted=True),
    SitePage("report-sent", "/entries/1/report/?sent=1"),
    SitePage("contact", "/entries/78/contact/", scripted=True),
    SitePage("contact-sent", "/entries/78/contact/?sent=1"),
    SitePage("claim-entry", "/entries/5/claim/", role="person"),
    SitePage("claim-organisation", "/organisations/2/claim/", role="person"),
    SitePage("own-claims", "/account/claims/", role="person"),
    SitePage("own-suggestions", "/account/suggestions/", role="organisation_editor"),
    SitePage("own-invitations", "/account/collections/", role="organisation_editor"),
    SitePage("collections", "/collections/"),
    SitePage("collection", "/collections/women-in-technology/"),
    SitePage("collection-report", "/collections/women-in-technology/report/"),
    SitePage("collection-curate", "/collections/covid-19/curate/", role="organiser"),
    SitePage("staff-suggestions", "/staff/suggestions/", role="moderator"),
    SitePage("staff-lines", "/staff/lines/", role="facilitator"),
    SitePage("staff-claims", "/staff/claims/", role="moderator"),
    SitePage("staff-confirmations", "/staff/confirmations/", role="moderator"),
    SitePage("staff-messages", "/staff/messages/", role="moderator"),
)
# test_participation looks at them on its way
PREPARED: set[str] = {
    "claim",
    "collection_invitation",
    "confirm_entry",
    "own_suggestion",
    "staff_claim",
    "staff_suggestion",
}
NO_PAGES: set[str] = {"claim_decide", "claim_look", "collection_report_file", "confirm_own_entry"}
