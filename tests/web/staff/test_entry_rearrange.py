import pytest
from tests.factories import accounts, entries

from stocktaking.accounts.models import Organisation
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import (
    TextValue,
)


def test_errors_keep_what_was_typed_and_lead_to_their_fields(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-title"] = ""
    form["texts-0-summary"] = "Typed summary"
    form["website"] = "javascript:alert(1)"
    form["start_month"], form["start_day"] = "", "5"
    form["links-0-url"] = "ftp://example.org"
    form["partners-0-name"] = "Typed partner"
    answer = form.send(act="save")
    again = answer.form(name="based_on")
    assert answer.status == 422
    assert Entry.objects.get(pk=entry.pk).version == 1
    assert again["texts-0-summary"] == "Typed summary"
    assert again["partners-0-name"] == "Typed partner"
    assert again["website"] == "javascript:alert(1)"
    assert again["start_day"] == "5"
    assert "Start: A day needs its month" in answer.text


def test_every_link_of_the_summary_of_errors_has_its_field(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-title"] = ""
    form["website"] = "nonsense"
    form["links-0-url"] = "ftp://example.org"
    form["end_year"] = "1066"
    form["identifiers-0-system"] = "IATI"
    form["partners-0-name"], form["partners-0-organisation"] = "Fund", "999"
    answer = form.send(act="save")
    anchors = [a.get("href", "")[1:] for a in answer.tree.findall(".//*[@id='problems']//a")]
    assert set(anchors) <= answer.ids()
    assert {
        "id_texts-0-title",
        "id_website",
        "id_links-0-url",
        "id_end_year",
        "id_identifiers-0-value_",
        "id_partners-0-organisation",
    } <= set(anchors)


def test_fault_of_a_term_is_shown_at_its_scheme(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["terms-status"] = ["ongoing", "completed"]
    answer = form.send(act="save")
    assert answer.status == 422
    assert "Status: Choose only one." in answer.text


@pytest.mark.parametrize(
    ("act", "field"),
    [
        ("add_partners", "partners-1-name"),
        ("add_links", "links-1-url"),
        ("add_identifiers", "identifiers-1-value_"),
        ("add_images", "images-1-alt"),
        ("add_text", "texts-2-title"),
    ],
)
def test_button_adds_a_row_and_keeps_what_was_typed_without_judging_it(desk, act, field) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-title"] = ""
    form["partners-0-name"] = "Typed"
    answer = form.send(act=act)
    again = answer.form(name="based_on")
    assert answer.status == 200
    assert field in again.fields
    assert again["partners-0-name"] == "Typed"
    assert "problems" not in answer.ids()
    assert Entry.objects.get(pk=entry.pk).version == 1


def test_language_is_added_by_its_code(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["more_language_code"] = "pt_br"
    form = form.send(act="add_text").form(name="based_on")
    form["texts-2-title"] = "Rede"
    form.send(act="save")
    assert TextValue("pt-BR", "Rede") in values_of(entry.pk).texts


def test_organisation_is_found_and_chosen(desk) -> None:
    entry = entries.entry(publish=False)
    owner = accounts.organisation("Ministère de l’Éducation")
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["organisation_name"] = "ministere education"
    answer = form.send(act="find_organisation")
    assert "Ministère de l’Éducation" in answer.text
    assert "1 organisation found" in answer.text
    form = answer.form(name="based_on")
    form["organisation"] = owner.pk
    form.send(act="save")
    assert values_of(entry.pk).organisation == owner.pk


def test_organisation_is_added_in_the_editor(desk) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["new_organisation"], form["new_organisation_country"] = "New body", "KE"
    form["texts-0-title"] = "Typed title"
    form = form.send(act="create_organisation").form(name="based_on")
    made = Organisation.objects.get(name="New body")
    assert form["organisation"] == str(made.pk)
    assert form["texts-0-title"] == "Typed title"


def test_organisation_without_a_name_is_refused_at_its_field(desk) -> None:
    form = desk("entries/new/").form(name="based_on")
    answer = form.send(act="create_organisation")
    assert answer.status == 422
    assert "Give a name" in answer.text


@pytest.mark.parametrize(("typed", "added"), [("country FR (fr)", True), ("Atlantis", False)])
def test_country_is_added_by_its_name(desk, typed, added) -> None:
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["country_name"] = typed
    answer = form.send(act="save")
    codes = {t.code for t in values_of(entry.pk).terms if t.scheme == "country"}
    assert codes == ({"KE", "FR"} if added else {"KE"})
    assert ("No country has this name" in answer.text) is not added


def test_nonsense_in_hidden_fields_is_no_failure(desk) -> None:
    form = desk("entries/new/").form(name="based_on")
    form["texts-0-title"] = "Network"
    form["original"], form["organisation"] = "x", "9" * 30
    form["texts-TOTAL_FORMS"] = "many"
    assert form.send(act="save").status == 422
    assert form.send(act="add_text").status == 200
    form["term_order"], form["images-0-file"] = "::: a:b", "-1"
    assert form.send(act="add_partners").status == 200


def test_long_form_is_read_whole(desk) -> None:
    form = desk("entries/new/").form(name="based_on")
    form["texts-0-title"] = "Network"
    for number in range(200):
        form[f"partners-{number}-name"] = f"Partner {number}"
        form[f"partners-{number}-role"] = "funder"
    form["partners-TOTAL_FORMS"] = "200"
    for number in range(1000):
        form[f"note-goal-{number}"] = ""
    form.send(act="save")
    assert len(values_of(Entry.objects.get().pk).partners) == 200
