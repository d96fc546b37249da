"""Calls as everybody sees them: until when, who is asked, and what follows a clock."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.factories import accounts
from tests.factories import calls as make
from tests.factories.entries import framework
from tests.factories.questionnaires import definition

from stocktaking.calls import operations
from stocktaking.calls.rules.audience import Audience
from stocktaking.calls.rules.quota import Quota
from stocktaking.calls.rules.window import day_ends_anywhere
from stocktaking.kernel import clock
from stocktaking.questionnaires import queries as questionnaires

pytestmark = pytest.mark.django_db
AT, CLOSES, MS = make.AT, make.CLOSES, make.MILLISECOND


@pytest.fixture(autouse=True)
def _world(db):
    framework()
    questionnaires.forget()


@pytest.fixture
def set_clock(monkeypatch):
    def set_to(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "corrected", lambda stamped: moment)

    set_to(AT)
    return set_to


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.mark.usefixtures("set_clock")
def test_the_page_says_who_is_asked_for_what_until_when(client):
    audience = Audience(stakeholders=frozenset({"academia"}), countries=frozenset({"KE", "FR"}))
    make.call("yearly", audience=audience, quota=Quota(per_person=3), goal={"en": "A *report*"})
    page = text_of(client.get("/en/calls/yearly/"))
    assert "<h1 >Yearly call</h1>" in page
    assert "Friday 20 March 2026, 23:00 Geneva" in page
    assert "(22:00 UTC)" in page
    assert "18 days left" in page
    assert "<dd>stakeholder academia</dd>" in page
    assert "From 2 countries: country KE, country FR" in page
    assert "3 new entries from one person" in page
    assert "about 30 minutes" in page
    assert "we ask <strong>all</strong> of you" in page
    assert "<em>report</em>" in page
    assert 'href="/en/calls/yearly/reply/"' in page
    assert "3 questions" in page
    assert "Shown in some cases" not in page


@pytest.mark.usefixtures("set_clock")
def test_sections_that_not_everybody_is_asked_are_marked(client):
    about, *others = definition().sections
    hidden = replace(others[0], shown_when={"fact": "occasion", "is": "new"})
    make.call("yearly", form=definition("yearly", about, hidden))
    page = text_of(client.get("/en/calls/yearly/"))
    assert page.count("Shown in some cases") == 1


@pytest.mark.usefixtures("set_clock")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "vendredi 20 mars 2026, 23:00 Genève"),
        ("zh", "2026年3月20日 星期五"),
        ("es", "20 de marzo de 2026"),
        ("ru", "20 марта 2026 г."),
    ],
)
def test_the_end_is_told_in_the_language_of_the_page(client, language, words):
    make.call("yearly")
    assert words in text_of(client.get(f"/{language}/calls/yearly/"))


def test_a_kept_page_changes_the_moment_the_call_opens_and_closes(client, set_clock):
    make.call("yearly")

    def seen(moment):
        set_clock(moment)
        response = client.get("/en/calls/yearly/")
        return response["ETag"], "Write a reply" in text_of(response)

    before, opened = seen(make.OPENS - MS), seen(make.OPENS)
    last, closed = seen(CLOSES - MS), seen(CLOSES)
    assert (before[1], opened[1], last[1], closed[1]) == (False, True, True, False)
    assert len({before[0], opened[0], last[0], closed[0]}) == 4
    # the same minute later is the same page
    assert seen(make.OPENS + dt.timedelta(minutes=1)) == opened


def test_grace_is_not_told_and_an_allowance_is_told_to_one_alone(client, set_clock):
    call = make.call("yearly", grace_minutes=60)
    by = accounts.person()
    operations.allow_longer(
        call=call, person=by, until=make.AFTER, reason="Power cut", by=None, at=AT
    )
    set_clock(CLOSES + MS)
    public = text_of(client.get("/en/calls/yearly/"))
    assert "Closed since" in public
    assert "Write a reply" not in public
    assert "Power cut" not in public
    own = text_of(accounts.browser(by).get("/en/calls/yearly/"))
    assert "You may reply until later than the others" in own
    assert "Saturday 21 March 2026, 23:00 Geneva" in own
    assert "Write a reply" in own


@pytest.mark.usefixtures("set_clock")
def test_an_extension_strikes_the_old_end_and_gives_the_reason(client):
    call = make.call("yearly")
    before = client.get("/en/calls/yearly/")["ETag"]
    operations.extend_call(
        call=call, closes_at=CLOSES + dt.timedelta(days=7), reason={"en": "Many <asked>"},
        by=None, at=AT,
    )  # fmt: skip
    response = client.get("/en/calls/yearly/")
    page = text_of(response)
    assert response["ETag"] != before
    assert "Friday 27 March 2026, 23:00 Geneva" in page
    struck = page.partition("<del>")[2].partition("</del>")[0]
    assert "Friday 20 March 2026, 23:00 Geneva" in struck
    assert "Many &lt;asked&gt;" in page


@pytest.mark.usefixtures("set_clock")
def test_anywhere_on_earth_is_told_as_the_end_of_a_day(client):
    make.call("aoe", anywhere=True, closes_at=day_ends_anywhere(dt.date(2026, 3, 20)))
    page = text_of(client.get("/en/calls/aoe/"))
    assert "Friday 20 March 2026, end of the day anywhere on earth" in page
    assert "(Saturday 21 March 2026, 12:00 UTC)" in page


@pytest.mark.usefixtures("set_clock")
def test_a_cancelled_call_says_why_and_a_draft_is_not_there(client):
    call = make.call("yearly")
    operations.cancel_call(call=call, reason={"en": "No money"}, by=None, at=AT)
    page = text_of(client.get("/en/calls/yearly/"))
    assert "No money" in page
    assert "Write a reply" not in page
    make.draft_call("secret")
    assert client.get("/en/calls/secret/").status_code == 404
    assert "secret" not in text_of(client.get("/en/calls/"))


@pytest.mark.usefixtures("set_clock")
def test_calls_are_listed_as_open_coming_and_closed(client):
    day = dt.timedelta(days=1)
    make.call("open")
    make.call("soon", opens_at=AT + day, title={"en": "Soon"})
    old = make.draft_call("old", opens_at=AT - 9 * day, closes_at=AT - day, title={"en": "Old"})
    operations.publish_call(call=old, by=None, at=AT - 8 * day)
    page = text_of(client.get("/en/calls/"))
    assert "1 call is open" in page
    assert page.index("Open now") < page.index("Yearly call") < page.index("To come")
    assert page.index("To come") < page.index(">Soon<") < page.index(">Old<")


def test_the_home_page_names_open_calls_alone(client, set_clock):
    make.call("yearly")
    assert "/en/calls/yearly/" in text_of(client.get("/en/"))
    set_clock(CLOSES)
    assert "/en/calls/yearly/" not in text_of(client.get("/en/"))


@pytest.mark.usefixtures("set_clock")
def test_the_page_links_to_what_the_reader_has_in_hand(client):
    by = accounts.person()
    reply = make.reply(make.call("yearly"), by)
    own = text_of(accounts.browser(by).get("/en/calls/yearly/"))
    assert f"/en/replies/{reply.key}/" in own
    assert str(reply.key) not in text_of(
        accounts.browser(accounts.person()).get("/en/calls/yearly/")
    )


@pytest.mark.usefixtures("set_clock")
@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", "[x](javascript:alert(1))"])
def test_what_an_organiser_writes_is_never_markup_of_its_own(client, payload):
    make.call(
        "yearly", title={"en": payload}, introduction={"en": payload}, summary={"en": payload}
    )
    page = client.get("/en/calls/yearly/").content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
