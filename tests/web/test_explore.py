"""The register as a list and as a table."""

import datetime as dt
from typing import Any
from urllib.parse import quote

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import entries as factory
from tests.web.conftest import Register, days

from stocktaking.accounts.operations import register_organisation
from stocktaking.entries import operations as entries
from stocktaking.entries.rules.values import TextValue

EXPLORE = "/en/entries/"
XSS = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def page(visit: Any, query: str = "", status: int = 200, path: str = EXPLORE) -> str:
    answer = visit(path, query)
    assert answer.status_code == status, (query, answer.status_code)
    return answer.content.decode()


def titles(html: str) -> list[str]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    rows = root.findall(".//ul[@class='rows']/li//h2/a") or root.findall(".//tbody/tr/th/a")
    return ["".join(link.itertext()) for link in rows]


def squeeze(text: str) -> str:
    return " ".join(text.split())


def tagged(html: str, path: str) -> list[Any]:
    return html5lib.parse(html, namespaceHTMLElements=False).findall(path)


def test_explore_lists_what_is_published_newest_first(register: Register, visit: Any) -> None:
    register.add("Older", registered_on=days(20))
    register.add("Newer", registered_on=days(2))
    register.add("Draft", publish=False)
    register.index()
    html = page(visit)
    assert titles(html) == ["Newer", "Older"]
    assert "2 entries" in "".join(tagged(html, ".//h1")[0].itertext())
    assert tagged(html, ".//div[@role='status']/h1")


def test_explore_filters_or_within_and_between(register: Register, visit: Any) -> None:
    register.add("A", lines="L1", goals="1")
    register.add("B", lines="L2", goals="1")
    register.add("C", lines="L2", goals="2")
    register.index()
    assert sorted(titles(page(visit, "line=L2"))) == ["B", "C"]
    assert sorted(titles(page(visit, "line=L1&line=L2&goal=1"))) == ["A", "B"]
    assert titles(page(visit, "line=l2&goal=2")) == ["C"]


def test_counts_ignore_their_own_filter(register: Register, visit: Any) -> None:
    register.add(lines="L1", goals="1")
    register.add(lines="L2", goals="1")
    register.add(lines="L2", goals="2")
    register.index()
    html = page(visit, "goal=1")
    counts = {
        box.find("input").get("value"): "".join(box.find(".//span[@class='n']").itertext())
        for box in tagged(html, ".//label[@class='pick']")
        if box.find("input").get("name") == "line"
    }
    assert counts == {"L1": "1", "L2": "1"}
    squares = [
        box.find("input").get("aria-label") for box in tagged(html, ".//div[@class='goals']/label")
    ]
    assert [label.rpartition(", ")[2] for label in squares] == ["2", "1", "0"]
    checked = [box.get("value") for box in tagged(html, ".//input[@checked]")]
    assert checked == ["1"]


def test_a_chip_removes_itself(register: Register, visit: Any) -> None:
    register.add(lines="L1", goals="1 2")
    register.index()
    html = page(visit, "goal=1&goal=2&line=L1&view=table&q=village")
    chips = [chip.get("href") for chip in tagged(html, ".//a[@class='chip']")]
    assert f"{EXPLORE}?goal=1&goal=2&line=L1&view=table" in chips
    assert f"{EXPLORE}?goal=2&line=L1&q=village&view=table" in chips
    assert f"{EXPLORE}?goal=1&goal=2&q=village&view=table" in chips
    assert f'href="{EXPLORE}?view=table">Clear all' in html


def test_the_table_shows_the_same_entries(register: Register, visit: Any) -> None:
    register.add("Older", registered_on=days(20))
    register.add("Newer", registered_on=days(2))
    register.index()
    assert titles(page(visit, "view=table")) == ["Newer", "Older"]
    assert titles(page(visit, "view=table&sort=title")) == ["Newer", "Older"]
    assert titles(page(visit, "sort=oldest")) == ["Older", "Newer"]


def test_years_and_dates_filter(register: Register, visit: Any) -> None:
    register.add("Early", start="2001", end="2004", registered_on=dt.date(2010, 5, 1))
    register.add("Late", start="2018", registered_on=dt.date(2020, 5, 1))
    register.index()
    assert titles(page(visit, "year-to=2003")) == ["Early"]
    assert titles(page(visit, "year-from=2010")) == ["Late"]
    assert titles(page(visit, "registered-to=2010")) == ["Early"]
    assert titles(page(visit, "registered-from=2020-05-01")) == ["Late"]


def test_pager_and_a_page_beyond_the_end(register: Register, visit: Any) -> None:
    for _ in range(23):
        register.add()
    register.index()
    first, second = page(visit), page(visit, "page=2")
    assert len(titles(first)) == 20
    assert len(titles(second)) == 3
    assert not set(titles(first)) & set(titles(second))
    assert 'rel="next"' in first
    beyond = page(visit, "page=9999", status=404)
    assert f'href="{EXPLORE}?page=2"' in beyond
    assert "There is no page" in beyond


def test_words_are_found_and_marked(register: Register, visit: Any) -> None:
    register.add("Telemedicine in the mountains", summary="Doctors meet patients by video.")
    register.add("Schools online")
    register.index()
    html = page(visit, "q=telemedicine")
    assert titles(html) == ["Telemedicine in the mountains"]
    assert 'value="telemedicine"' in html
    html = page(visit, "q=patients")
    assert [mark.text for mark in tagged(html, ".//mark")] == ["patients"]


def test_a_snippet_in_another_language_says_so(register: Register, visit: Any) -> None:
    register.add(
        original_language="ar",
        texts=(TextValue("ar", "منصة التعليم عن بعد", "دروس رقمية لتلاميذ القرى البعيدة."),),
    )
    register.index()
    html = page(visit, "q=" + quote("التعليم"))
    link = tagged(html, ".//ul[@class='rows']/li//h2/a")[0]
    assert (link.get("lang"), link.get("dir")) == ("ar", "rtl")
    said = tagged(html, ".//p[@class='say']")[0]
    assert (said.get("lang"), said.get("dir")) == ("ar", "rtl")


def test_an_empty_square_shows_why_it_matters(register: Register, visit: Any) -> None:
    register.add(lines="L1", goals="3")
    register.index()
    linked = page(visit, "line=L2&goal=2")
    assert "No entry yet" in linked
    assert "Because L2 serves 2." in linked
    assert 'class="hole"' in linked
    plain = page(visit, "line=L2&goal=1")
    assert "does not link these two either" in squeeze(plain)
    arabic = page(visit, "line=L2&goal=2", path="/ar/entries/")
    assert "سبب" in arabic


def test_an_empty_result_offers_filters_to_drop(register: Register, visit: Any) -> None:
    register.add("A", lines="L1", goals="1", countries="KE")
    register.index()
    html = page(visit, "line=L1&country=FR")
    offered = {link.get("href") for link in tagged(html, ".//ul[@class='gaps loosen']//a")}
    assert offered == {f"{EXPLORE}?line=L1"}
    html = page(visit, "q=zzzzqqq&line=L1")
    assert f"{EXPLORE}?line=L1" in {
        link.get("href") for link in tagged(html, ".//ul[@class='gaps loosen']//a")
    }


def test_did_you_mean(register: Register, visit: Any) -> None:
    for _ in range(3):
        register.add("Agriculture for smallholders")
    register.index()
    html = page(visit, "q=agricultre")
    assert "Did you mean <a" in squeeze(html)
    assert "q=agriculture" in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("colour=blue", "“colour” is not a filter"),
        ("line=Z9", "“Z9” is not a value of the filter “line”"),
        ("line=L3", "“L3” is not a value of the filter “line”"),
        ("organisation=99999", "is not a value of the filter “organisation”"),
        ("collection=none", "is not a value of the filter “collection”"),
        ("year-from=soon", "“soon” is not a year"),
        ("page=-1", "“-1” is not a page number"),
        ("sort=luck", "“luck” is not a choice"),
        ("q=%22water", "A quotation mark is not closed"),
    ],
)
def test_the_page_says_what_it_ignored(
    register: Register, visit: Any, query: str, said: str
) -> None:
    register.add()
    register.index()
    assert said in squeeze(page(visit, query))


def test_canonical_and_robots(register: Register, visit: Any) -> None:
    register.add(lines="L1", goals="1 2")
    register.index()
    html = page(visit, "line=l1&goal=2&goal=2&view=table&nonsense=1")
    assert 'rel="canonical" href="http://127.0.0.1:8000/en/entries/?goal=2&amp;line=L1"' in html
    assert 'hreflang="ar"' in html
    assert 'name="robots"' not in html
    assert 'content="noindex' in page(visit, "q=village")
    assert 'content="noindex' in page(visit, "goal=1&goal=2&line=L1")


@pytest.mark.parametrize("query", ["", "view=table", "q=village", "goal=3&country=KE"])
def test_the_number_of_statements_does_not_grow(register: Register, visit: Any, query: str) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            register.add(countries="KE FR", goals="1 3")
        register.index()
        visit(EXPLORE, query)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(visit, query + ("&" if query else "") + "sort=oldest")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_unchanged_pages_answer_304(register: Register, visit: Any) -> None:
    entry = register.add("Before")
    register.index()
    first = visit(EXPLORE)
    assert visit(EXPLORE, if_none_match=first["ETag"]).status_code == 304
    assert visit(EXPLORE, "view=table", if_none_match=first["ETag"]).status_code == 200
    assert "Cookie" in first["Vary"]
    entries.withdraw_entry(number=entry.pk, reason="Twice", by=None, at=entry.created_at)
    register.index()
    again = visit(EXPLORE, if_none_match=first["ETag"])
    assert again.status_code == 200
    assert "Before" not in again.content.decode()


def test_an_empty_register_says_so(register: Register, visit: Any) -> None:
    assert "The register is still empty" in page(visit)


@pytest.mark.parametrize("path", [EXPLORE, "/en/entries.csv", "/en/entries.atom"])
def test_without_an_index_nothing_is_said_to_be_missing(
    register: Register, visit: Any, settings: Any, path: str
) -> None:
    register.add()
    settings.INDEX_DIR = settings.INDEX_DIR.with_name("not-there")
    answer = visit(path)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "0 entries" not in answer.content.decode()


def test_an_organisation_can_be_asked_for(register: Register, visit: Any) -> None:
    owner = register_organisation(name="Ministry of Masts", by=None, at=factory.AT)
    register.add("Theirs", organisation=owner.pk)
    register.add("Others")
    register.index()
    html = page(visit, f"organisation={owner.pk}&line=L1")
    assert titles(html) == ["Theirs"]
    assert "Ministry of Masts" in tagged(html, ".//a[@class='chip']")[1].find(".//bdi").text
    checked = {box.get("name") for box in tagged(html, ".//input[@checked]")}
    assert checked == {"organisation", "line"}


def test_explore_introduces_the_collection_looked_at(register: Register, visit: Any) -> None:
    made = entries.create_collection(
        slug="rivers",
        title={"en": "Rivers"},
        introduction={"en": "<b>Along</b> the rivers."},
        by=None,
        at=factory.AT,
    )
    register.add("Inside", collections=("rivers",))
    register.index()
    first = visit(EXPLORE, "collection=rivers")
    assert "&lt;b&gt;Along&lt;/b&gt; the rivers." in first.content.decode()
    assert "the rivers." not in page(visit)
    entries.revise_collection(
        slug="rivers",
        title={"en": "Rivers"},
        introduction={"en": "Upstream."},
        order=1,
        based_on=made.lock,
        by=None,
        at=factory.AT,
    )
    assert "Upstream." in page(visit, "collection=rivers")
