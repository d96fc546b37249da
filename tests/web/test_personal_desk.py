"""What waits for whoever is signed in: drawn up from what areas say, by deadline."""

import datetime as dt

import pytest
from tests.factories.accounts import AT, browser, organisation, person

from stocktaking.accounts import operations
from stocktaking.accounts.rules.roles import Capability, Role
from stocktaking.kernel import clock
from stocktaking.web import desk
from stocktaking.web.desk import Viewer, Waiting, waiting_for

pytestmark = pytest.mark.django_db
DESK = "/en/desk/"


def row(title: str, days: float | None = None, **stated) -> Waiting:
    due = None if days is None else clock.now() + dt.timedelta(days=days)
    return Waiting(title=title, url=f"/{title}/", kind="To do", due=due, **stated)


@pytest.fixture
def says(monkeypatch):
    """Only what the test says waits."""
    monkeypatch.setattr(desk, "PROVIDERS", {})

    def say(*rows: Waiting, needs: Capability = Capability.HOLD_ACCOUNT) -> None:
        def provide(viewer: Viewer) -> list[Waiting]:
            return list(rows) if viewer.may(needs) else []

        desk.PROVIDERS[f"test {len(desk.PROVIDERS)}"] = provide

    return say


def viewer(who) -> Viewer:
    return Viewer(person=who, at=clock.now(), held=frozenset({Capability.HOLD_ACCOUNT}))


def test_rows_stand_by_deadline_then_red_then_the_rest(says):
    says(row("last"), row("soon", 2), row("red", late=True))
    says(row("over", -1), row("later", 9, late=True))
    found = waiting_for(viewer(person()))
    assert [one.title for one in found] == ["over", "soon", "later", "red", "last"]
    assert [one.late for one in found] == [True, False, True, True, False]


def test_desk_says_how_long_is_left(says):
    says(row("over", -1), row("today", 0.5), row("tomorrow", 1.5), row("week", 7.5))
    text = browser(person()).get(DESK).content.decode()
    for words in ("late", "less than a day left", "1 day left", "7 days left"):
        assert f"<br>{words}<" in text


def test_titles_are_escaped(says):
    says(row("<b>x</b>", texts=True), row("y", 1, note="<i>z</i>"))
    text = browser(person()).get(DESK).content.decode()
    assert "<b>x</b>" not in text
    assert "<i>z</i>" not in text


def test_empty_desk_leads_on(says):
    says()
    ada, body = person(), organisation("Village network")
    operations.add_member(organisation=body, person=ada, by=None, at=AT)
    text = browser(ada).get(DESK).content.decode()
    assert "Nothing waits for you" in text
    assert f'href="/en/organisations/{body.pk}-village-network/"' in text


def test_what_staff_see_waits_for_the_second_step(says):
    says(row("reply of somebody"), needs=Capability.MODERATE_REPLIES)
    boss = person(Role.MODERATOR)
    without = browser(boss, second_factor=False).get(DESK).content.decode()
    assert "reply of somebody" not in without
    assert "/en/account/second-step/?next=/en/desk/" in without
    assert "reply of somebody" in browser(boss).get(DESK).content.decode()


def test_staff_desk_shows_the_same_rows(says, register):
    says(row("mine", 3))
    text = browser(person(Role.MODERATOR)).get("/en/staff/").content.decode()
    assert text.index("/mine/") < text.index("Entries by state.")


@pytest.mark.parametrize(
    ("role", "place"),
    [(None, "/en/desk/"), (Role.OBSERVER, "/en/desk/"), (Role.MODERATOR, "/en/staff/")],
)
def test_header_leads_to_the_desk(register, role, place):
    text = browser(person(role)).get("/en/").content.decode()
    assert f'href="{place}"' in text.split("<main")[0]


def test_two_providers_of_one_name_are_an_error(says):
    desk.provider("once")(lambda viewer: [])
    with pytest.raises(ValueError, match="once"):
        desk.provider("once")(lambda viewer: [])


def test_every_registered_provider_answers_everybody(register):
    for role in Role:
        if role is not Role.VISITOR:
            who = person() if role is Role.PERSON else person(role)
            assert browser(who).get(DESK).status_code == 200
