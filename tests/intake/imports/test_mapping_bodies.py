"""Owners and partners as a file names them."""

from tests.intake.imports.mapped import codes, mapped

from stocktaking.entries.rules.values import PartnerValue
from stocktaking.entries.states import PartnerRole
from stocktaking.intake.rules.profiles.mapped import Body

OWNER = """
[[organisations]]
name = "owner"
country = "seat"
type = "kind"
website = "site"
types = { "NGO" = "civil_society", "n/a" = "" }
identifiers = { "iati-org" = "ref" }
"""
LIST = """
[[organisations]]
role = "partner"
role_column = "role"
roles = { lead = "owner", funding = "funder", contact = "" }
each = "organisations"
name = "name"
"""


def partners(found):
    return [(body.name, body.role) for body in found.partners]


def test_an_owner_with_all_that_is_known_of_it():
    data = {
        "owner": " Ministry  of Works ",
        "seat": "Kenya",
        "kind": "Government",
        "site": "https://works.example",
        "ref": "KE-1",
    }
    found = mapped(OWNER, data)
    assert found.owner == Body(
        "Ministry of Works",
        country="KE",
        type="government",
        website="https://works.example",
        identifiers=(("iati-org", "KE-1"),),
    )
    assert found.values.organisation is None
    assert "organisation" in found.stated
    assert found.columns["organisation"] == "owner"


def test_what_is_not_known_of_a_body_is_told_and_left_empty():
    found = mapped(OWNER, {"owner": "O", "seat": "Atlantis", "kind": "Sect", "site": "www.o.org"})
    assert found.owner == Body("O")
    assert codes(found.notes) == ["term_unknown", "term_unknown", "address_malformed"]
    assert found.unknown == (("country", "Atlantis"), ("stakeholder", "Sect"))
    assert mapped(OWNER, {"owner": "O", "kind": "ngo"}).owner.type == "civil_society"
    assert mapped(OWNER, {"owner": "O", "kind": "N/A"}).notes == ()


def test_no_owner():
    found = mapped(OWNER, {"seat": "Kenya"})
    assert (found.owner, found.notes) == (None, ())
    assert "organisation" in found.stated


def test_roles_by_a_column():
    data = {
        "organisations": [
            {"name": "A", "role": "Lead"},
            {"name": "B", "role": "funding"},
            {"name": "C", "role": "implementer"},
            {"name": "D", "role": "contact"},
            {"name": "E", "role": "godfather"},
            {"name": "F"},
            {"name": "B", "role": "funding"},
            {"name": "B", "role": "partner"},
            {"name": "G", "role": "lead"},
        ]
    }
    found = mapped(LIST, data)
    assert found.owner == Body("A")
    assert partners(found) == [
        ("B", "funder"),
        ("C", "implementer"),
        ("F", "partner"),
        ("B", "partner"),
    ]
    assert found.values.partners[0] == PartnerValue("B", PartnerRole.FUNDER)
    assert [(n.code, n.params["value"]) for n in found.notes] == [
        ("value_unknown", "godfather"),
        ("further_owner", "G"),
    ]
    assert found.columns["partners.1"] == "organisations.name"
    assert {"partners", "organisation"} <= found.stated


def test_further_owners_as_partners():
    data = {"organisations": [{"name": n, "role": "lead"} for n in ("A", "B", "A")]}
    found = mapped(LIST + 'further = "implementer"', data)
    assert found.owner.name == "A"
    assert partners(found) == [("B", "implementer")]
    assert found.notes == ()


def test_several_names_in_one_cell():
    rule = (
        '[[organisations]]\nrole = "funder"\nname = "by"\nseparators = [";", "|"]\ncountry = "in"\n'
    )
    found = mapped(rule, {"by": "A; B |; A", "in": "Kenya"})
    assert partners(found) == [("A", "funder"), ("B", "funder")]
    # the country is that of one of them
    assert [(n.code, n.column) for n in found.notes] == [("body_detail_left_out", "in")]
    assert "partners.funder" in found.stated
    assert mapped(rule, {"by": "A", "in": "Kenya"}).partners[0].country == "KE"
    assert partners(mapped(rule, {"by": ["A", "B"]})) == [("A", "funder"), ("B", "funder")]


def test_names_that_name_nobody():
    rule = OWNER + 'nobody = ["None", "not stated"]'
    assert mapped(rule, {"owner": "NONE", "kind": "NGO"}).owner is None


def test_a_constant_name():
    assert mapped('[[organisations]]\nvalue = "ITU"', {}).owner == Body("ITU")


def test_names_in_several_languages_are_one_body():
    data = {"org": [{"@ref": "X-1", "name": ["One", {"@lang": "fr", "#text": "Un"}]}]}
    rule = '[[organisations]]\neach = "org"\nname = "name"\nidentifiers = {x = "@ref"}'
    assert mapped(rule, data).owner == Body("One", identifiers=(("x", "X-1"),))
    assert mapped(rule, data).notes == ()
    unnamed = mapped(rule, {"org": [{"@ref": "X-1"}]})
    assert [(n.code, n.column, n.params) for n in unnamed.notes] == [
        ("body_unnamed", "org.name", {"value": "X-1"})
    ]


def test_our_own_numbers():
    rule = '[[organisations]]\nnumber = "no"\nname = "owner"'
    assert mapped(rule, {"no": "7"}).owner == Body("", number=7)
    assert codes(mapped(rule, {"no": "seven"}).faults) == ["number_malformed"]


def test_names_that_cannot_be_kept():
    assert codes(mapped(OWNER, {"owner": "o" * 301}).faults) == ["text_too_long"]
    assert codes(mapped(OWNER, {"owner": "o\x07"}).faults) == ["control_character"]
