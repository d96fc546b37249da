"""A trial tells which entries the records of a file may repeat."""

import pytest
from tests.factories.entries import entry
from tests.intake.imports.batching import row, run

from stocktaking.entries.rules.values import TextValue
from stocktaking.intake.operations.imports.words import told
from stocktaking.intake.queries.imports import rows

pytestmark = pytest.mark.usefixtures("_framework")


def likenesses(view):
    return [
        (row.place, note.column, note.params["number"])
        for row in rows(view.number).rows
        for note in row.notes
        if note.code == "may_repeat"
    ]


def test_trial_names_the_entry_that_a_new_record_may_repeat():
    known = entry(texts=(TextValue("en", "Zanobi portal"),))
    view = run([row("a", title="ZANOBI Portal"), row("b", title="Weather buoys")], dry_run=True)
    assert likenesses(view) == [(2, "title", known.number)]
    [note] = [note for row in rows(view.number).rows for note in row.notes]
    assert f"It may repeat entry {known.number}, which it resembles to" in told(note)


def test_import_itself_and_an_update_are_not_compared():
    entry(texts=(TextValue("en", "Zanobi portal"),))
    data = [row("a", title="Zanobi portal")]
    assert likenesses(run(data)) == []
    assert likenesses(run(data, dry_run=True)) == []
