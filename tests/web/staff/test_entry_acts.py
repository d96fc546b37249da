import pytest
from tests.factories import entries

from stocktaking.accounts.rules.roles import GRANTS, Capability, Role
from stocktaking.entries.models import Entry


def test_publish_page_publishes(desk) -> None:
    entry = entries.entry(publish=False)
    page = desk(f"entries/{entry.pk}/publish/")
    # the page only asks
    assert Entry.objects.get(pk=entry.pk).state == "unpublished"
    page.form(name="csrfmiddlewaretoken").send()
    assert Entry.objects.get(pk=entry.pk).state == "published"


def test_withdraw_asks_for_a_reason(desk) -> None:
    entry = entries.entry()
    answer = desk(f"entries/{entry.pk}/withdraw/").form(name="reason").send()
    assert answer.status == 422
    assert "Say why the entry is withdrawn." in answer.text
    assert Entry.objects.get(pk=entry.pk).state == "published"


def test_withdrawn_entry_names_its_successor_and_comes_back(desk) -> None:
    entry, other = entries.entry(), entries.entry()
    form = desk(f"entries/{entry.pk}/withdraw/").form(name="reason")
    form["reason"], form["merged_into"] = "It was registered twice", other.pk
    form.send()
    entry.refresh_from_db()
    assert (entry.state, entry.merged_into_id) == ("withdrawn", other.pk)
    page = desk(f"entries/{entry.pk}/publish/")
    assert "It was registered twice" in page.text
    page.form(name="csrfmiddlewaretoken").send()
    entry.refresh_from_db()
    assert (entry.state, entry.withdrawal_reason) == ("published", "")


def test_withdrawing_into_nothing_is_refused_and_keeps_the_reason(desk) -> None:
    entry = entries.entry()
    form = desk(f"entries/{entry.pk}/withdraw/").form(name="reason")
    form["reason"], form["merged_into"] = "Twice", "99999"
    answer = form.send()
    assert answer.status == 422
    assert answer.form(name="reason")["reason"] == "Twice"


def test_unknown_numbers_are_not_found(desk) -> None:
    for path in ("entries/999/publish/", "entries/999/withdraw/", "entries/999/"):
        assert desk(path).status == 404


def test_saving_what_one_may_not_publish_is_forbidden_and_no_error_of_the_form(
    desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The view lets an editor in; the operation asks for more."""
    entry = entries.entry(publish=False)
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    less = GRANTS[Role.ADMINISTRATOR] - {Capability.PUBLISH_ENTRIES}
    monkeypatch.setitem(GRANTS, Role.ADMINISTRATOR, less)
    assert form.send(act="publish").status == 403
    assert Entry.objects.get(pk=entry.pk).state == "unpublished"
