"""Entries and lists for lists of references."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import entries as factory
from tests.web.conftest import Register

from stocktaking.accounts.operations import register_organisation
from stocktaking.entries import operations
from stocktaking.entries.queries.citations import Cited
from stocktaking.entries.rules.values import TermValue, TextValue
from stocktaking.entries.states import Basis
from stocktaking.web.formats import citations

SITE = {"base_url": "https://register.example", "register": "Stocktaking"}
NASTY = 'A {brace} \\cmd & 100 % of $5 #1 a_b ~x ^2 "q" } {'
RIS_LINE = re.compile(r"^[A-Z][A-Z0-9]  - ")


def work(**stated: Any) -> Cited:
    plain = {
        "number": 12,
        "version": 3,
        "title": "Village network",
        "language": "en",
        "summary": "A mast for all.",
        "author": "Ministry of Masts",
        "registered_on": factory.TODAY,
        "day_assumed": False,
        "keywords": ("Health", "line, two"),
    }
    return Cited(**{**plain, **stated})


def bib_fields(written: str) -> dict[str, str]:
    """The fields of one reference, by BibTeX's own rule: braces are counted, slashes or not."""
    assert written.startswith("@misc{")
    fields, depth, name, value = {}, 0, "", ""
    _key, _comma, rest = written[len("@misc{") :].partition(",")
    for letter in rest:
        if depth == 0 and letter == "}":
            assert not name.strip(" ,\n"), name
            return fields
        if letter == "{":
            depth += 1
            if depth == 1:
                continue
        elif letter == "}":
            depth -= 1
            if depth == 0:
                fields[name.strip(" \n,=")] = value
                name = value = ""
                continue
        if depth:
            value += letter
        else:
            name += letter
    raise AssertionError("the reference is not closed")


def ris_fields(written: str) -> list[tuple[str, str]]:
    lines = written.split("\r\n")
    assert lines[-2:] == ["", ""]
    assert all(RIS_LINE.match(line) for line in lines[:-2]), lines
    return [(line[:2], line[6:]) for line in lines[:-2]]


def test_bibtex_says_what_is_known() -> None:
    fields = bib_fields(citations.bibtex([work()], **SITE))
    assert fields == {
        "title": "{Village network}",
        "author": "{Ministry of Masts}",
        "year": "2026",
        "month": "3",
        "howpublished": "Stocktaking",
        "note": "Entry 12, version 3",
        "url": "https://register.example/e/12",
        "language": "en",
        "keywords": "Health, line two",
        "abstract": "A mast for all.",
    }


def test_bibtex_escapes_what_tex_would_read() -> None:
    title = bib_fields(citations.bibtex([work(title=NASTY)], **SITE))["title"]
    assert title == (
        r"{A \textbraceleft{}brace\textbraceright{} \textbackslash{}cmd \& 100 \% of \$5 \#1"
        r' a\_b \textasciitilde{}x \textasciicircum{}2 "q" \textbraceright{} \textbraceleft{}}'
    )


@given(st.text(), st.text(), st.lists(st.text(), max_size=3))
def test_no_text_leaves_its_field(title: str, author: str, keywords: list[str]) -> None:
    stated = work(title=title, author=author, keywords=tuple(keywords))
    fields = bib_fields(citations.bibtex([stated], **SITE))
    assert fields["url"] == "https://register.example/e/12"
    assert fields.keys() <= {
        *("title", "author", "year", "month", "howpublished", "note", "url"),
        *("language", "keywords", "abstract"),
    }
    tagged = ris_fields(citations.ris([stated], **SITE))
    assert [tag for tag, _said in tagged if tag in ("TY", "ER", "UR")] == ["TY", "UR", "ER"]
    assert ("UR", "https://register.example/e/12") in tagged
    (item,) = json.loads(citations.csl([stated], **SITE))
    assert item.get("title", "") == " ".join(citations.plain(title).split())
    citations.ris([stated], **SITE).encode()


def test_ris_begins_with_the_type_and_ends() -> None:
    tagged = ris_fields(citations.ris([work(title="One\r\nER  - \nTwo")], **SITE))
    assert tagged[0] == ("TY", "ELEC")
    assert tagged[-1] == ("ER", "")
    assert ("TI", "One ER - Two") in tagged
    assert ("KW", "line, two") in tagged
    assert ("DA", "2026/03/02") in tagged


def test_csl_has_a_name_that_no_processor_turns_around() -> None:
    (item,) = json.loads(citations.csl([work(author="")], **SITE))
    assert "author" not in item
    (item,) = json.loads(citations.csl([work()], **SITE))
    assert item["author"] == [{"literal": "Ministry of Masts"}]
    assert item["issued"] == {"date-parts": [[2026, 3, 2]]}
    assert item["type"] == "webpage"


def test_day_that_is_assumed_is_not_cited() -> None:
    stated = work(day_assumed=True)
    fields = bib_fields(citations.bibtex([stated], **SITE))
    assert fields["year"] == "2026"
    assert "month" not in fields
    tags = [tag for tag, _said in ris_fields(citations.ris([stated], **SITE))]
    assert "PY" in tags
    assert "DA" not in tags
    (item,) = json.loads(citations.csl([stated], **SITE))
    assert item["issued"] == {"date-parts": [[2026]]}


def address(entry: Any, form: str, language: str = "en") -> str:
    return f"/{language}/entries/{entry.pk}-{quote(entry.slug)}.{form}"


def test_entry_is_cited_in_the_language_of_the_address(register: Register, visit: Any) -> None:
    owner = register_organisation(name="Ministry of Masts", by=None, at=factory.AT)
    entry = register.add(
        organisation=owner.pk,
        texts=(
            TextValue("en", "Village network", "Masts."),
            TextValue("fr", "Réseau", "Des mâts."),
        ),
        terms=(
            TermValue("line", "L1", Basis.SUGGESTED),
            TermValue("goal", "3", Basis.OWNER),
        ),
    )
    register.index()
    answer = visit(address(entry, "csl.json", "fr"))
    (item,) = json.loads(answer.content)
    assert item["title"] == "Réseau"
    assert item["language"] == "fr"
    assert item["author"] == [{"literal": "Ministry of Masts"}]
    assert item["keyword"] == "goal 3 (fr)"  # nobody has confirmed the line
    assert answer["Content-Type"] == "application/vnd.citationstyles.csl+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Disposition"].endswith(f'stocktaking-{entry.pk}.csl.json"')


@pytest.mark.parametrize("form", ["bib", "ris", "csl.json"])
def test_page_of_the_entry_leads_to_its_references(
    register: Register, visit: Any, form: str
) -> None:
    entry = register.add("Village network")
    register.index()
    html = visit(address(entry, "")[:-1] + "/").content.decode()
    assert f'href="{address(entry, form)}"' in html
    assert visit(address(entry, form)).status_code == 200


def test_wrong_words_in_the_address_are_forwarded(register: Register, visit: Any) -> None:
    entry = register.add("Village network")
    answer = visit(f"/en/entries/{entry.pk}-else.bib")
    assert answer.status_code == 301
    assert answer["Location"] == address(entry, "bib")


def test_withdrawn_and_unpublished_entries_are_not_cited(register: Register, visit: Any) -> None:
    draft = register.add("Draft", publish=False)
    gone = register.add("Gone")
    assert visit(address(gone, "bib")).status_code == 200
    operations.withdraw_entry(number=gone.pk, reason="asked", by=None, at=factory.AT)
    assert visit(address(draft, "bib")).status_code == 404
    assert visit(address(gone, "bib")).status_code == 410


def test_list_is_cited_in_its_order(register: Register, visit: Any) -> None:
    register.add("Beta", goals="1")
    register.add("Alpha", goals="1")
    register.add("Other", goals="2")
    register.index()
    items = json.loads(visit("/en/entries.csl.json", "goal=1&sort=title").content)
    assert [item["title"] for item in items] == ["Alpha", "Beta"]
    written = visit("/en/entries.bib", "goal=1&sort=title").content.decode()
    assert len(re.findall(r"^@misc\{", written, re.M)) == 2
    assert visit("/en/entries.ris", "q=nothing-of-the-kind").content == b""


def test_list_that_is_too_long_is_refused_and_not_cut(
    register: Register, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citations, "MOST", 1)
    register.add("Alpha")
    register.add("Beta")
    register.index()
    answer = visit("/en/entries.bib")
    assert answer.status_code == 413
    assert b"This list has 2 entries." in answer.content
    assert visit("/en/entries.bib", "q=beta").status_code == 200
