"""Everything on an entry's page, its versions, its linked data, its panels."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.utils.translation import override
from tests.factories.accounts import organisation, person
from tests.factories.entries import AT, entry
from tests.factories.files import stored

from stocktaking.entries import operations, panels
from stocktaking.entries.queries import (
    difference,
    entry_page,
    linked_data,
    values_of,
    versions,
)
from stocktaking.entries.rules.values import (
    IdentifierValue,
    ImageValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TextValue,
)
from stocktaking.entries.states import LinkKind, Origin, PartnerRole
from stocktaking.reference.models import Term
from stocktaking.reference.queries import catalogue, forget

LATER = AT + dt.timedelta(days=1)
BASE = "https://register.example"
pytestmark = pytest.mark.usefixtures("_framework")


def full():
    """An entry with something of everything."""
    owner = organisation("Ministry of Masts", country="FR", type="government")
    operations.create_collection(slug="health", title={"en": "Health"}, by=None, at=AT)
    operations.register_source(
        slug="partner", title={"en": "A partner"}, notice={"en": "Said by others."}, by=None, at=AT
    )
    return entry(
        organisation=owner.number,
        sections=(
            SectionValue("results", "en", "A clinic."),
            SectionValue("description", "en", "One mast."),
            SectionValue("description", "fr", "Un mât.", Origin.MACHINE),
        ),
        partners=(
            PartnerValue("Mast makers"),
            PartnerValue("Giver", PartnerRole.FUNDER),
            PartnerValue("Itself", PartnerRole.IMPLEMENTER, owner.number),
        ),
        links=(
            LinkValue(LinkKind.SOURCE, "", "A book"),
            LinkValue(LinkKind.EVIDENCE, "https://example.org/e", "Evidence"),
        ),
        images=(ImageValue(stored((700, 400)).pk, "A mast", "en", "Ada"),),
        identifiers=(IdentifierValue("iati", "XM-1", "https://example.org/XM-1"),),
        collections=("health",),
        source="partner",
        website="https://example.org",
        licence="CC-BY-4.0",
        attribution="Ministry",
        worldwide=True,
        end="2021",
    )


def test_entry_page_shows_everything():
    made = full()
    page = entry_page(made.number, "fr")
    assert [(s.code, s.said.text, s.said.original) for s in page.sections] == [
        ("description", "Un mât.", False),
        ("results", "A clinic.", True),
    ]
    assert page.sections[0].heading.label("en") == "section description"
    assert [(p.name, p.role.value) for p in page.partners] == [
        ("Mast makers", "partner"),
        ("Giver", "funder"),
        ("Itself", "implementer"),
    ]
    assert page.partners[2].organisation.name == "Ministry of Masts"
    assert [(one.kind.value, one.label) for one in page.links] == [
        ("source", "A book"),
        ("evidence", "Evidence"),
    ]
    [image] = page.images
    assert (image.alt.text, image.credit) == ("A mast", "Ada")
    assert [width for width, _, _ in image.renditions] == [320, 640, 700]
    assert page.identifiers == (("iati", "XM-1", "https://example.org/XM-1"),)
    assert page.source.notice == "Said by others."
    assert page.title_in["en"].original
    assert (page.website, page.licence, page.version) == (
        "https://example.org",
        "CC-BY-4.0",
        1,
    )


def test_entry_page_takes_a_fixed_number_of_statements(django_assert_num_queries):
    plain, rich = entry(), full()
    catalogue()
    with django_assert_num_queries(10):
        entry_page(plain.number, "en")
    with django_assert_num_queries(11):  # one more for the renditions
        entry_page(rich.number, "en")


def test_entry_page_of_a_withdrawn_entry_gives_the_reason():
    made = entry()
    operations.withdraw_entry(number=made.number, reason="A twin.", by=None, at=LATER)
    page = entry_page(made.number, "en")
    assert (page.card.state, page.withdrawal_reason) == ("withdrawn", "A twin.")
    assert page.withdrawn_at == LATER
    assert entry_page(made.number + 1, "en") is None


def test_entry_page_heads_a_lost_section_by_its_code():
    made = entry(sections=(SectionValue("results", "en", "x"),))
    Term.objects.filter(code="results").delete()
    forget()
    [section] = entry_page(made.number, "en").sections
    assert section.heading.label("en") == "results"


def test_versions_say_who_made_them_and_which_is_shown():
    made = entry(publish=False)
    editor = person()
    changed = replace(values_of(made.number), worldwide=True)
    operations.publish_entry(number=made.number, by=None, at=AT)
    operations.revise_entry(
        number=made.number, values=changed, based_on=1, by=None, at=LATER, reason="why"
    )
    newer, older = versions(made.number)
    assert (newer.number, newer.current, newer.reason) == (2, True, "why")
    assert (older.number, older.current, older.public, older.by_id) == (1, False, True, None)
    assert versions(editor.pk + 10_000) == []


def test_versions_for_visitors_are_the_public_ones():
    made = entry(publish=False)
    changed = replace(values_of(made.number), worldwide=True)
    operations.revise_entry(number=made.number, values=changed, based_on=1, by=None, at=LATER)
    operations.publish_entry(number=made.number, by=None, at=LATER)
    assert [one.number for one in versions(made.number, public_only=True)] == [2]
    assert difference(made.number, 1, 2, public_only=True) is None


def test_difference_names_fields_and_terms_for_people():
    owner = organisation("Ministry of Masts")
    made = entry()
    before = values_of(made.number)
    changed = replace(
        before,
        organisation=owner.number,
        terms=(*before.terms[:1], *before.terms[2:]),
        texts=(replace(before.texts[0], summary="A network run by two villages."), before.texts[1]),
        worldwide=True,
        extra={"imported": "abc"},
    )
    operations.revise_entry(number=made.number, values=changed, based_on=1, by=None, at=LATER)
    found = difference(made.number, 1, 2, language="en")
    assert (found.older.number, found.newer.number) == (1, 2)
    changes = {(c.field, c.item): c for c in found.changes}
    assert {field for field, _ in changes} == {
        "summary",
        "terms",
        "note",
        "organisation",
        "worldwide",
    }
    summary = changes["summary", ""]
    assert (summary.heading, summary.language, summary.direction) == ("Summary", "en", "ltr")
    assert [(p.kind, p.text) for p in summary.pieces] == [
        ("same", "A network run by "),
        ("removed", "a village."),
        ("added", "two villages."),
    ]
    assert [p.text for p in changes["organisation", ""].pieces] == ["Ministry of Masts"]
    assert [p.text for p in changes["worldwide", ""].pieces] == ["no", "yes"]
    goals = next(c for c in found.changes if c.field == "terms")
    assert [(p.kind, p.text) for p in goals.pieces] == [("removed", "3 goal 3")]
    assert difference(made.number, 1, 3) is None


def test_linked_data_describes_the_page_and_the_project():
    made = full()
    data = linked_data(entry_page(made.number, "en"), BASE)
    assert json.loads(json.dumps(data)) == data
    assert data["@id"] == data["url"] == f"{BASE}/e/{made.number}"
    assert (data["@type"], data["inLanguage"], data["version"]) == ("ItemPage", "en", 1)
    assert data["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert data["datePublished"] == "2026-03-02"
    assert data["temporalCoverage"] == "2019-05/2021"
    assert data["provider"]["name"] == "Ministry of Masts"
    assert data["identifier"] == [
        {
            "@type": "PropertyValue",
            "propertyID": "iati",
            "value": "XM-1",
            "url": "https://example.org/XM-1",
        }
    ]
    assert [(t["@type"], t["termCode"]) for t in data["about"]] == [
        ("DefinedTerm", "L1"),
        ("DefinedTerm", "3"),
        ("DefinedTerm", "ongoing"),
    ]
    assert [place.get("identifier") for place in data["spatialCoverage"]] == ["KE", None]
    assert data["citation"] == ["A book"]
    assert data["image"][0].startswith(f"{BASE}/media/images/")
    assert [one["inLanguage"] for one in data["workTranslation"]] == ["fr"]
    project = data["mainEntity"]
    assert (project["@type"], project["foundingDate"]) == ("Project", "2019-05")
    assert [one["name"] for one in project["funder"]] == ["Giver"]
    assert len(project["member"]) == 2


def test_linked_data_says_nothing_of_what_is_not_known():
    unknown = organisation("Owner not stated", unknown=True)
    made = entry(
        organisation=unknown.number, texts=(TextValue("en", "T"),), terms=(), start="", sections=()
    )
    data = linked_data(entry_page(made.number, "en"), BASE)
    for name in ("provider", "description", "about", "license", "temporalCoverage", "image"):
        assert name not in data


class Prizes:
    name = "prizes"
    heading = "Prizes"
    template = "x.html"
    order = 5

    def context(self, number, language):
        return {"number": number} if number == 1 else None

    def as_data(self, number):
        return [2016] if number == 1 else None


def test_panels_are_kept_in_order_once_per_name():
    first, second = Prizes(), Prizes()
    second.name, second.order = "reports", 1
    panels.register(first)
    panels.register(second)
    panels.register(second)
    try:
        assert panels.panels() == [second, first]
        assert panels.panels()[1].context(1, "en") == {"number": 1}
    finally:
        panels.unregister("prizes")
        panels.unregister("reports")
    assert panels.panels() == []


def test_linked_data_says_worldwide_in_the_language_of_the_page():
    made = full()
    with override("fr"):
        data = linked_data(entry_page(made.number, "fr"), BASE)
    assert {"@type": "Place", "name": "Monde entier"} in data["spatialCoverage"]
