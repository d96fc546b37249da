"""A mapping profile as a table of columns, and back."""

from dataclasses import replace

import pytest

from stocktaking.entries.states import Basis
from stocktaking.intake.rules.profiles.model import (
    FieldRule,
    IdentifierRule,
    Identity,
    LinkRule,
    OrganisationRule,
    Profile,
    TermRule,
)
from stocktaking.intake.rules.profiles.reach import read_by
from stocktaking.intake.rules.profiles.shipped import shipped
from stocktaking.kernel.reading import Reading
from stocktaking.web.forms.imports.composing import compose
from stocktaking.web.forms.imports.tables import table_of
from stocktaking.web.forms.imports.uses import Use

COLUMNS = ("id", "name", "what", "more", "begin", "where", "goals", "who", "land", "link", "doi")
PROFILE = Profile(
    slug="ministry",
    version=3,
    title={"en": "Ministry"},
    reading=Reading(),
    identity=Identity(system="ministry", columns=("id",)),
    fields=(
        FieldRule(to="title", columns=("name", "name_old")),
        FieldRule(to="summary", columns=("what", "more"), join=True, cut=900, origin="machine"),
        FieldRule(to="start", columns=("begin",), order="dmy", precision="month", months={"x": 1}),
        FieldRule(to="licence", value="CC-BY-4.0"),
        FieldRule(to="extra:budget", columns=("budget",)),
    ),
    terms=(
        TermRule(scheme="country", columns=("where",), separators=(";",), values={"Kenia": "KE"}),
        TermRule(
            scheme="goal", columns=("goals",), basis=Basis.SUGGESTED, note="more", unknown="keep"
        ),
        TermRule(scheme="status", constants=("ongoing",)),
        TermRule(scheme="line", columns=("goals",), when={"what": ("x",)}),
    ),
    organisations=(
        OrganisationRule(name="who", country="land", types={"NGO": "academia"}, nobody=("n/a",)),
        OrganisationRule(role="funder", each="funders", name="title"),
    ),
    links=(LinkRule(columns=("link",)),),
    identifiers=(IdentifierRule(system="doi", columns=("doi",)),),
)


def again(profile: Profile, **changed: Use) -> Profile:
    table = table_of(profile, COLUMNS)
    return compose(profile, COLUMNS, table.uses | changed, table.constants)


def test_table_shows_what_each_column_becomes() -> None:
    uses = table_of(PROFILE, COLUMNS).uses
    assert {column: use.to for column, use in uses.items()} == {
        "name": "title",
        "what": "summary",
        "more": "summary",
        "begin": "start",
        "where": "terms:country",
        "goals": "terms:goal",
        "who": "owner:name",
        "land": "owner:country",
        "link": "link",
        "doi": "identifier",
    }
    assert uses["where"].values == {"Kenia": "KE"}
    assert (uses["begin"].order, uses["begin"].precision) == ("dmy", "month")


def test_what_no_row_can_show_is_kept_apart() -> None:
    table = table_of(PROFILE, COLUMNS)
    assert table.kept == [PROFILE.fields[4], PROFILE.terms[3], PROFILE.organisations[1]]
    assert table.constants == [("licence", "CC-BY-4.0"), ("terms:status", "ongoing")]


def test_untouched_table_gives_the_same_rules() -> None:
    made = again(PROFILE)
    assert sorted(map(repr, made.fields)) == sorted(map(repr, PROFILE.fields))
    assert sorted(map(repr, made.terms)) == sorted(map(repr, PROFILE.terms))
    assert made.organisations == PROFILE.organisations
    assert made.links == PROFILE.links
    assert made.identifiers == PROFILE.identifiers


def test_changed_option_keeps_what_the_row_does_not_show() -> None:
    use = table_of(PROFILE, COLUMNS).uses["goals"]
    made = again(PROFILE, goals=replace(use, basis="import", separators=(",",)))
    changed = next(rule for rule in made.terms if rule.scheme == "goal")
    assert (changed.note, changed.basis, changed.separators) == ("more", Basis.IMPORT, (",",))
    begin = replace(table_of(PROFILE, COLUMNS).uses["begin"], order="mdy")
    assert next(r for r in again(PROFILE, begin=begin).fields if r.to == "start").months == {"x": 1}


def test_column_of_another_use_leaves_its_rule() -> None:
    made = again(PROFILE, more=Use(to="section:description"), land=Use())
    by_target = {rule.to: rule.columns for rule in made.fields}
    assert by_target["summary"] == ("what",)
    assert by_target["section:description"] == ("more",)
    assert (made.organisations[0].name, made.organisations[0].country) == ("who", "")
    assert made.organisations[0].nobody == ("n/a",)


def test_rule_of_which_every_column_is_taken_away_goes() -> None:
    made = again(PROFILE, begin=Use(), link=Use(), doi=Use(), goals=Use())
    assert "start" not in {rule.to for rule in made.fields}
    assert (made.links, made.identifiers) == ((), ())
    assert {rule.scheme for rule in made.terms} == {"country", "status", "line"}


def test_columns_that_become_the_same_are_read_by_one_rule() -> None:
    made = again(
        replace(PROFILE, terms=()),
        where=Use(to="terms:country", values={"Kenia": "KE"}),
        land=Use(to="terms:country", values={"Soudan": "SD"}),
        goals=Use(to="terms:country", separators=("|",)),
    )
    assert [(r.columns, dict(r.values), r.separators) for r in made.terms[:2]] == [
        (("where", "land"), {"Kenia": "KE", "Soudan": "SD"}, ()),
        (("goals",), {}, ("|",)),
    ]


def test_constants_become_rules_and_dropped_rules_go() -> None:
    table = table_of(PROFILE, COLUMNS)
    stated = [("terms:status", "completed"), ("owner:name", "Ministry"), ("licence", "CC0-1.0")]
    made = compose(PROFILE, COLUMNS, table.uses, stated, frozenset({1, 2}))
    assert next(r for r in made.terms if r.scheme == "status").constants == ("completed",)
    assert {r.scheme for r in made.terms} == {"country", "goal", "status"}
    assert [(r.name, r.value) for r in made.organisations] == [("who", ""), ("", "Ministry")]
    assert next(r for r in made.fields if r.to == "licence").value == "CC0-1.0"


@pytest.mark.parametrize("slug", sorted(shipped()))
def test_shipped_profiles_come_back_as_they_were(slug: str) -> None:
    profile = shipped()[slug]
    columns = read_by(profile)
    table = table_of(profile, columns)
    made = compose(profile, columns, table.uses, table.constants)
    for part in ("fields", "terms", "organisations", "links", "identifiers"):
        assert sorted(map(repr, getattr(made, part))) == sorted(map(repr, getattr(profile, part)))
