"""The profiles that the package brings, each with records in the form of its source."""

from dataclasses import replace

import pytest
from tests.factories import reference as make
from tests.intake.imports.frameworks import wsis
from tests.intake.imports.mapped import codes

from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import LinkValue, TermValue, TextValue
from stocktaking.entries.states import Basis, LinkKind, Origin
from stocktaking.intake.operations import demo_entries
from stocktaking.intake.queries.imports.framework import framework
from stocktaking.intake.rules import demo, demo_texts
from stocktaking.intake.rules.profiles.documents import parse, write
from stocktaking.intake.rules.profiles.mapped import Body
from stocktaking.intake.rules.profiles.mapping import Mapper
from stocktaking.intake.rules.profiles.reach import Reach, unread
from stocktaking.intake.rules.profiles.shipped import shipped, texts
from stocktaking.kernel import languages
from stocktaking.kernel.reading import Record

FOREIGN = {"demo", "dial", "digital-health-atlas", "dpg", "iati", "large", "newamerica"}


def mapped(slug, data):
    return Mapper(shipped()[slug], wsis()).map(Record(1, data))


def terms(found, scheme):
    return [one.code for one in found.values.terms if one.scheme == scheme]


def test_all_are_there_and_right():
    assert {*FOREIGN, "register"} <= set(texts())
    for slug, text in texts().items():
        profile = parse(text, wsis())
        assert profile.slug == slug
        assert set(profile.title) == set(languages.CODES)
        assert parse(write(profile), wsis()) == profile
        assert text.startswith("# ")


@pytest.mark.parametrize("slug", sorted(FOREIGN))
def test_entries_say_where_they_came_from(slug):
    profile = shipped()[slug]
    assert profile.source
    assert set(profile.notice) == set(languages.CODES)
    assert profile.recognises


LARGE = {
    "id": "aiddata-sdg-iati:SE-0-1",
    "source": "aiddata-sdg-iati",
    "source_id": "SE-0-1",
    "title": "Vaccines",
    "description": "Title: Vaccines",
    "lang_declared": "en",
    "country_names": ["Tanzania, United Republic Of"],
    "country_codes": ["TZ"],
    "organisations": [
        {"name": "Sweden", "role": "reporting", "type": "Government"},
        {"name": "Sweden", "role": "funding", "type": "Government"},
        {"name": "A; B", "role": "implementing"},
        {"name": "PPP", "role": "accountable", "type": "Public Private Partnership"},
    ],
    "start_date": "2010",
    "start_precision": "year",
    "end_date": "2012-12-31",
    "end_precision": "day",
    "status": "Post-completion",
    "sectors": [{"code": "12220", "name": "Basic health care", "vocabulary": "OECD-DAC"}],
    "sdgs": [2, 3],
    "sdg_basis": "computed",
    "sdg_weights_usd": {"2": 186512.0},
    "url": None,
    "licence": "ODC-BY-1.0 (AidData); underlying IATI publisher open licence",
    "raw": {"year": "2005"},
    "lang_detected": "sv",
}


def test_large():
    found = mapped("large", LARGE)
    assert (found.faults, found.notes) == ((), ())
    values = found.values
    assert values.original_language == "en"
    assert (values.start, values.end) == ("2010", "2012-12-31")
    assert values.terms == (
        TermValue("sdg", "2", Basis.SUGGESTED),
        TermValue("sdg", "3", Basis.SUGGESTED),
        TermValue("country", "TZ", Basis.IMPORT),
        TermValue("status", "completed", Basis.IMPORT),
    )
    assert found.owner == Body("Sweden", type="government")
    assert [(body.name, body.role) for body in found.partners] == [
        ("Sweden", "funder"),
        ("A", "implementer"),
        ("B", "implementer"),
        ("PPP", "partner"),
    ]
    assert values.licence == "ODC-By-1.0"
    assert values.attribution.startswith("AidData")
    assert values.extra["sectors"] == LARGE["sectors"]
    assert values.extra["sdg_weights_usd"] == {"2": 186512.0}
    assert Reach(shipped()["large"]).unread_of(LARGE) == []


def test_large_languages_dates_and_places_that_are_not_said():
    bare = LARGE | {
        "lang_declared": None,
        "country_codes": [],
        "country_names": ["Regional"],
        "start_date": "2015-05-01",
        "end_date": "1013-07-30",
        "status": "Suspended",
        "licence": "AidData general terms (redistribution allowed with attribution); "
        "source KOICA statistics 2009",
    }
    found = mapped("large", bare)
    assert found.values.original_language == "sv"
    assert codes(found.notes) == ["date_out_of_range"]
    assert found.values.extra["as_stated"] == {"end": ["1013-07-30"]}
    assert (terms(found, "country"), terms(found, "coverage")) == ([], ["regional"])
    assert (terms(found, "status"), found.values.licence) == ([], "")
    assert terms(mapped("large", bare | {"country_names": ["Namibia"]}), "country") == ["NA"]
    assert mapped("large", bare | {"country_names": ["Global"]}).values.worldwide
    unknown = mapped("large", bare | {"country_names": ["ESCAP"], "end_date": None})
    assert codes(unknown.notes) == ["term_unknown"]
    assert unknown.values.extra["as_stated"] == {"country": ["ESCAP"]}


def test_large_lists_of_one_agency_name_it_as_the_owner():
    koica = LARGE | {
        "source": "koica-2009",
        "organisations": [{"name": "KOICA", "role": "funding", "type": "Government"}],
    }
    assert mapped("large", koica).owner == Body("KOICA", type="government")
    assert mapped("large", koica | {"source": "aiddata-gcof"}).owner is None


def test_dpg():
    data = {
        "id": "dpg:x",
        "title": "X",
        "lang_declared": "en",
        "types": ["software", "aimodel"],
        "sdgs": [4, 5],
        "sdg_evidence": [
            {"sdg": 4, "evidence": "Schools use it.", "evidence_url": "https://x.example/4"},
            {"sdg": 5, "evidence": "", "evidence_url": "see above"},
        ],
        "organisations": [
            {"name": "X Trust", "role": "owner", "url": "https://x.example"},
            {"name": "Fund", "role": "funder", "url": None},
            {"name": "Coders", "role": "maintainer", "url": None},
        ],
        "countries_developed": ["India"],
        "countries_deployed": ["Kenya", "Vietnam", "Kosovo"],
        "country_codes": ["IN", "KE", "VN"],
        "repositories": ["https://x.example/code"],
        "licence": "Public domain (Unlicense)",
    }
    found = mapped("dpg", data)
    assert found.values.terms[:2] == (
        TermValue("sdg", "4", Basis.IMPORT, "Schools use it.", "en"),
        TermValue("sdg", "5", Basis.IMPORT),
    )
    assert terms(found, "country") == ["KE", "VN"]
    assert terms(found, "technology") == ["artificial_intelligence"]
    assert found.values.licence == "Unlicense"
    assert found.owner == Body("X Trust", website="https://x.example")
    assert [body.role for body in found.partners] == ["funder", "partner"]
    assert found.values.links == (
        LinkValue(LinkKind.WEBSITE, "https://x.example/code"),
        LinkValue(LinkKind.EVIDENCE, "https://x.example/4"),
    )
    assert codes(found.notes) == ["term_unknown", "address_malformed"]
    assert found.values.extra["as_stated"] == {"country": ["Kosovo"], "links": ["see above"]}
    assert found.values.extra["countries_developed"] == ["India"]


def test_digital_health_atlas():
    data = {
        "id": "dha:1",
        "title": "D",
        "country_names": ["Kenya"],
        "country_codes": ["KE"],
        "organisations": [
            {"name": "None (for-profit company)", "role": "lead"},
            {"name": "Ministry", "role": "lead"},
            {"name": "Other", "role": "funding"},
        ],
        "start_date": "2009-12-31",
        "end_date": "2199-12-31",
        "geographical_scope": "National Level",
    }
    found = mapped("digital-health-atlas", data)
    assert (found.values.start, found.values.end, found.notes) == ("2009-12-31", "", ())
    assert (found.owner, found.partners) == (Body("Ministry"), ())
    assert (terms(found, "country"), terms(found, "coverage")) == (["KE"], ["national"])
    own_words = mapped("digital-health-atlas", data | {"geographical_scope": "Two districts"})
    assert (terms(own_words, "coverage"), own_words.notes) == ([], ())
    assert own_words.values.extra["geographical_scope"] == "Two districts"


def test_dial_and_newamerica():
    data = {"id": "dial:x", "title": "X", "sdgs": [3], "sdg_link_types": {"3": "Validated"}}
    found = mapped("dial", data | {"organisations": [{"name": "A", "role": "owner"}] * 2})
    assert terms(found, "sdg") == ["3"]
    assert (found.owner, found.partners) == (Body("A"), ())
    assert found.values.extra == {"sdg_link_types": {"3": "Validated"}}
    data = {"id": "n:1", "title": "N", "sectors": ["Digital Identity", "Procurement"]}
    found = mapped("newamerica", data | {"country_names": ["Reykjavík"], "country_codes": []})
    assert terms(found, "technology") == ["digital_identity"]
    assert codes(found.notes) == ["term_unknown"]
    assert shipped()["newamerica"].reading.empty


ACTIVITY = {
    "@lang": "fr",
    "@last-updated-datetime": "2016-04-18",
    "iati-identifier": ["XX-1-A"],
    "reporting-org": [{"@ref": "XX-1", "@type": "40", "narrative": ["Banque"]}],
    "title": [{"narrative": ["Écoles", {"@lang": "en", "#text": "Schools"}]}],
    "description": [
        {"@type": "1", "narrative": ["Des écoles", {"@lang": "en", "#text": "Schools built"}]},
        {"@type": "2", "narrative": ["Instruire"]},
        {"@type": "3", "narrative": ["Enfants"]},
    ],
    "participating-org": [
        {"@role": "1", "@type": "10", "@ref": "YY", "narrative": ["Pays"]},
        {"@role": "4", "@ref": "ZZ-9"},
    ],
    "activity-status": [{"@code": "2"}],
    "activity-scope": [{"@code": "4"}],
    "activity-date": [
        {"@type": "1", "@iso-date": "2014-01-01"},
        {"@type": "2", "@iso-date": "2014-02-01"},
        {"@type": "3", "@iso-date": "2016-12-31"},
    ],
    "contact-info": [{"person-name": [{"narrative": ["Somebody"]}], "email": ["a@b.example"]}],
    "recipient-country": [{"@code": "ML", "@percentage": "60"}, {"@code": "NE"}, {"@code": "88"}],
    "recipient-region": [{"@code": "298", "@vocabulary": "1"}],
    "sector": [
        {"@vocabulary": "1", "@code": "11220"},
        {"@vocabulary": "7", "@code": "4"},
        {"@vocabulary": "8", "@code": "5.1"},
    ],
    "tag": [{"@vocabulary": "2", "@code": "10"}, {"@vocabulary": "3", "@code": "17.19"}],
    "document-link": [
        {"@url": "https://x.example/a.pdf", "title": [{"narrative": ["Rapport"]}]},
    ],
    "transaction": [{"value": [{"@currency": "USD", "#text": "3"}]}],
}


def test_iati():
    found = mapped("iati", ACTIVITY)
    values = found.values
    assert values.original_language == "fr"
    assert values.texts == (TextValue("fr", "Écoles"), TextValue("en", "Schools"))
    assert [(one.code, one.language) for one in values.sections] == [
        ("description", "fr"),
        ("description", "en"),
        ("goals", "fr"),
    ]
    assert (values.start, values.end) == ("2014-02-01", "2016-12-31")
    assert found.identity == "iati:XX-1-A"
    assert found.owner == Body(
        "Banque", type="international_organization", identifiers=(("iati-org", "XX-1"),)
    )
    assert [(body.name, body.type, body.role) for body in found.partners] == [
        ("Pays", "government", "funder")
    ]
    assert terms(found, "sdg") == ["4", "10", "5", "17"]
    assert terms(found, "country") == ["ML", "NE"]
    assert (terms(found, "status"), terms(found, "coverage")) == (["ongoing"], ["national"])
    assert values.links == (LinkValue(LinkKind.SOURCE, "https://x.example/a.pdf", "Rapport"),)
    assert values.extra["recipient_countries"][0] == {"code": "ML", "percentage": "60"}
    assert values.extra["target_groups"] == "Enfants"
    assert [(n.code, n.params["value"]) for n in found.notes] == [
        ("term_unknown", "88"),
        ("body_unnamed", "ZZ-9"),
    ]


def test_iati_takes_no_facts_about_people_and_no_money():
    found = mapped("iati", ACTIVITY)
    assert "Somebody" not in repr(found)
    assert "USD" not in repr(found.values)
    columns = ("contact-info.email", "transaction.value@currency", "@lang", "activity-date@type",
               "default-flow-type@code", "something-new@code")  # fmt: skip
    assert unread(shipped()["iati"], columns) == ["something-new@code"]


def test_demo_says_what_the_loading_of_the_demo_says():
    profile = shipped()["demo"]
    assert (profile.title, profile.notice) == (demo_texts.TITLE, demo_texts.NOTICE)
    mapper = Mapper(profile, wsis())
    names = {
        scheme.slug: {name.lower(): t.code for t in scheme.terms for name in t.names}
        for scheme in wsis().schemes.values()
    }
    for place, record in enumerate(demo_entries.demo_records(), start=1):
        found = mapper.map(Record(place, record))
        assert (found.faults, found.notes) == ((), ()), record["id"]
        loaded = demo.entry_values(record, organisation=1, codes=names, prize_lines={})
        said, expected = tidy(found.values), tidy(loaded)
        assert set(said.terms) == set(expected.terms)
        assert set(said.texts) == set(expected.texts)
        # the organisation is looked up later, the date of registration is the demo's own
        assert expected == replace(
            said,
            organisation=1,
            registered_on=expected.registered_on,
            registered_on_assumed=True,
            terms=expected.terms,
            texts=expected.texts,
        )


def test_translations_of_the_demo_are_made_by_machine():
    data = {"id": "x", "title": "T", "language": "en", "translations": {"fr": {"title": "U"}}}
    assert mapped("demo", data).values.texts[1] == TextValue("fr", "U", origin=Origin.MACHINE)


def in_order(scheme):
    """The databases give back the languages of a text in different orders."""
    terms = [(one.code, sorted(one.names), one.assignable) for one in scheme.terms]
    return (scheme.slug, terms, scheme.direct, scheme.many, sorted(scheme.names))


@pytest.mark.django_db
def test_the_framework_of_the_database_is_that_of_its_files():
    make.load()
    found = framework()
    assert set(found.schemes) == set(wsis().schemes)
    for slug, scheme in wsis().schemes.items():
        assert in_order(found.schemes[slug]) == in_order(scheme), slug
    for profile in shipped().values():
        assert parse(texts()[profile.slug], found) == profile
