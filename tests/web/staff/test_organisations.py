import pytest
from tests.factories import accounts, entries

from stocktaking.accounts.models import Organisation
from stocktaking.accounts.operations import revise_organisation
from stocktaking.accounts.queries import members, organisation
from stocktaking.entries.models import Entry

PAYLOAD = "\"'><script>alert(1)</script>"


def test_list_finds_by_folded_name(desk) -> None:
    accounts.organisation("Ministère de l’Éducation")
    accounts.organisation("Village fund")
    page = desk("organisations/?q=education")
    assert "Ministère de l’Éducation" in page.text
    assert "Village fund" not in page.text


def test_number_of_queries_is_the_same_for_one_and_three(statements) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            accounts.organisation(country="KE", identifiers=[("ror", f"0{number}{_}")])
        counts.append(len(statements("organisations/")))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_new_registers_once(desk) -> None:
    form = desk("organisations/new/").form(name="based_on")
    form["name"], form["country"], form["type"] = "Village fund", "KE", "government"
    form["name-fr"], form["website"] = "Fonds villageois", "https://example.org"
    form["identifiers-0-system"], form["identifiers-0-value"] = "ROR", "0abc"
    first, second = form.send(), form.send()
    view = organisation(Organisation.objects.get().pk)
    assert first.path == second.path == f"/en/staff/organisations/{view.number}/"
    assert (view.name, view.names, view.website) == (
        "Village fund",
        {"fr": "Fonds villageois"},
        "https://example.org",
    )
    assert view.identifiers == (("ror", "0abc"),)
    assert (view.country.code, view.type.code) == ("KE", "government")


def test_saving_unchanged_changes_nothing(desk) -> None:
    made = accounts.organisation(
        "Fund", country="KE", type="academia", identifiers=[("ror", "1"), ("isni", "2")]
    )
    before = organisation(made.pk)
    desk(f"organisations/{made.pk}/").form(name="based_on").send()
    assert organisation(made.pk) == before


def test_edit_revises_and_empties(desk) -> None:
    made = accounts.organisation("Fund", country="KE", identifiers=[("ror", "1"), ("isni", "2")])
    form = desk(f"organisations/{made.pk}/").form(name="based_on")
    form["name"], form["country"] = "Fund of funds", ""
    form["identifiers-0-DELETE"] = "on"
    form.send()
    view = organisation(made.pk)
    assert (view.name, view.country, len(view.identifiers)) == ("Fund of funds", None, 1)


@pytest.mark.parametrize(
    ("field", "value"), [("website", "javascript:alert(1)"), ("name", ""), ("name", "x" * 301)]
)
def test_errors_keep_what_was_typed(desk, field, value) -> None:
    made = accounts.organisation("Fund")
    form = desk(f"organisations/{made.pk}/").form(name="based_on")
    form["name-fr"], form[field] = "Fonds", value
    answer = form.send()
    again = answer.form(name="based_on")
    assert answer.status == 422
    assert (again["name-fr"], again[field]) == ("Fonds", value)
    assert f"id_{field}_error" in answer.ids()
    assert organisation(made.pk).lock == 1


def test_faulty_form_does_not_hide_what_somebody_else_saved(desk) -> None:
    made = accounts.organisation("Fund")
    form = desk(f"organisations/{made.pk}/").form(name="based_on")
    revise_organisation(number=made.pk, name="Their fund", based_on=1, by=None, at=accounts.AT)
    form["name"] = ""
    again = form.send().form(name="based_on")
    again["name"] = "My fund"
    assert again.send().status == 409
    assert organisation(made.pk).name == "Their fund"


def test_stale_form_shows_both_and_then_lets_the_person_decide(desk) -> None:
    made = accounts.organisation("Fund")
    form = desk(f"organisations/{made.pk}/").form(name="based_on")
    revise_organisation(number=made.pk, name="Their fund", based_on=1, by=None, at=accounts.AT)
    form["name"] = "My fund"
    clash = form.send()
    assert clash.status == 409
    assert "Their fund" in clash.text
    assert clash.form(name="based_on")["name"] == "My fund"
    clash.form(name="based_on").send()
    assert organisation(made.pk).name == "My fund"


def test_member_is_added_by_address_and_removed(desk) -> None:
    made, person = accounts.organisation("Fund"), accounts.person(email="ada@example.org")
    form = desk(f"organisations/{made.pk}/").form(name="email")
    form["email"], form["standing"] = "ADA@example.org", "owner"
    answer = form.send()
    assert [(m.person, m.standing) for m in members(made.pk)] == [(person, "owner")]
    [remove] = [
        f for f in answer.tree.findall(".//main//form") if "remove" in (f.get("action") or "")
    ]
    answer.client.post(remove.get("action"))
    assert members(made.pk) == []


@pytest.mark.parametrize("email", ["nobody@example.org", "", PAYLOAD])
def test_member_without_an_account_is_told(desk, email) -> None:
    made = accounts.organisation("Fund")
    form = desk(f"organisations/{made.pk}/").form(name="email")
    form["email"] = email
    answer = form.send()
    assert members(made.pk) == []
    assert answer.tree.findall(".//*[@class='note late']")


def test_merge_shows_what_moves_and_moves_it(desk) -> None:
    goes, stays = accounts.organisation("Fund twice"), accounts.organisation("Fund")
    entry = entries.entry(organisation=goes.pk)
    form = desk(f"organisations/{goes.pk}/").form(name="kept")
    form["kept"] = stays.pk
    shown = form.send()
    assert "1 entry" in shown.text
    assert Organisation.objects.get(pk=goes.pk).merged_into is None
    shown.form(name="kept").send()
    assert Organisation.objects.get(pk=goes.pk).merged_into == stays
    assert Entry.objects.get(pk=entry.pk).organisation == stays
    assert "It was merged into another organisation" in desk(f"organisations/{goes.pk}/").text


@pytest.mark.parametrize("kept", ["", "0", "nonsense", "999999", "itself"])
def test_merge_into_nothing_is_told(desk, kept) -> None:
    made = accounts.organisation("Fund")
    form = desk(f"organisations/{made.pk}/").form(name="kept")
    form["kept"] = made.pk if kept == "itself" else kept
    answer = form.send()
    assert "another organisation that exists" in answer.text
    assert Organisation.objects.get(pk=made.pk).merged_into is None


def test_names_cannot_become_markup(desk) -> None:
    made = accounts.organisation(PAYLOAD, identifiers=[("ror", PAYLOAD)])
    other = accounts.organisation(PAYLOAD + "2")
    for path in (
        f"organisations/{made.pk}/",
        "organisations/",
        f"organisations/{made.pk}/merge/?kept={other.pk}",
        f"organisations/?q={PAYLOAD}",
    ):
        assert desk(path).tree.findall(".//script") == []
