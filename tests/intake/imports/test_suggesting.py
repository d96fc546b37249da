"""A trial tells which goals the texts of a record speak for that states none."""

import pytest
from tests.intake.imports.batching import profile, row, run
from tests.web.conftest import grid

from stocktaking.entries.models import EntryTerm
from stocktaking.intake.operations.imports import suggesting
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
    monkeypatch.setattr(suggesting, "FIRST", 2)
    data = [row(code, summary=CLINIC, goals="") for code in "abc"]
    assert [place for place, _ in suggested(run(data, profile=SDG, dry_run=True))] == [2]
