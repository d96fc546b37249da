"""Entries as the index sees them."""

import datetime as dt

import pytest
from django.utils.translation import override
from tests.factories.accounts import organisation
from tests.factories.entries import AT, TODAY, entry, term_id, values

from stocktaking.accounts.models import Organisation
from stocktaking.accounts.operations import merge_organisations, revise_organisation
from stocktaking.entries import operations
from stocktaking.entries.queries import values_of, versions
from stocktaking.entries.queries.documents import OPEN_END, documents_of, published_numbers
from stocktaking.entries.rules.values import PartnerValue, TermValue
from stocktaking.reference.models import Term, TermMembership
from stocktaking.reference.signals import framework_changed
from stocktaking.search.models import Change
from stocktaking.search.registry import provider

pytestmark = pytest.mark.usefixtures("_framework")


def test_documents_hold_facets_rolled_up():
    operations.create_collection(slug="health", title={"en": "Health"}, by=None, at=AT)
    operations.register_source(slug="partner", title={"en": "A partner"}, by=None, at=AT)
    owner = organisation(country="FR", type="government")
    made = entry(organisation=owner.number, collections=("health",), source="partner")
    [document] = documents_of([made.number], on=TODAY)
    assert document.key == str(made.number)
    assert document.facets == {
        "line": ("L1",),
        "goal": ("3",),
        "status": ("ongoing",),
        "country": ("KE",),
        "region": ("AFR",),
        "organisation": (str(owner.number),),
        "stakeholder": ("government",),
        "from-country": ("FR",),
        "from-region": ("EUR",),
        "language": ("en", "fr"),
        "collection": ("health",),
        "source": ("partner",),
    }


def test_documents_use_the_groups_of_the_day():
    TermMembership.objects.filter(member=term_id("country", "KE")).update(
        valid_to=dt.date(2020, 12, 31)
    )
    made = entry()
    [then] = documents_of([made.number], on=dt.date(2020, 12, 31))
    [now] = documents_of([made.number], on=dt.date(2021, 1, 1))
    assert then.facets["region"] == ("AFR",)
    assert "region" not in now.facets


def test_documents_file_a_child_under_its_parent_too():
    Term.objects.filter(code="L1").update(parent=term_id("line", "L3"))
    made = entry()
    [document] = documents_of([made.number], on=TODAY)
    assert document.facets["line"] == ("L1", "L3")


def test_documents_put_worldwide_entries_in_pseudo_regions():
    Term.objects.filter(code="ARB").update(facts={"pseudo": True})
    plain = values()
    made = entry(worldwide=True, terms=plain.terms[:1])
    [document] = documents_of([made.number], on=TODAY)
    assert document.facets["region"] == ("ARB",)


def test_documents_give_a_type_its_own_region():
    Term.objects.filter(code="academia").update(facts={"from_region": "ARB"})
    owner = organisation(country="FR", type="academia")
    made = entry(organisation=owner.number)
    [document] = documents_of([made.number], on=TODAY)
    assert document.facets["from-region"] == ("ARB",)
    assert document.facets["from-country"] == ("FR",)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"start": "2019-05", "end": "2021"}, (2019, 2021)),
        ({"start": "2019-05", "end": ""}, (2019, OPEN_END)),
        ({"start": "", "end": ""}, (0, OPEN_END)),
        ({"start": "2019", "end": "", "terms": (TermValue("status", "completed"),)}, (2019, 0)),
    ],
)
def test_documents_span_the_years_of_activity(stated, expected):
    made = entry(**stated)
    [document] = documents_of([made.number], on=TODAY)
    assert (document.year_from, document.year_to) == expected


def test_documents_hold_all_texts_with_their_language():
    owner = organisation("Ministry of Masts", names={"fr": "Ministère des mâts"})
    made = entry(organisation=owner.number, partners=(PartnerValue("Mast makers"),))
    [document] = documents_of([made.number], on=TODAY)
    found = {(part.kind, part.language, part.text) for part in document.parts}
    assert ("summary", "fr", "Un réseau tenu par un village.") in found
    assert ("text", "en", "Neighbours share one mast.") in found
    assert ("text", "en", "Clinics are reached.") in found
    assert ("organisation", "fr", "Ministère des mâts") in found
    assert ("organisation", "en", "Mast makers") in found
    assert document.sort_title == values_of(made.number).original().title


def test_documents_of_an_unknown_owner_do_not_name_it():
    owner = organisation("Owner not stated", unknown=True)
    made = entry(organisation=owner.number)
    [document] = documents_of([made.number], on=TODAY)
    assert not [part for part in document.parts if part.kind == "organisation"]
    assert document.facets["organisation"] == (str(owner.number),)


def test_documents_leave_out_what_is_not_published():
    hidden, gone, shown = entry(publish=False), entry(), entry()
    operations.withdraw_entry(number=gone.number, reason="Gone", by=None, at=AT)
    numbers = [hidden.number, gone.number, shown.number]
    assert [one.key for one in documents_of(numbers, on=TODAY)] == [str(shown.number)]
    assert list(published_numbers()) == [shown.number]


def test_documents_take_a_fixed_number_of_statements(django_assert_num_queries):
    numbers = [entry().number for _ in range(3)]
    documents_of(numbers, on=TODAY)
    for wanted in (numbers[:1], numbers):
        with django_assert_num_queries(6):
            documents_of(wanted, on=TODAY)


def test_provider_of_entries_is_registered():
    made = entry()
    known = provider("entry")
    assert list(known.keys()) == [str(made.number)]
    assert [one.key for one in known.documents([str(made.number), "999999"])] == [str(made.number)]


def test_entries_are_indexed_again_when_the_framework_changes():
    framework_changed.send(sender=None, revision=1, schemes=frozenset(), by=None, at=AT)
    assert not Change.objects.exists()
    entry()
    framework_changed.send(sender=None, revision=2, schemes=frozenset(), by=None, at=AT)
    assert [change.key for change in Change.objects.order_by("id")][-1] == ""


def test_entries_are_indexed_again_when_their_organisation_is_revised():
    owner = organisation("Old name")
    made = entry(organisation=owner.number)
    Change.objects.all().delete()
    revise_organisation(number=owner.number, name="New name", based_on=owner.lock, by=None, at=AT)
    assert Change.objects.get().key == str(made.number)


def test_entries_follow_organisations_that_are_merged():
    kept, merged = organisation("Kept"), organisation("Merged")
    made = entry(
        organisation=merged.number, partners=(PartnerValue("M", organisation=merged.number),)
    )
    merge_organisations(kept=kept.number, merged=merged.number, by=None, at=AT)
    now = values_of(made.number)
    assert (now.organisation, now.partners[0].organisation) == (kept.number, kept.number)
    assert Organisation.objects.get(number=merged.number).entries.count() == 0
    with override("fr"):
        assert versions(made.number)[0].reason == "Deux organismes ont été réunis en un seul"
