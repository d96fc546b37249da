import threading

import pytest
from django.db import connections
from tests.factories.accounts import AT, organisation, person

from stocktaking.accounts import operations, queries
from stocktaking.accounts.models import Membership, Organisation
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.signals import organisations_merged
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion

pytestmark = pytest.mark.django_db


def revise(row, *, by=None, based_on=None, **values):
    stated = {"name": row.name, "website": row.website, **values}
    return operations.revise_organisation(
        number=row.pk, based_on=based_on or row.lock, by=by, at=AT, **stated
    )


def test_register_finds_by_identifier_before_name(terms):
    first = organisation("Ministry of Health", country="KE", identifiers=[("ROR", "05abc")])
    again = organisation("Wizara ya Afya", country="KE", identifiers=[("ror", "05abc")])
    assert again == first
    assert first.name == "Ministry of Health"


@pytest.mark.parametrize("spelling", ["MINISTRY of  Health", "Mínistry of health"])
def test_register_finds_by_folded_name_and_country(terms, spelling):
    first = organisation("Ministry of Health", country="KE")
    assert organisation(spelling, country="ke") == first
    assert organisation(spelling, country="FJ") != first
    assert organisation(spelling) not in (None, first)
    assert Organisation.objects.count() == 3


def test_register_adds_identifiers_it_did_not_have(terms):
    first = organisation("Ministry of Health", country="KE")
    organisation(
        "Ministry of Health", country="KE", identifiers=[("iati", "KE-1"), ("iati", "KE-1")]
    )
    assert queries.organisation(first.pk).identifiers == (("iati", "KE-1"),)


def test_register_without_a_person_creates_no_membership():
    organisation()
    assert not Membership.objects.exists()


def test_register_needs_the_capability():
    with pytest.raises(NotAllowed):
        operations.register_organisation(name="Mine", by=person(), at=AT)
    made = operations.register_organisation(name="Fund", by=person(Role.MODERATOR), at=AT)
    assert list(Organisation.objects.all()) == [made]


@pytest.mark.django_db(transaction=True)
def test_register_at_once_makes_one():
    made: list[int] = []
    ready = threading.Barrier(4)

    def register():
        try:
            ready.wait()
            made.append(organisation("Ministry of Health").pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=register) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [Organisation.objects.get().pk] * 4
    assert HistoryRecord.objects.filter(verb="organisation_registered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_merge_both_ways_at_once_merges_once_and_refuses_the_other():
    ends: list[str] = []
    for turn in range(10):
        pair = [organisation(f"Body {turn} {side}").pk for side in "ab"]
        ready = threading.Barrier(2)

        def merge(kept, merged, ready=ready):
            try:
                ready.wait()
                operations.merge_organisations(kept=kept, merged=merged, by=None, at=AT)
                ends.append("merged")
            except RuleBroken as error:
                ends.append(error.code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=merge, args=way) for way in (pair, pair[::-1])]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(ends) == ["merged"] * 10 + ["organisation_merged"] * 10


@pytest.mark.parametrize("name", ["???", "…", "***"])
def test_register_takes_names_of_signs_alone(name):
    assert organisation(name) == organisation(name)
    assert Organisation.objects.get().slug == "organisation"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 301}, "name"),
        ({"name": "A", "website": "javascript:alert(1)"}, "website"),
        ({"name": "A", "website": "https://"}, "website"),
        ({"name": "A", "country": "XX"}, "country"),
        ({"name": "A", "type": "XX"}, "type"),
        ({"name": "A", "identifiers": [("", "5")]}, "identifiers"),
        ({"name": "A", "names": {"tlh": "B"}}, "names"),
    ],
)
def test_register_refuses_bad_values(terms, values, field):
    with pytest.raises(RuleBroken) as refused:
        operations.register_organisation(by=None, at=AT, **values)
    assert refused.value.field == field
    assert not Organisation.objects.exists()


def test_revise_tells_what_changed_and_counts_the_lock(terms):
    row = organisation("Old name", country="KE")
    new = revise(row, name="New name", country="FJ", names={"fr": "Nouveau nom", "es": " "})
    assert (new.lock, new.slug, new.names) == (2, "new-name", {"fr": "Nouveau nom"})
    told = HistoryRecord.objects.get(verb="organisation_revised")
    assert told.detail["name"] == ["Old name", "New name"]
    assert set(told.detail) == {"name", "names", "country"}


def test_revise_without_change_writes_nothing():
    row = organisation()
    assert revise(row).lock == 1
    assert not HistoryRecord.objects.filter(verb="organisation_revised").exists()


def test_revise_refuses_what_was_based_on_an_older_state():
    row = organisation()
    revise(row, name="By somebody else")
    with pytest.raises(StaleVersion):
        revise(row, name="Mine", based_on=1)
    assert Organisation.objects.get().name == "By somebody else"


def test_revise_refuses_the_name_or_identifier_of_another():
    first = organisation("First", identifiers=[("ror", "1")])
    second = organisation("Second")
    with pytest.raises(RuleBroken) as refused:
        revise(second, name="FIRST")
    assert refused.value.code == "organisation_exists"
    assert str(first.pk) in str(refused.value)
    with pytest.raises(RuleBroken) as refused:
        revise(second, identifiers=[("ror", "1")])
    assert refused.value.code == "identifier_taken"


@pytest.mark.parametrize("role", [None, Role.ORGANISATION_EDITOR])
def test_revise_is_for_staff_and_members(role):
    row, stranger, member = organisation(), person(role), person()
    with pytest.raises(NotAllowed):
        revise(row, name="Mine", by=stranger)
    operations.add_member(organisation=row, person=member, by=None, at=AT)
    revise(row, name="Ours", by=member)
    row.refresh_from_db()
    revise(row, name="Edited", by=person(Role.MODERATOR))


def test_merge_moves_what_belongs_to_it_and_keeps_the_number():
    stays = organisation("Stays", website="")
    goes = organisation("Goes", identifiers=[("ror", "2")], website="https://goes.example.org")
    earlier = organisation("Earlier")
    operations.merge_organisations(kept=goes.pk, merged=earlier.pk, by=None, at=AT)
    both, one = person(), person()
    for row in (stays, goes):
        operations.add_member(organisation=row, person=both, by=None, at=AT)
    operations.add_member(organisation=goes, person=one, by=None, at=AT)
    heard = []

    def hear(sender, **kwargs):
        heard.append((kwargs["kept"], kwargs["merged"]))

    organisations_merged.connect(hear)
    try:
        operations.merge_organisations(kept=stays.pk, merged=goes.pk, by=None, at=AT)
    finally:
        organisations_merged.disconnect(hear)
    assert heard == [(stays.pk, goes.pk)]
    kept = queries.organisation(stays.pk)
    assert kept.identifiers == (("ror", "2"),)
    assert kept.website == "https://goes.example.org"
    assert {m.person for m in queries.members(stays.pk)} == {both, one}
    assert queries.organisation(goes.pk).merged_into == stays.pk
    assert queries.organisation(earlier.pk).merged_into == stays.pk
    found, total = queries.organisations()
    assert ([view.number for view in found], total) == ([stays.pk], 1)


def test_merge_refuses_itself_the_merged_and_strangers():
    one, two, three = organisation(), organisation(), organisation()
    with pytest.raises(RuleBroken):
        operations.merge_organisations(kept=one.pk, merged=one.pk, by=None, at=AT)
    with pytest.raises(NotAllowed):
        operations.merge_organisations(kept=one.pk, merged=two.pk, by=person(), at=AT)
    operations.merge_organisations(kept=one.pk, merged=two.pk, by=None, at=AT)
    with pytest.raises(RuleBroken) as refused:
        operations.merge_organisations(kept=two.pk, merged=three.pk, by=None, at=AT)
    assert refused.value.code == "organisation_merged"


def test_name_of_a_merged_organisation_is_free_again():
    one, two = organisation("One"), organisation("Two")
    operations.merge_organisations(kept=one.pk, merged=two.pk, by=None, at=AT)
    assert organisation("Two").pk not in (one.pk, two.pk)


def test_members_are_changed_by_owners_and_leave_by_themselves():
    row, owner, editor, friend = organisation(), person(), person(), person()
    operations.add_member(
        organisation=row, person=owner, standing=Membership.Standing.OWNER, by=None, at=AT
    )
    operations.add_member(organisation=row, person=editor, by=owner, at=AT)
    with pytest.raises(NotAllowed):
        operations.add_member(organisation=row, person=friend, by=editor, at=AT)
    with pytest.raises(NotAllowed):
        operations.remove_member(organisation=row, person=owner, by=editor, at=AT)
    operations.remove_member(organisation=row, person=editor, by=editor, at=AT)
    assert [m.person for m in queries.members(row.pk)] == [owner]


@pytest.mark.parametrize(
    ("text", "found"),
    [("sante", ["Ministère de la Santé"]), ("MINIST", ["Ministère de la Santé"]), ("zzz", [])],
)
def test_organisations_are_found_by_a_part_of_the_name(text, found):
    organisation("Ministère de la Santé")
    organisation("World Bank")
    views, total = queries.organisations(text)
    assert [view.name for view in views] == found
    assert total == len(found)


@pytest.mark.parametrize("count", [1, 3])
def test_organisations_need_three_queries_whatever_their_number(
    terms, count, django_assert_num_queries
):
    for number in range(count):
        organisation(f"Body {number}", country="KE", identifiers=[("ror", str(number))])
    queries.organisations()
    with django_assert_num_queries(3):
        queries.organisations()


def test_organisation_view_says_its_name_in_a_language(terms):
    row = organisation("Health", names={"fr": "Santé"}, country="KE", type="government")
    view = queries.organisation(row.pk)
    assert (view.label("fr"), view.label("ar"), str(view)) == ("Santé", "Health", "Health")
    assert (view.country.code, view.type.code) == ("KE", "government")
    assert queries.organisation(9999) is None
