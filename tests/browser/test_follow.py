"""Following from a search to a mail and out of it, page by page."""

import re

from tests.browser.conftest import NewPage, Site
from tests.browser.test_prepared import Tour, in_both_directions

# a search of its own for each tour: what is followed already has no form
SEARCHES = {"en": "q=school&region=AFR", "ar": "q=radio&region=ASP"}


@in_both_directions
def test_search_is_followed_managed_and_stopped_by_the_mail(
    site: Site, new_page: NewPage, signed_in, language: str, dark: bool, width: int
) -> None:
    page = new_page(state=signed_in("observer"), width=width, dark=dark, locale=language)
    tour = Tour(page, width)
    page.goto(site.path(language, f"/entries/?{SEARCHES[language]}"))
    page.locator("main a[href*='/follow/search/']").first.click()
    tour.look("search to follow")
    page.locator("[name=name]").fill(" ")
    page.locator("main form[method=post] .btn").first.click()
    tour.look("search without a name", status=422)
    page.locator("[name=name]").fill(f"Mine <b>{language}</b>")
    page.locator("[name=rhythm][value=at_once]").check()
    page.locator("main form[method=post] .btn").first.click()
    page.wait_for_url("**/account/following/**")
    tour.look("what I follow")
    page.locator("[name=zone]").fill("Mars/Base")
    page.locator("[name=act][value=schedule]").click()
    tour.look("a zone that there is not", status=422)
    page.locator("a[href$='/following/preview/']").click()
    tour.look("the next mail")
    page.locator("main form .btn").click()
    page.wait_for_url("**/account/following/")
    page.locator(".followed a[href*='/account/following/']").first.click()
    tour.look("one thing that I follow")
    page.locator("[name=act][value=pause]").click()
    page.wait_for_url("**/account/following/")
    tour.look("something paused")
    page.locator("[name=act][value=pause]").click()
    tour.look("all paused")
    page.locator("[name=act][value=resume]").click()
    reader = new_page(width=width, dark=dark, locale=language)
    seen = Tour(reader, width)
    reader.goto(site.path(language, "/mailbox/?address=observer@example.org"))
    reader.locator(".mails a").first.click()
    seen.look("the mail")
    stop = re.search(r"/\w\w(/follow/stop/s[^/\"]+/)", reader.content())
    assert stop
    reader.goto(site.path(language, stop[1]))
    seen.look("to stop or to go on")
    reader.locator("main form .btn").click()
    seen.look("stopped, or told again")
    assert not tour.found | seen.found
