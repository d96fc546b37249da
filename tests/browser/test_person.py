"""A person without JavaScript: an account by mail, a second step by app, and in again."""

from playwright.sync_api import expect
from tests.browser.conftest import NewPage, Site
from tests.browser.people import app_code, enter_code, mailed_code, press, sign_up_by_mail

EMAIL = "noor@example.org"


def test_person_signs_up_sets_up_an_app_and_signs_in_with_both(
    site: Site, new_page: NewPage
) -> None:
    page = new_page(script=False)
    sign_up_by_mail(page, site, "en", "Noor Reader", EMAIL)
    expect(page).to_have_url(site.path("en", "/account/"))

    page.get_by_role("link", name="Authenticator app, passkeys, recovery codes").click()
    page.get_by_role("link", name="Set up an app").click()
    key = page.locator("main code").inner_text()
    enter_code(page, app_code(key))
    expect(page.locator("main code").first).to_be_visible()  # the codes for bad days
    spare = page.locator("main li code").first.inner_text()

    sign_out(page, site)
    sign_in(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second step")
    page.goto(site.path("en", "/account/"))
    assert "/sign-in/" in page.url  # half signed in is not signed in
    page.goto(site.path("en", "/account/sign-in/second-step/"))
    enter_code(page, app_code(key, ahead=1))  # the code of now was used up above
    expect(page).to_have_url(site.path("en", "/account/"))

    sign_out(page, site)
    sign_in(page, site)
    enter_code(page, spare)
    expect(page).to_have_url(site.path("en", "/account/"))


def sign_in(page, site: Site) -> None:
    """As far as the second step."""
    page.goto(site.path("en", "/account/sign-in/"))
    page.get_by_label("E-mail address").fill(EMAIL)
    press(page)
    enter_code(page, mailed_code(site, EMAIL))


def sign_out(page, site: Site) -> None:
    page.goto(site.path("en", "/account/"))
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(site.path("en", "/account/"))
    assert "/sign-in/" in page.url
