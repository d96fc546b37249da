"""How fresh entries are: in lists, as a filter, on their pages, and the owner's own button."""

import csv
import datetime as dt
import re

import pytest
from django.test import Client
from tests.factories import accounts

from stocktaking.accounts.operations import add_member
from stocktaking.entries.models import Entry
from stocktaking.entries.operations import confirm_entry_correct
from stocktaking.kernel import clock

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def ago(days: int) -> dt.date:
    return clock.now().date() - dt.timedelta(days=days)


@pytest.fixture
def three(register):
    """One entry of each age."""
    body = accounts.organisation("Mast Fund")
    made = [
        register.add(title, organisation=body.number, registered_on=ago(days))
        for title, days in (("Young", 10), ("Middling", 400), ("Old", 4000))
    ]
    register.index()
    return made, body


def titles(answer) -> set[str]:
    text = answer.content.decode()
    return {name for name in ("Young", "Middling", "Old") if f">{name}</a>" in text}


def test_lists_say_how_fresh_each_entry_is(three, client):
    page = client.get("/en/entries/").content.decode()
    for word in ("Fresh: registered on", "Ageing: registered on", "Stale: registered on"):
        assert word in page
    table = client.get("/en/entries/?view=table").content.decode()
    assert '<span class="age stale">Stale</span>' in table
    (_, _, old), _ = three
    page = client.get(f"/en/entries/{old.number}-{old.slug}/").content.decode()
    assert re.search(r"Stale: registered on .*, not confirmed since", page)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("freshness=fresh", {"Young"}),
        ("freshness=ageing", {"Middling"}),
        ("freshness=stale", {"Old"}),
        ("freshness=stale&freshness=fresh", {"Old", "Young"}),
        ("freshness=stale&freshness=purple", {"Old"}),
    ],
)
def test_freshness_is_a_filter_of_every_list(three, client, asked, expected):
    assert titles(client.get(f"/en/entries/?{asked}")) == expected
    lines = client.get(f"/en/entries.jsonl?{asked}")
    assert b"".join(lines.streaming_content).count(b"\n") == len(expected)


def test_counts_of_the_filter_stand_in_its_order_also_where_there_are_none(three, client):
    page = client.get("/en/entries/?q=young").content.decode()
    box = page[page.index('name="freshness" value="fresh"') :]
    assert box.index('value="ageing"') < box.index('value="stale"')


def test_days_of_confirmation_are_a_filter_with_a_chip(three, client):
    page = client.get(f"/en/entries/?confirmed-to={ago(500)}")
    assert titles(page) == {"Old"}
    assert f"Last confirmed until: {ago(500)}" in page.content.decode()


def test_confirming_makes_an_entry_fresh(three, register, client):
    (_, _, old), _ = three
    confirm_entry_correct(number=old.number, by=None, at=clock.now())
    register.index()
    assert titles(client.get("/en/entries/?freshness=stale")) == set()
    page = client.get(f"/en/entries/{old.number}-{old.slug}/").content.decode()
    assert "Fresh: confirmed on" in page


def test_files_say_when_somebody_last_confirmed(three, register, client):
    (_, _, old), _ = three
    confirm_entry_correct(number=old.number, by=None, at=clock.now())
    register.index()
    lines = b"".join(client.get("/en/entries.csv").streaming_content).decode().splitlines()
    days = {row["title"]: row["confirmed_on"] for row in csv.DictReader(lines)}
    assert days == {"Young": "", "Middling": "", "Old": clock.now().date().isoformat()}


def test_words_follow_the_settings_of_the_installation(three, client, settings):
    settings.AGEING_AFTER_DAYS, settings.STALE_AFTER_DAYS = 5, 8
    assert titles(client.get("/en/entries/?freshness=stale")) == {"Young", "Middling", "Old"}


def test_owner_confirms_with_one_button(three, client):
    (young, _, old), body = three
    owner = accounts.person()
    add_member(organisation=body, person=owner, by=None, at=accounts.AT)
    client.force_login(owner, backend=BACKEND)
    page = client.get(f"/en/entries/{old.number}-{old.slug}/").content.decode()
    address = f"/en/entries/{old.number}/still-correct/"
    assert f'action="{address}"' in page
    answer = client.post(address, follow=True)
    assert "the entry is still correct" in answer.content.decode()
    assert Entry.objects.get(pk=old.number).confirmed_on == clock.now().date()
    assert Entry.objects.get(pk=young.number).confirmed_on is None
    # a second click on the same day is no second confirmation
    assert client.post(address).status_code == 302


def test_nobody_else_has_the_button_or_its_power(three):
    (_, _, old), _ = three
    address = f"/en/entries/{old.number}/still-correct/"
    visitor, stranger = Client(), Client()
    other = accounts.person()
    add_member(organisation=accounts.organisation("Other"), person=other, by=None, at=accounts.AT)
    stranger.force_login(other, backend=BACKEND)
    for client in (visitor, stranger):
        page = client.get(f"/en/entries/{old.number}-{old.slug}/").content.decode()
        assert "still-correct" not in page
    assert visitor.post(address).status_code == 302  # to sign in
    assert stranger.post(address).status_code == 404
    assert stranger.get(address).status_code == 405
    assert Entry.objects.get(pk=old.number).confirmed_on is None


def test_a_kept_page_is_of_its_day(three, client, monkeypatch):
    first = client.get("/en/entries/")
    now = clock.stamp() + dt.timedelta(days=360)
    monkeypatch.setattr(clock, "stamp", lambda: now)
    later = client.get("/en/entries/")
    assert later["ETag"] != first["ETag"]
    assert "Fresh: registered on" not in later.content.decode()


def test_owner_is_told_at_the_desk_and_led_to_the_list(three, client):
    _, body = three
    owner = accounts.person()
    client.force_login(owner, backend=BACKEND)
    title = "Our entries that nobody has confirmed for long"
    assert title not in client.get("/en/desk/").content.decode()
    add_member(organisation=body, person=owner, by=None, at=accounts.AT)
    page = client.get("/en/desk/").content.decode()
    [address] = re.findall(rf'<a href="([^"]+)"[^>]*><bdi>{title}', page)
    assert titles(client.get(address.replace("&amp;", "&"))) == {"Middling", "Old"}
