"""An editor asks which lines and goals the texts of an entry speak for."""

import pytest
from tests.factories import entries

from stocktaking.entries.models import Entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.values import TextValue
from stocktaking.kernel import clock
from stocktaking.reference import frameworks
from stocktaking.reference import queries as reference
from stocktaking.reference.operations import load_framework

CLINIC = "Nurses in clinics send pictures to a hospital, where doctors see the patients."


@pytest.fixture
def wsis(db):
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    reference.forget()


@pytest.fixture
def entry(wsis) -> Entry:
    return entries.entry(
        publish=False,
        texts=(TextValue("en", "Village network", "A network."),),
        sections=(),
        terms=(),
        start="",
    )


def test_nothing_is_suggested_unasked_and_nothing_is_saved_by_asking(desk, entry) -> None:
    page = desk(f"entries/{entry.pk}/")
    assert "Suggest lines and goals from the texts" in page.text
    assert "The texts speak of these" not in page.text
    form = page.form(name="based_on")
    form["texts-0-summary"] = CLINIC
    answer = form.send(act="suggest")
    assert answer.status == 200
    assert "The texts speak of these" in answer.text
    assert "id_offer-action-line-C7-EHEA" in answer.ids()
    assert "hospital" in answer.text.partition("Words that led to it")[2][:80]
    assert answer.form(name="based_on")["texts-0-summary"] == CLINIC
    assert Entry.objects.get(pk=entry.pk).version == 1
    assert values_of(entry.pk).terms == ()


def test_what_is_ticked_stands_as_stated_by_the_editor(desk, entry) -> None:
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-summary"] = CLINIC
    again = form.send(act="suggest").form(name="based_on")
    again.send(act="save", **{"terms-action-line": "C7-EHEA"})
    (term,) = values_of(entry.pk).terms
    assert (term.scheme, term.code, term.basis) == ("action-line", "C7-EHEA", "editor")
    shown = desk(f"entries/{entry.pk}/").form(name="based_on").send(act="suggest")
    assert "Ticked already" in shown.text


def test_texts_in_another_language_count(desk, entry) -> None:
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-language"] = "fr"
    form["texts-0-summary"] = "Une radio communautaire forme des journalistes."
    answer = form.send(act="suggest")
    assert "id_offer-action-line-C9" in answer.ids()


@pytest.mark.parametrize(
    ("title", "summary", "said"),
    [
        ("", "", "there is no text yet to go by"),
        ("A thing", "It is there.", "the texts say too little"),
    ],
)
def test_thin_evidence_is_no_suggestion(desk, entry, title, summary, said) -> None:
    form = desk(f"entries/{entry.pk}/").form(name="based_on")
    form["texts-0-title"], form["texts-0-summary"] = title, summary
    assert said in form.send(act="suggest").text
