"""What a trial of an edited table would change, before anything is changed."""

from dataclasses import replace

import pytest
from tests.factories.accounts import organisation
from tests.factories.entries import AT, entry, framework
from tests.intake.imports.own_files import bring_in, counts, edited

from stocktaking.accounts.models import Organisation
from stocktaking.entries import operations
from stocktaking.entries.models import EntryVersion
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.differences import Piece
from stocktaking.entries.rules.values import SectionValue, TextValue
from stocktaking.intake.queries import imports

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _framework(db):
    framework()


def changes(batch) -> dict[int, list[tuple[str, str, tuple[Piece, ...]]]]:
    """Heading, item and pieces of what each row changes, by place."""
    found = imports.changes_of(imports.rows(batch.number).rows, language="en")
    return {
        place: [(one.heading, one.item, one.pieces) for one in shown]
        for place, shown in found.items()
    }


def test_a_trial_shows_word_by_word_what_each_row_would_change():
    made = entry(texts=(TextValue("en", "A network run by a village"),))
    entry()
    before = values_of(made.number)

    def change(row):
        if row["number"] != str(made.number):
            return row
        return row | {"title.en": "A network led by a village", "terms.goal": "3; 1", "end": "2031"}

    batch = bring_in(edited(change), dry_run=True)
    assert counts(batch) == (0, 1, 1, 0)
    assert values_of(made.number) == before
    assert EntryVersion.objects.filter(entry=made).count() == 1
    [(place, shown)] = changes(batch).items()
    assert place == 2
    assert shown == [
        (
            "Title",
            "",
            (
                Piece("same", "A network "),
                Piece("removed", "run "),
                Piece("added", "led "),
                Piece("same", "by a village"),
            ),
        ),
        ("Goal", "", (Piece("same", "3 goal 3"), Piece("added", "1 goal 1"))),
        ("End", "", (Piece("added", "2031"),)),
    ]


def test_an_import_shows_what_it_changed():
    made = entry()
    batch = bring_in(edited(lambda row: row | {"end": "2031"}))
    assert changes(batch) == {2: [("End", "", (Piece("added", "2031"),))]}
    operations.revise_entry(
        number=made.number,
        values=replace(values_of(made.number), end="2032"),
        based_on=2,
        by=None,
        at=AT,
    )
    assert changes(batch) == {2: [("End", "", (Piece("added", "2031"),))]}


def test_a_trial_names_organisations_that_would_be_registered():
    owner = organisation("Ministry", country="FR")
    entry(organisation=owner.number)
    data = edited(lambda row: row | {"organisation_number": "", "organisation": "New Ministry"})
    [shown] = changes(bring_in(data, dry_run=True)).values()
    assert shown == [
        ("Organisation", "", (Piece("removed", "Ministry"), Piece("added", "New Ministry")))
    ]
    assert Organisation.objects.count() == 1


def test_what_stays_as_it_is_shows_nothing():
    entry()
    assert changes(bring_in(edited(lambda row: row), dry_run=True)) == {}
    new = {"number": "", "original_language": "en", "title.en": "New"}
    assert changes(bring_in(edited(lambda row: new), dry_run=True)) == {}


def test_a_page_of_long_texts_takes_no_more_effort_than_a_page_may(monkeypatch):
    monkeypatch.setattr("stocktaking.intake.queries.imports.changes.EFFORT", 500_000)
    words = " ".join(f"word{n % 40}" for n in range(900))
    for _ in range(4):
        entry(sections=(SectionValue("description", "en", words),))
    other = " ".join(f"word{n * 7 % 40}" for n in range(900))
    batch = bring_in(edited(lambda row: row | {"section.description.en": other}), dry_run=True)
    kinds = [[piece.kind for piece in shown[0][2]] for shown in changes(batch).values()]
    assert len(kinds[0]) > 10
    assert set(kinds[-1]) == {"removed", "added"}
    assert len(kinds[-1]) == 2
