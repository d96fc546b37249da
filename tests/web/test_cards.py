"""Cards that other sites show beside a link."""

import io
import os
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

import html5lib
import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.utils import translation
from PIL import Image
from tests.factories import entries as factory
from tests.web.conftest import Register

from stocktaking.accounts.operations import register_organisation
from stocktaking.entries import operations
from stocktaking.entries.rules.values import TextValue
from stocktaking.kernel.typesetting import CannotDraw, Drawn, Sheet
from stocktaking.web.cards import card_key, card_of_entry, card_of_site, kept, kept_card
from stocktaking.web.cards.contents import shortened

XSS = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    caches["pages"].clear()
    return tmp_path / "cards"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """The sheets that were set, without setting them."""
    sheets: list[Sheet] = []

    def quick(sheet: Sheet, **_stated: Any) -> Drawn:
        sheets.append(sheet)
        return Drawn(b"a card")

    monkeypatch.setattr(kept, "draw", quick)
    return sheets


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_entry_has_a_card_of_the_size_that_sites_show(
    register: Register, visit: Any, folder: Path
) -> None:
    owner = register_organisation(name="Ministry of Masts", by=None, at=factory.AT)
    entry = register.add("Village network", organisation=owner.pk)
    answer = visit(f"/en/entries/{entry.pk}/card.png")
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert len(files(folder)) == 1
    assert len(answer.content) < 300_000


def test_card_says_whose_entry_it_is(register: Register) -> None:
    owner = register_organisation(name="Ministry of Masts", by=None, at=factory.AT)
    entry = register.add(
        organisation=owner.pk,
        lines="L1 L2",
        goals="1 3",
        countries="KE FR",
        texts=(TextValue("en", "Village network", "."), TextValue("fr", "Réseau", ".")),
    )
    with translation.override("fr"):
        card = card_of_entry(entry.pk)
    assert card is not None
    assert (card.title, card.title_language, card.language) == ("Réseau", "fr", "fr")
    assert card.owner == "Ministry of Masts"
    assert card.address == f"127.0.0.1:8000/e/{entry.pk}"
    assert (card.rows, card.columns) == (2, 3)  # L3 is a heading
    assert card.across == (0, 1)
    assert card.threads == ((0, "#e5243b"), (2, "#4c9f38"))


def test_card_is_drawn_once_for_each_content(
    register: Register, visit: Any, drawn: list[Sheet]
) -> None:
    entry = register.add("Village network")
    path = f"/en/entries/{entry.pk}/card.png"
    first = visit(path)
    assert visit(path, "v=2").content == first.content == b"a card"
    assert len(drawn) == 1
    assert visit(path, **{"If-None-Match": first["ETag"]}).status_code == 304
    visit(f"/ar/entries/{entry.pk}/card.png")
    assert len(drawn) == 2
    assert drawn[1].data["direction"] == "rtl"


def test_card_follows_what_the_entry_says(register: Register) -> None:
    entry = register.add("Village network")
    card = card_of_entry(entry.pk)
    assert card is not None
    assert card_key(card) == card_key(card)
    other = register.add("Other network")
    again = card_of_entry(other.pk)
    assert again is not None
    assert card_key(again) != card_key(card)


@pytest.mark.parametrize(
    ("said", "set_in"),
    [("pt-BR", "pt"), ("x", "en"), ("", "en"), ("zh", "zh"), ("i-klingon", "en")],
)
def test_language_of_the_title_is_one_that_typst_takes(said: str, set_in: str) -> None:
    assert kept._main_language(said) == set_in


def test_drafts_and_withdrawn_entries_have_no_card(
    register: Register, visit: Any, drawn: list[Sheet]
) -> None:
    draft, gone = register.add("Draft", publish=False), register.add("Gone")
    operations.withdraw_entry(number=gone.pk, reason="asked", by=None, at=factory.AT)
    for number in (draft.pk, gone.pk, 999):
        assert visit(f"/en/entries/{number}/card.png").status_code == 404
    assert drawn == []


def test_card_that_cannot_be_drawn_is_stood_in_for_and_not_tried_again_at_once(
    register: Register, visit: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[Sheet] = []

    def broken(sheet: Sheet, **_stated: Any) -> Drawn:
        tries.append(sheet)
        raise CannotDraw("no")

    monkeypatch.setattr(kept, "draw", broken)
    entry = register.add("Village network")
    for _ in range(3):
        answer = visit(f"/en/entries/{entry.pk}/card.png")
        assert answer.status_code == 200
        assert answer.content == kept.stand_in()
        assert answer["Cache-Control"] == "public, max-age=60"
        assert "ETag" not in answer
    assert len(tries) == 1
    assert files(folder) == []
    assert Image.open(io.BytesIO(kept.stand_in())).size == (1200, 630)


def test_request_does_not_wait_for_ever_behind_another_card(
    register: Register, drawn: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "PATIENCE", 0.01)
    busy = threading.BoundedSemaphore(1)
    busy.acquire()
    monkeypatch.setattr(kept, "_turn", busy)
    card = card_of_entry(register.add("Village network").pk)
    assert card is not None
    assert kept_card(card).stands_in
    busy.release()
    assert not kept_card(card).stands_in
    assert busy.acquire(blocking=False)  # and the turn was given back


def test_few_requests_wait_and_the_others_are_answered_at_once(
    register: Register, drawn: list[Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    full = threading.BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(kept, "PATIENCE", 60)
    monkeypatch.setattr(kept, "_queue", full)
    card = card_of_entry(register.add("Village network").pk)
    assert card is not None
    assert kept_card(card).stands_in
    full.release()
    assert not kept_card(card).stands_in
    assert full.acquire(blocking=False)


def test_card_without_some_words_is_drawn_again_after_a_day(
    register: Register, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets: list[Sheet] = []

    def partly(sheet: Sheet, **_stated: Any) -> Drawn:
        sheets.append(sheet)
        return Drawn(b"a card", ("\u1234",))

    monkeypatch.setattr(kept, "draw", partly)
    card = card_of_entry(register.add("Village network").pk)
    assert card is not None
    assert [kept_card(card).content for _ in range(2)] == [b"a card"] * 2
    assert len(sheets) == 1
    (made,) = [path for path in folder.rglob("*") if path.is_file()]
    os.utime(made, (0, 0))
    kept_card(card)
    assert len(sheets) == 2


def test_folder_of_cards_does_not_grow_for_ever(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "FOLDER_MOST", 3)
    for number in range(9):
        kept._keep(f"ab{number}", Drawn(b"x"))
        os.utime(folder / "ab" / f"{number}.png", (number, number))
    assert files(folder) == ["6.png", "7.png", "8.png"]


def test_card_is_answered_where_the_disk_takes_nothing(
    register: Register, visit: Any, drawn: list[Sheet], folder: Path
) -> None:
    folder.write_text("no folder")
    entry = register.add("Village network")
    assert visit(f"/en/entries/{entry.pk}/card.png").content == b"a card"


def test_site_has_a_card_of_what_it_holds(register: Register, visit: Any) -> None:
    register.add("Village network", lines="L1", goals="3")
    register.index()
    card = card_of_site()
    assert card.title == "1 entry"
    assert len(card.squares) == 6
    inked = [(row, column) for row, column, colour in card.squares if colour != "#e7ecf0"]
    assert inked == [(0, 2)]
    picture = Image.open(io.BytesIO(visit("/zh/card.png").content))
    assert picture.size == (1200, 630)


def metas(html: str) -> dict[str, str]:
    page = html5lib.parse(html, namespaceHTMLElements=False)
    found = page.findall(".//meta")
    return {
        one.get("property") or one.get("name"): one.get("content")
        for one in found
        if one.get("property") or one.get("name")
    }


def test_page_names_its_card_and_is_not_kept_waiting_by_it(
    register: Register, visit: Any, drawn: list[Sheet]
) -> None:
    entry = register.add(XSS, summary="word " * 100)
    register.index()
    told = metas(visit(f"/en/entries/{entry.pk}-{quote(entry.slug)}/").content.decode())
    assert told["og:title"] == XSS
    assert told["og:image"] == f"http://127.0.0.1:8000/en/entries/{entry.pk}/card.png?v=1"
    assert told["og:type"] == "article"
    assert told["twitter:card"] == "summary_large_image"
    assert told["description"] == told["og:description"]
    assert len(told["og:description"]) <= 201
    assert told["og:description"].endswith("word…")
    listed = metas(visit("/fr/entries/").content.decode())
    assert listed["og:image"] == "http://127.0.0.1:8000/fr/card.png"
    assert "og:title" not in listed  # the title of the page is the title
    assert drawn == []
    assert "og:image" not in metas(visit("/en/entries/", "q=x&goal=1&line=L1").content.decode())


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Village network", 20, "Village network"),
        ("Village network of masts", 18, "Village network…"),
        ("Villagenetworkofmasts", 7, "Village…"),
        ("村庄网络村庄网络", 8, "村庄网络…"),
        ("  two \n lines ", 20, "two lines"),
    ],
)
def test_long_words_are_cut_where_it_can_be_read(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short
