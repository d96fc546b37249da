from tests.browser.site_page import SitePage

from stocktaking.outbox.registry import KINDS

PAGES: tuple[SitePage, ...] = (
    SitePage("mailbox", "/mailbox/"),
    SitePage("staff-mail", "/staff/mail/", role="administrator"),
    SitePage("staff-mail-templates", "/staff/mail/templates/", role="administrator"),
    SitePage(
        "staff-mail-template", f"/staff/mail/templates/{min(KINDS)}/fr/", role="administrator"
    ),
    SitePage("staff-mail-stopped", "/staff/mail/stopped/", role="administrator"),
)
# looked at in tests.browser.test_mail
PREPARED: set[str] = {"mail_stop", "mailbox_mail", "staff_mail_message"}
NO_PAGES: set[str] = {"staff_mail_act", "staff_mail_release"}
