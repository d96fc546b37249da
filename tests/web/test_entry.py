"""An entry's own page, its versions, and the entry for machines."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts as people
from tests.factories import entries as factory
from tests.web.conftest import Register

from stocktaking.accounts.operations import register_organisation
from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations, panels, queries
from stocktaking.entries.models import Entry, Source
from stocktaking.entries.rules.values import (
    IdentifierValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

XSS = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
LATER = factory.AT + dt.timedelta(days=1)


def address(entry: Entry, language: str = "en", rest: str = "/") -> str:
    return f"/{language}/entries/{entry.pk}-{quote(entry.slug)}{rest}"


def page(visit: Any, path: str, query: str = "", status: int = 200) -> str:
    answer = visit(path, query)
    assert answer.status_code == status
    return answer.content.decode()


def squeeze(text: str) -> str:
    return " ".join(text.split())


def text_of(html: str, path: str) -> str:
    found = html5lib.parse(html, namespaceHTMLElements=False).find(path)
    return squeeze("".join(found.itertext()))


def test_entry_shows_what_is_known(register: Register, visit: Any) -> None:
    owner = register_organisation(name="Ministry of Masts", by=None, at=factory.AT)
    entry = register.add(
        "Village network",
        summary="Neighbours share one mast.",
        organisation=owner.pk,
        sections=(SectionValue("results", "en", "Forty villages.\n\nMore follow."),),
        terms=(
            TermValue("line", "L1", Basis.SUGGESTED),
            TermValue("goal", "3", Basis.OWNER, "Clinics are reached.", "en"),
            TermValue("goal", "1", Basis.OWNER),
            TermValue("country", "KE", Basis.OWNER),
            TermValue("status", "ongoing", Basis.OWNER),
        ),
        start="2019-05",
        end="2021",
        website="https://masts.example/",
        partners=(PartnerValue("Mast Fund", PartnerRole.FUNDER),),
        links=(LinkValue(LinkKind.EVIDENCE, "https://masts.example/study", "A study"),),
        identifiers=(IdentifierValue("IATI", "XM-1", "https://iati.example/1"),),
        registered_on=dt.date(2020, 2, 3),
        registered_on_assumed=True,
        licence="CC0-1.0",
    )
    register.index()
    html = page(visit, address(entry))
    assert text_of(html, ".//h1") == "Village network"
    for said in (
        "Neighbours share one mast.",
        "<p>Forty villages.</p>",
        "Clinics are reached.",
        "No statement yet.",
        "Written in English",
        "May 2019",
        ">2021<",
        "Mast Fund",
        "Funder",
        "A study",
        "XM-1",
        "(assumed: the source does not state it)",
        "CC0-1.0",
        "masts.example",
        "Dashed border: suggested or imported",
        "1 country",
        "http://127.0.0.1:8000/e/",
    ):
        assert said in squeeze(html), said
    assert f"/organisations/{owner.pk}-{owner.slug}/" in html
    assert 'class="line maybe"' in html
    assert 'class="sig big"' in html
    assert 'type="application/ld+json"' in html
    assert "<script" not in html


def test_the_notice_of_the_source_stands_on_the_page(register: Register, visit: Any) -> None:
    Source.objects.create(
        slug="demo", title={"en": "Demo"}, notice={"en": "Nobody submitted this."}
    )
    entry = register.add(source="demo")
    register.index()
    assert "Nobody submitted this." in page(visit, address(entry))


def test_a_wrong_slug_is_forwarded(register: Register, visit: Any) -> None:
    entry = register.add("Village network")
    for wrong in (f"/en/entries/{entry.pk}/", f"/en/entries/{entry.pk}-other/"):
        answer = visit(wrong, "text=en")
        assert answer.status_code == 301
        assert answer["Location"] == f"{address(entry)}?text=en"
    answer = visit(f"/en/entries/{entry.pk}-x/history/")
    assert answer["Location"] == address(entry, rest="/history/")


@pytest.mark.parametrize(
    "path",
    [
        "/en/entries/999999-none/",
        "/en/entries/999999999999999999-none/",
        "/en/entries/99999999999999999999999999-none/",
        "/en/entries/0-none/",
        "/en/entries/-1/",
        "/en/entries/abc/",
        "/en/entries/999-%00/",
        "/en/entries/999999-none.json",
        "/e/999999",
        "/e/99999999999999999999999999",
        "/e/0",
        "/e/x",
        "/e/999999.jsonld",
    ],
)
def test_what_is_not_there_is_404(register: Register, visit: Any, path: str) -> None:
    assert visit(path).status_code == 404


def test_a_translation_is_shown_in_its_language(register: Register, visit: Any) -> None:
    entry = register.add(
        original_language="fr",
        texts=(
            TextValue("fr", "Réseau villageois", "Un mât."),
            TextValue("en", "Village network", "A mast.", Origin.MACHINE),
            TextValue("pt", "Rede da aldeia", "Um mastro.", Origin.HUMAN),
        ),
    )
    register.index()
    english = page(visit, address(entry))
    assert text_of(english, ".//h1") == "Village network"
    assert "Written in French" in english
    assert "You are reading a machine translation" in english
    assert f'href="{address(entry)}?text=pt"' in english
    portuguese = page(visit, address(entry), "text=pt")
    assert '<h1 lang="pt" dir="ltr">Rede da aldeia</h1>' in portuguese
    assert "You are reading a translation" in portuguese
    spanish = page(visit, address(entry, "es"))
    assert '<h1 lang="fr" dir="ltr">Réseau villageois</h1>' in spanish
    for odd in ("text=%00", "text=xx", "text=" + "a" * 500, "text=../..", "text="):
        assert visit(address(entry), odd).status_code == 200


def test_a_long_title_is_set_smaller(register: Register, visit: Any) -> None:
    assert '<h1 class="long"' in page(visit, address(register.add("Long title " * 8)))
    assert '<h1 class="longest"' in page(visit, address(register.add("Long title " * 40)))


def test_a_withdrawn_entry_leaves_a_tombstone(register: Register, visit: Any) -> None:
    entry = register.add("Village network", summary="Secret words.")
    operations.withdraw_entry(number=entry.pk, reason="It was twice here.", by=None, at=LATER)
    register.index()
    for path in (address(entry), f"/e/{entry.pk}", address(entry, rest=".json")):
        html = page(visit, path, status=410)
        assert "This entry was withdrawn" in html
        assert "Village network" in html
        assert "It was twice here." in html
        assert "Secret words." not in html
    assert visit(address(entry, rest="/history/")).status_code == 410


def test_a_merged_entry_leads_to_the_other(register: Register, visit: Any) -> None:
    entry, other = register.add(), register.add()
    Entry.objects.filter(pk=entry.pk).update(merged_into=other)
    for path in (address(entry), f"/e/{entry.pk}"):
        answer = visit(path)
        assert (answer.status_code, answer["Location"]) == (301, f"/e/{other.pk}")


def test_an_unpublished_entry_is_for_those_who_may(register: Register, visit: Any) -> None:
    entry = register.add("Draft of a network", publish=False)
    paths = [address(entry), address(entry, rest="/history/"), f"/e/{entry.pk}"]
    paths += [address(entry, rest=".json"), f"/e/{entry.pk}.jsonld"]
    moderator, reader = people.person(Role.MODERATOR), people.person(Role.PERSON)
    strangers = [people.browser(None), people.browser(reader)]
    strangers.append(people.browser(moderator, second_factor=False))
    for stranger in strangers:
        assert [stranger.get(path).status_code for path in paths] == [404] * 5
    desk = people.browser(moderator)
    answer = desk.get(address(entry))
    assert "This entry is not published" in answer.content.decode()
    assert "private" in answer["Cache-Control"]
    assert desk.get(address(entry, rest="/history/")).status_code == 200


def test_versions_and_their_differences(register: Register, visit: Any) -> None:
    entry = register.add("Village network", summary="A mast and a cable.", publish=False)
    first = queries.values_of(entry.pk)
    hidden = replace(first, texts=(TextValue("en", "Village network", "Never shown."),))
    operations.revise_entry(number=entry.pk, values=hidden, based_on=1, by=None, at=LATER)
    operations.publish_entry(number=entry.pk, by=None, at=LATER)
    shown = replace(first, texts=(TextValue("en", "Village network", "A mast and a satellite."),))
    operations.revise_entry(
        number=entry.pk, values=shown, based_on=2, by=None, at=LATER, reason="A new link"
    )
    register.index()
    path = address(entry, rest="/history/")
    html = page(visit, path)
    assert "A new link" in html
    assert "?from=2&amp;to=3" in html
    assert "?from=1" not in html
    html = page(visit, path, "from=2&to=3")
    assert "<ins>" in html
    assert "satellite" in text_of(html, ".//dl[@class='changes']")
    assert "From version 2 to 3" in html
    assert page(visit, path, "from=3&to=2") == page(visit, path, "from=3&to=2")
    for query in ("from=1&to=3", "from=2", "from=a&to=b", "from=2&to=99", "from=-1&to=2"):
        assert visit(path, query).status_code == 404, query


def test_word_level_marks(register: Register, visit: Any) -> None:
    entry = register.add("Village network", summary="A mast and a cable.")
    values = replace(
        queries.values_of(entry.pk),
        texts=(TextValue("en", "Village network", "A mast and a satellite."),),
    )
    operations.revise_entry(number=entry.pk, values=values, based_on=1, by=None, at=LATER)
    register.index()
    html = page(visit, address(entry, rest="/history/"), "from=1&to=2")
    assert "<del>cable.</del><ins>satellite.</ins>" in html


def test_entry_for_machines(register: Register, visit: Any) -> None:
    entry = register.add("Village network")
    register.index()
    answer = visit(address(entry, rest=".json"))
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    document = json.loads(answer.content)
    assert document["number"] == entry.pk
    assert document["original_language"] == "en"
    assert document["texts"][0]["title"] == "Village network"
    answer = visit(address(entry, rest=".jsonld"))
    assert answer["Content-Type"] == "application/ld+json"
    linked = json.loads(answer.content)
    assert linked["@context"] == "https://schema.org"
    assert linked["@id"] == f"http://127.0.0.1:8000/e/{entry.pk}"


def test_nothing_written_by_others_becomes_markup(register: Register, visit: Any) -> None:
    owner = register_organisation(name=XSS, by=None, at=factory.AT)
    entry = register.add(
        XSS,
        summary=XSS,
        organisation=owner.pk,
        sections=(SectionValue("results", "en", XSS),),
        terms=(
            TermValue("line", "L1"),
            TermValue("goal", "3", Basis.OWNER, XSS, "en"),
        ),
        partners=(PartnerValue(XSS),),
        links=(LinkValue(LinkKind.SOURCE, "", XSS),),
        identifiers=(IdentifierValue("x", XSS),),
        attribution=XSS,
    )
    values = replace(
        queries.values_of(entry.pk), texts=(TextValue("en", f"{XSS} more", f"{XSS} words"),)
    )
    operations.revise_entry(
        number=entry.pk, values=values, based_on=1, by=None, at=LATER, reason=XSS
    )
    register.index()
    entry.refresh_from_db()
    for path, query in (
        (address(entry), ""),
        (address(entry, rest="/history/"), ""),
        (address(entry, rest="/history/"), "from=1&to=2"),
    ):
        html = page(visit, path, query)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    operations.withdraw_entry(number=entry.pk, reason=XSS, by=None, at=LATER)
    assert "<script>alert" not in page(visit, address(entry), status=410)


def test_similar_entries_are_shown_with_the_reasons(register: Register, visit: Any) -> None:
    entry = register.add("This one has a windmill", lines="L1", goals="1 2")
    register.add("Windmills everywhere", lines="L1", goals="1 2")
    register.add("Half of it", lines="L1", goals="1")
    register.add("Elsewhere", lines="L2", goals="3", countries="FR")
    register.index()
    html = page(visit, address(entry))
    near = html[html.index('id="near"') :]
    assert near.index("Windmills everywhere") < near.index("Half of it")
    assert "<bdi>windmill</bdi>" in near
    assert "<dt>Rare words in both</dt>" in near
    assert ">This one has a windmill</a>" not in near
    assert "Elsewhere" not in near


class Prize:
    """A panel as an app above would register one."""

    name = "prize"
    heading = "Prizes"
    template = "kernel/notice.html"
    order = 1

    def context(self, number: int, language: str) -> dict[str, Any] | None:
        return {"text": f"Winner {number} {language}"}

    def as_data(self, number: int) -> Any:
        return {"won": number}


def test_apps_above_fill_panels(register: Register, visit: Any) -> None:
    entry = register.add()
    register.index()
    panels.register(Prize())
    try:
        html = page(visit, address(entry))
        told = visit(f"/e/{entry.pk}.json").json()["panels"]
    finally:
        panels.unregister("prize")
    assert told == {"prize": {"won": entry.pk}}
    assert "panels" not in visit(f"/e/{entry.pk}.json").json()
    assert f"Winner {entry.pk} en" in html
    assert ">Prizes</h2>" in html


def test_the_number_of_statements_does_not_grow(register: Register, visit: Any) -> None:
    counts = []
    for more in (1, 3):
        entry = register.add(
            countries=" ".join(["KE", "FR", "SD"][:more]),
            goals=" ".join(["1", "2", "3"][:more]),
            partners=tuple(PartnerValue(f"Partner {n}") for n in range(more)),
            identifiers=tuple(IdentifierValue("x", f"{entry_n}-{more}") for entry_n in range(more)),
        )
        register.index()
        visit(address(entry))
        with CaptureQueriesContext(connection) as seen:
            page(visit, address(entry), "text=en")
        counts.append(len(seen))
    assert counts[1] - counts[0] <= 3  # the first has no neighbour on the grid yet
    assert counts[1] <= 22


def test_an_unchanged_entry_answers_304(register: Register, visit: Any) -> None:
    entry = register.add()
    register.index()
    first = visit(address(entry))
    assert visit(address(entry), if_none_match=first["ETag"]).status_code == 304
    assert visit(address(entry, "fr"), if_none_match=first["ETag"]).status_code == 200
