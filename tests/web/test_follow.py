"""The pages of following: from a search or an entry to a mail, and out of it by its links."""

import re
from xml.etree import ElementTree

import pytest
from django.core import mail as django_mail
from django.test import Client
from tests.factories.accounts import AT, browser, person
from tests.factories.pages import Page, visit

from stocktaking.entries.operations import withdraw_entry
from stocktaking.follow import operations
from stocktaking.follow.models import Follower, Subscription
from stocktaking.kernel import clock
from stocktaking.outbox.models import Message, Suppression
from stocktaking.outbox.operations import deliver_due, suppress_address
from stocktaking.outbox.states import SuppressionReason

pytestmark = pytest.mark.django_db
SEARCH = "/en/follow/search/?line=L1&q=network"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def ada():
    return person(email="ada@example.org")


@pytest.fixture
def entry(register):
    made = register.add("Village network")
    register.index()
    return made


def begun(ada, **stated) -> Subscription:
    values = {"query": "line=L1", "name": "First line", "language": "en", "rhythm": "weekly"}
    return operations.follow_search(**{**values, **stated}, by=ada, at=AT)


def press(page: Page, act: str) -> Page:
    return page.form(name="act", value=act).send(act=act)


def test_explore_and_entry_lead_to_following(client, entry) -> None:
    page = visit(client, "/en/entries/?line=L1&q=network&page=1&view=table&sort=title")
    assert "/en/follow/search/?line=L1&q=network&sort=title" in page.links()
    assert "/en/follow/search/" not in "".join(visit(client, "/en/entries/").links())
    shown = visit(client, f"/en/entries/{entry.pk}-{entry.slug}/")
    assert f"/en/entries/{entry.pk}/follow/" in shown.links()
    assert f'href="/en/entries/{entry.pk}-{entry.slug}/history.atom"' in shown.html


@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr", "ru", "es"])
def test_visitor_is_shown_both_ways(client, entry, language) -> None:
    page = visit(client, SEARCH.replace("/en/", f"/{language}/"))
    assert page.status == 200
    assert f"/{language}/entries.atom?line=L1&q=network" in page.links()
    [sign_in] = [link for link in page.links() if "/account/sign-in/" in link]
    assert "next=%2F" + language + "%2Ffollow%2Fsearch%2F%3Fline%3DL1%26q%3Dnetwork" in sign_in
    assert not page.tree.findall(".//main//form")


def test_visitor_who_sends_a_form_signs_in_first(client, entry) -> None:
    answer = client.post(SEARCH, {"name": "x", "rhythm": "weekly", "language": "en"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/en/account/sign-in/?next=%2Fen%2Ffollow")
    assert not Subscription.objects.exists()


def test_search_is_followed_in_two_clicks(ada, entry) -> None:
    page = visit(browser(ada), SEARCH)
    assert "1 entry fits it today." in page.text
    form = page.form(name="rhythm")
    assert form["name"] == "“network”, L1 line L1"
    form["rhythm"] = "at_once"
    done = form.send()
    assert "You follow this now." in done.html
    row = Subscription.objects.get()
    assert (row.query, row.rhythm, row.language) == ("line=L1&q=network", "at_once", "en")
    again = visit(browser(ada), SEARCH)
    assert f"/en/account/following/{row.pk}/" in again.links()
    assert not again.tree.findall(".//main//form")


def test_form_sent_twice_follows_once(ada, entry) -> None:
    form = visit(browser(ada), SEARCH).form(name="rhythm")
    form.send()
    assert "You follow this now." in form.send().html
    assert Subscription.objects.count() == 1


def test_faults_keep_what_was_typed(ada, entry) -> None:
    form = visit(browser(ada), SEARCH).form(name="rhythm")
    form["name"], form["rhythm"] = " ", "daily"
    answer = form.send()
    assert answer.status == 422
    assert {"id_name_error", "id_rhythm_error"} <= answer.ids()
    form["name"], form["rhythm"] = "Mine", "monthly"
    form["language"] = "tlh"
    answer = form.send()
    assert answer.status == 422
    assert answer.form(name="rhythm")["name"] == "Mine"
    assert answer.form(name="rhythm")["rhythm"] == "monthly"


def test_one_too_many_is_explained(ada, entry, settings) -> None:
    settings.FOLLOWED_MOST = 1
    begun(ada)
    answer = visit(browser(ada), SEARCH).form(name="rhythm").send()
    assert answer.status == 422
    assert "End something first." in answer.text


def test_whole_register_is_not_followed_but_has_a_feed(ada, entry) -> None:
    page = visit(browser(ada), "/en/follow/search/?line=L9")
    assert page.status == 200
    assert "This is the whole register." in page.text
    assert "L9" in page.text  # what was not understood is told
    assert "/en/entries.atom" in page.links()
    assert not page.tree.findall(".//main//form")
    answer = browser(ada).post("/en/follow/search/", {"name": "x", "rhythm": "weekly"})
    assert answer.status_code == 422
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 3000, "q=%00%ff", "line=" + "&line=".join(map(str, range(400)))]
)
def test_strange_searches_are_answered(ada, entry, query) -> None:
    assert visit(browser(ada), f"/en/follow/search/?{query}").status == 200


def test_entry_is_followed_while_it_is_published(ada, entry) -> None:
    path = f"/en/entries/{entry.pk}/follow/"
    client = browser(ada)
    visit(client, path).form(name="rhythm").send()
    assert Subscription.objects.get().entry == entry
    assert "You follow this entry." in visit(client, path).text
    assert visit(client, "/en/entries/999/follow/").status == 404
    withdraw_entry(number=entry.pk, reason="Gone.", by=None, at=AT)
    assert visit(client, path).status == 404
    listed = visit(client, "/en/account/following/")
    assert "withdrawn" in listed.text


def test_account_shows_manages_and_ends(ada, entry) -> None:
    row = begun(ada)
    client = browser(ada)
    page = visit(client, "/en/account/following/")
    assert "/en/entries/?line=L1" in page.links()
    one = visit(client, f"/en/account/following/{row.pk}/")
    form = one.form(name="act", value="save")
    form["name"], form["rhythm"] = "Renamed", "monthly"
    assert "Renamed" in form.send(act="save").text
    paused = press(visit(client, f"/en/account/following/{row.pk}/"), "pause")
    assert "Paused" in paused.text
    press(visit(client, f"/en/account/following/{row.pk}/"), "resume")
    row.refresh_from_db()
    assert (row.name, row.rhythm, row.state) == ("Renamed", "monthly", "active")
    gone = press(visit(client, f"/en/account/following/{row.pk}/"), "end")
    assert "None yet." in gone.text
    assert visit(client, f"/en/account/following/{row.pk}/").status == 404


def test_two_windows_show_the_clash(ada, entry) -> None:
    row, client = begun(ada), browser(ada)
    path = f"/en/account/following/{row.pk}/"
    first, second = (visit(client, path).form(name="act", value="save") for _ in range(2))
    first["name"], second["name"] = "First", "Second"
    first.send(act="save")
    clash = second.send(act="save")
    assert clash.status == 409
    assert clash.form(name="act", value="save")["name"] == "Second"
    assert Subscription.objects.get().name == "First"


def test_day_and_hour_are_saved_and_faults_kept(ada, entry) -> None:
    begun(ada)
    client = browser(ada)
    form = visit(client, "/en/account/following/").form(name="act", value="schedule")
    form["weekday"], form["hour"], form["zone"] = "4", "18", "Mars/Base"
    answer = form.send(act="schedule")
    assert answer.status == 422
    assert "Choose a time zone from the list." in answer.text
    assert "id_zone_error" in answer.ids()
    again = answer.form(name="act", value="schedule")
    assert (again["weekday"], again["zone"]) == ("4", "Mars/Base")
    again["zone"] = "Africa/Nairobi"
    assert "Saved." in again.send(act="schedule").html
    found = Follower.objects.get()
    assert (found.weekday, found.hour, found.zone) == (4, 18, "Africa/Nairobi")


def test_all_is_paused_and_gone_on_with(ada, entry) -> None:
    begun(ada)
    client = browser(ada)
    paused = press(visit(client, "/en/account/following/"), "pause")
    assert "You have stopped all mails" in paused.text
    press(paused, "resume")
    assert Follower.objects.get().state == "active"


def test_next_mail_is_looked_at_and_sent_as_a_sample(ada, entry) -> None:
    client = browser(ada)
    # who follows nothing has no next mail
    assert client.get("/en/account/following/preview/")["Location"] == "/en/account/following/"
    begun(ada)
    page = visit(client, "/en/account/following/preview/")
    assert "Nothing is new." in page.text
    assert "Village network" in page.text
    before = Subscription.objects.values().get()
    done = page.form(name="csrfmiddlewaretoken").send()
    assert "on its way" in done.html
    assert Message.objects.get().to == "ada@example.org"
    assert Subscription.objects.values().get() == before
    for _ in range(5):
        answer = client.post("/en/account/following/preview/")
    assert answer.status_code == 429
    assert Message.objects.count() == 5


def test_address_that_came_back_is_told_in_the_account_and_put_right(ada, entry) -> None:
    begun(ada)
    suppress_address(address=ada.email, reason=SuppressionReason.BOUNCED, by=None, at=clock.now())
    client = browser(ada)
    assert "Mail does not go to this address" in visit(client, "/en/account/").text
    assert "Mail to your address came back" in visit(client, "/en/desk/").text
    page = visit(client, "/en/account/following/")
    assert "came back, and we stop after 1" in page.text
    press(page, "release")
    assert not Suppression.objects.exists()
    assert "Mail does not go" not in visit(client, "/en/account/following/").text


def digest(ada, entry) -> Message:
    row = begun(ada)
    row.told, row.next_at = [], AT
    row.since = entry.published_at.replace(year=2025)
    row.save()
    operations.ask_for_sample(person=ada, by=ada, at=AT)
    return Message.objects.get()


def test_mail_has_the_headers_of_one_click_and_its_links_work(ada, entry, settings) -> None:
    message = digest(ada, entry)
    settings.EMAIL_BACKEND = "stocktaking.outbox.backend.EmailBackend"
    deliver_due(at=message.due_at)
    [sent] = django_mail.outbox
    stop = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in message.text
    path = stop.removeprefix("http://127.0.0.1:8000")
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    assert Follower.objects.get().state == "active"  # looking stops nothing
    for _ in range(2):
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Follower.objects.get().state == "paused"


def test_link_of_one_search_asks_stops_and_takes_it_back(client, ada, entry) -> None:
    message = digest(ada, entry)
    paths = re.findall(r"http://127\.0\.0\.1:8000(/en/follow/stop/s[^>]+)>", message.text)
    page = visit(client, paths[0])
    assert "You follow First line" in page.text
    stopped = press(page, "stop")
    assert "No more mails about First line are sent." in stopped.text
    assert Subscription.objects.get().state == "paused"
    back = stopped.form(name="act", value="resume").send()
    assert Subscription.objects.get().state == "active"
    assert "You are told again." in back.text
    assert "no-store" in client.get(paths[0])["Cache-Control"]


@pytest.mark.parametrize("token", ["nothing", "s1.x", "ä", "%00"])
def test_link_that_is_not_whole_leads_nowhere(client, token) -> None:
    assert client.get(f"/en/follow/stop/{token}/").status_code == 404
    assert client.post(f"/en/follow/stop/{token}/").status_code == 404


def test_feed_of_an_entry_has_its_public_versions(client, entry) -> None:
    path = f"/en/entries/{entry.pk}-{entry.slug}/history.atom"
    answer = client.get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    [item] = feed.findall(f"{ATOM}entry")
    assert item.findtext(f"{ATOM}id").endswith(f"/e/{entry.pk}#v1")
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://127.0.0.1:8000{path}"
    assert links["alternate"].endswith(f"/en/entries/{entry.pk}-{entry.slug}/")
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    other = client.get(f"/en/entries/{entry.pk}-wrong/history.atom")
    assert (other.status_code, other["Location"]) == (301, path)
    withdraw_entry(number=entry.pk, reason="Gone.", by=None, at=AT)
    assert client.get(path).status_code == 410


def test_feed_of_a_merged_entry_leads_to_the_feed_of_the_other(client, entry, register) -> None:
    stays = register.add("The one that stays")
    withdraw_entry(number=entry.pk, reason="Twice.", merged_into=stays.pk, by=None, at=AT)
    answer = client.get(f"/en/entries/{entry.pk}-{entry.slug}/history.atom")
    there = f"/en/entries/{stays.pk}-{stays.slug}/history.atom"
    assert (answer.status_code, answer["Location"]) == (301, there)


def test_pages_are_kept_by_nobody(ada, entry) -> None:
    begun(ada)
    for path in (SEARCH, "/en/account/following/", "/en/account/following/preview/"):
        answer = browser(ada).get(path)
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer.content.decode()
