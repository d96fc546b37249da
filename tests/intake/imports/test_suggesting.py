"""A trial tells which goals the texts of a record speak for that states none."""

from dataclasses import replace

import pytest
from tests.factories.entries import AT
from tests.intake.imports.batching import entries, profile, row, run
from tests.web.conftest import grid

from stocktaking.entries.models import EntryTerm
from stocktaking.entries.operations import revise_entry
from stocktaking.entries.queries.values import values_of_many
from stocktaking.intake.operations.imports import chunks
from stocktaking.intake.operations.imports.words import told
from stocktaking.intake.queries.imports import rows
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Revision, Scheme

CLINIC = "Nurses treat malaria patients in village hospitals."
SDG = profile(('scheme = "goal"', 'scheme = "sdg"'))


@pytest.fixture(autouse=True)
def framework(db):
    grid()
    Scheme.objects.filter(slug="goal").update(slug="sdg")
    Revision.objects.update(number=3)
    reference.forget()


def suggested(view):
    return [
        (r.place, note)
        for r in rows(view.number).rows
        for note in r.notes
        if note.code == "terms_suggested"
    ]


def test_trial_tells_what_texts_speak_for_and_sets_nothing():
    data = [row("a", summary=CLINIC, goals=""), row("b", summary="A network.", goals="")]
    [(place, note)] = suggested(run(data, profile=SDG, dry_run=True))
    assert place == 2
    assert (note.params["scheme"], note.params["terms"]) == ("sdg", "3")
    assert "malaria" in note.params["words"]
    assert "Its texts speak of Goal 3, by these words: " in told(note)


def test_import_itself_tells_and_sets_nothing():
    view = run([row("a", summary=CLINIC, goals="")], profile=SDG)
    assert suggested(view) == []
    assert not EntryTerm.objects.filter(term__scheme__slug="sdg").exists()


def test_a_record_that_states_a_goal_is_left_alone():
    assert suggested(run([row("a", summary=CLINIC, goals="1")], profile=SDG, dry_run=True)) == []


def test_only_the_first_records_of_a_long_file_are_looked_at(monkeypatch):
    monkeypatch.setattr(chunks, "FIRST", 2)
    data = [row(code, summary=CLINIC, goals="") for code in "abc"]
    assert [place for place, _ in suggested(run(data, profile=SDG, dry_run=True))] == [2]


ASKS = profile(
    ('scheme = "goal"', 'scheme = "sdg"'), ('slug = "list"', 'slug = "list"\nsuggest = true')
)
QUIET = {"summary": CLINIC, "goals": ""}


def held() -> list[tuple[str, str]]:
    return list(
        EntryTerm.objects.filter(term__scheme__slug="sdg").values_list("term__code", "basis")
    )


def notes(view):
    return [note.code for r in rows(view.number).rows for note in r.notes]


def test_a_profile_may_have_them_brought_in_as_suggested():
    assert "terms_brought_in" in notes(run([row("a", **QUIET)], profile=ASKS, dry_run=True))
    assert held() == []
    view = run([row("a", **QUIET)], profile=ASKS)
    assert held() == [("3", "suggested")]
    assert "terms_suggested" not in notes(view)
    assert "terms_brought_in" in notes(view)


def test_what_a_record_states_is_not_added_to():
    run([row("a", summary=CLINIC, goals="1")], profile=ASKS)
    assert held() == [("1", "import")]


def test_saying_nothing_again_takes_nothing_away_and_adds_nothing():
    run([row("a", **QUIET)], profile=ASKS)
    again = run([row("a", **QUIET)], profile=ASKS)
    assert "terms_brought_in" not in notes(again)
    assert entries()["a"].version == 1
    run([row("a", title="Another title", **QUIET)], profile=ASKS)
    assert entries()["a"].version == 2
    assert held() == [("3", "suggested")]


def test_what_the_source_states_later_stands_beside_what_was_suggested():
    run([row("a", **QUIET)], profile=ASKS)
    run([row("a", summary=CLINIC, goals="3")], profile=ASKS)
    assert held() == [("3", "import")]


def test_a_suggestion_that_somebody_took_out_does_not_come_back():
    run([row("a", **QUIET)], profile=ASKS)
    number = entries()["a"].number
    values = replace(values_of_many([number])[number], terms=())
    revise_entry(number=number, values=values, based_on=1, by=None, at=AT)
    run([row("a", title="Another title", **QUIET)], profile=ASKS)
    assert held() == []
