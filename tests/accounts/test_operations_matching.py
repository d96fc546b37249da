"""Organisations as foreign files name them."""

import threading

import pytest
from django.db import connections
from tests.factories.accounts import AT, person

from stocktaking.accounts.models import Membership, Organisation, OrganisationIdentifier
from stocktaking.accounts.operations import (
    StatedOrganisation,
    look_up_organisations,
    match_organisations,
    merge_organisations,
    register_matched,
    register_organisation,
)
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.signals import organisation_registered
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed
from stocktaking.kernel.retrying import retried

pytestmark = pytest.mark.django_db


def stated(name="Village Council", **more):
    return StatedOrganisation(name, **more)


def match(*bodies):
    found = match_organisations(stated=bodies, by=None, at=AT)
    return [found[one] for one in bodies]


def told(one):
    return [code for code, _ in one.notes]


def test_new_ones_are_registered_once_and_found_again(terms):
    heard = []
    listen = lambda sender, organisation, **more: heard.append(organisation.number)  # noqa: E731
    organisation_registered.connect(listen)
    bodies = (
        stated(country="KE"),
        stated("VILLAGE  council.", country="KE"),
        stated(),
        stated(country="FJ", website="https://example.org", type="government"),
    )
    try:
        first = match(*bodies)
    finally:
        organisation_registered.disconnect(listen)
    numbers = [one.number for one in first]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3
    assert all(one.registered for one in first)
    assert sorted(heard) == sorted(set(numbers))
    assert HistoryRecord.objects.filter(verb="organisation_registered").count() == 3
    assert Organisation.objects.get(number=numbers[3]).website == "https://example.org"
    again = match(*bodies)
    assert [one.number for one in again] == numbers
    assert not any(one.registered for one in again)
    assert not Membership.objects.exists()


def test_identifier_counts_more_than_the_name():
    known = register_organisation(name="Council", identifiers=[("ror", "1")], by=None, at=AT)
    [found] = match(stated("Something else", identifiers=(("ROR", "1"), ("iati", "X"))))
    assert found.number == known.number
    assert told(found) == ["organisation_named_otherwise"]
    assert sorted(known.identifiers.values_list("system", "value")) == [("iati", "X"), ("ror", "1")]
    assert match(stated("Another", identifiers=(("iati", "X"),)))[0].number == known.number


def test_identifiers_of_two_organisations_are_refused():
    for name in "AB":
        register_organisation(name=name, identifiers=[("ror", name)], by=None, at=AT)
    [found] = match(stated(identifiers=(("ror", "A"), ("ror", "B"))))
    assert (found.number, found.refusal.code) == (None, "organisation_ambiguous")
    assert Organisation.objects.count() == 2


def test_other_identifier_of_one_found_by_name_is_left_out():
    known = register_organisation(name="Council", identifiers=[("ror", "1")], by=None, at=AT)
    [found] = match(stated("Council", identifiers=(("ror", "2"),)))
    assert found.number == known.number
    assert told(found) == ["organisation_identifier_differs"]
    assert OrganisationIdentifier.objects.count() == 1


def test_merged_ones_lead_on():
    stays, goes = (
        register_organisation(name=one, by=None, at=AT) for one in ("UNESCO", "Unesco X")
    )
    merge_organisations(kept=stays.number, merged=goes.number, by=None, at=AT)
    [found] = match(stated("unesco x"))
    assert (found.number, found.registered) == (stays.number, False)
    assert Organisation.objects.count() == 2


def test_what_cannot_be_registered_is_told():
    long, empty, place, address = match(
        stated("x" * 301), stated("  "), stated("A", country="??"), stated("B", website="www.b")
    )
    assert (long.refusal.code, empty.refusal.code) == ("organisation_name", "organisation_name")
    assert place.refusal.code == "term_unknown"
    assert told(address) == ["organisation_website_left_out"]
    assert list(Organisation.objects.values_list("name", "website")) == [("B", "")]


def test_looking_up_writes_nothing_until_it_is_wanted():
    known = register_organisation(name="A", by=None, at=AT)
    bodies = [stated("A", identifiers=(("ror", "1"),)), stated("B"), stated("C"), stated("A")]
    matching = look_up_organisations(bodies)
    assert [matching.matches[one].number for one in bodies] == [known.number, -1, -2, known.number]
    assert matching.names() == {-1: "B", -2: "C"}
    assert Organisation.objects.count() == 1
    numbers = register_matched(matching=matching, only=bodies[2:], by=None, at=AT)
    assert list(numbers) == [-2]
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["A", "C"]
    assert not register_matched(matching=matching, only=bodies[3:], by=None, at=AT)
    assert not OrganisationIdentifier.objects.exists()
    register_matched(matching=matching, only=bodies[:1], by=None, at=AT)
    assert OrganisationIdentifier.objects.get().organisation_id == known.number


def test_identifier_is_written_for_whoever_is_left_of_those_that_state_it(terms):
    bodies = [
        stated("A", identifiers=(("ror", "1"),), website=f"https://example.org/{n}")
        for n in range(2)
    ]
    for one in bodies:
        matching = look_up_organisations(bodies)
        numbers = register_matched(matching=matching, only=[one], by=None, at=AT)
        assert OrganisationIdentifier.objects.get().value == "1"
        assert len(numbers) == 1
        Organisation.objects.all().delete()


def test_match_in_few_statements(django_assert_num_queries):
    bodies = [stated(f"Body {n}", identifiers=(("ror", str(n)),)) for n in range(300)]
    match_organisations(stated=bodies, by=None, at=AT)
    with django_assert_num_queries(3 + 2 + 2):  # and savepoints
        match_organisations(stated=bodies, by=None, at=AT)


def test_match_needs_the_capability():
    with pytest.raises(NotAllowed):
        match_organisations(stated=[stated()], by=person(), at=AT)
    assert match_organisations(stated=[stated()], by=person(Role.ORGANISER), at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_register_each_once():
    bodies = [stated(f"Body {n}", identifiers=(("ror", str(n)),)) for n in range(40)]
    found = []
    ready = threading.Barrier(2)

    def work(mine):
        try:
            ready.wait()
            matches = retried(lambda: match_organisations(stated=mine, by=None, at=AT))
            found.append({one.name: matches[one].number for one in mine})
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(order,)) for order in (bodies, bodies[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    assert Organisation.objects.count() == 40
