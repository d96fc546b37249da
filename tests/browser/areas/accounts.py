from tests.browser.site_page import SitePage

PAGES: tuple[SitePage, ...] = (
    SitePage("personal-desk", "/desk/", role="person"),
    SitePage("personal-desk-staff", "/desk/", role="moderator"),
    SitePage("identities", "/account/identities/", role="person"),
    SitePage("invitations", "/account/invitations/", role="person"),
    SitePage("invitation-gone", "/account/invitations/by-link/x/", role="person", status=410),
    SitePage("account-of-an-editor", "/account/", role="organisation_editor"),
    SitePage("own-organisation", "/account/organisations/1/", role="organisation_editor"),
)
# needs two accounts, and names one of them
PREPARED: set[str] = {"staff_person_merge"}
NO_PAGES: set[str] = {
    "account_consents",
    "account_invitation_answer",
    "account_organisation_invite",
    "account_organisation_member",
    "account_organisation_uninvite",
    "identity_begin",
    "identity_callback",
    "staff_person_merge_do",
}
