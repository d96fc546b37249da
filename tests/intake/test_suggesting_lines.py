"""Entries suggested for an action line: whose lines, which entries, what staff are shown."""

import pytest
from tests.factories import accounts
from tests.factories.entries import AT, entry

from stocktaking.accounts.rules.roles import Role
from stocktaking.intake.models import Suggestion
from stocktaking.intake.operations.suggesting import suggest_line, take_suggestion
from stocktaking.intake.permissions import lines_for
from stocktaking.intake.queries.suggestions import suggested_lines, suggestion_queue
from stocktaking.kernel.errors import NotAllowed, RuleBroken

pytestmark = pytest.mark.usefixtures("_framework")
LINES = (("line", "L1"), ("line", "L2"), ("line", "L3"))


@pytest.fixture
def facilitator():
    accounts.usual_scope(Role.FACILITATOR)  # makes the grid whose rows are the lines
    return accounts.person(Role.FACILITATOR, name="Fay Facilitator", scope=LINES[1])


def suggest(by, **more):
    stated = {"line": LINES[1], "remark": "It trains teachers.", "language": "en", "at": AT}
    return suggest_line(**{**stated, **more}, by=by)


def test_staff_see_the_line_and_who_named_it(facilitator):
    number = entry().pk
    made = suggest(facilitator, number=number)
    (shown,), total = suggestion_queue("en")
    assert (shown.id, total, shown.by, shown.open) == (made.pk, 1, facilitator, True)
    assert shown.term is not None
    assert (shown.term.code, shown.place.part) == ("L2", "terms")
    assert shown.remark == "It trains teachers."


def test_own_suggestions_keep_their_state(facilitator):
    made = suggest(facilitator, number=entry().pk)
    suggest(accounts.person(Role.ORGANISER), number=entry().pk)
    moderator = accounts.person(Role.MODERATOR)
    take_suggestion(suggestion_id=made.pk, based_on=made.lock, by=moderator, at=AT)
    (mine,), total = suggested_lines(facilitator, "en")
    assert (mine.id, mine.state.value, total) == (made.pk, "taken", 1)


def test_lines_are_a_facilitators_own_and_all_of_an_organiser(facilitator):
    assert lines_for(facilitator) == LINES[1:2]
    for role in (Role.ORGANISER, Role.ADMINISTRATOR):
        assert lines_for(accounts.person(role)) == LINES[:2]  # no entry may carry the third
    for role in (None, Role.MODERATOR, Role.COORDINATOR):
        assert lines_for(accounts.person(role)) == ()
    assert lines_for(None) == ()


@pytest.mark.parametrize("line", [LINES[2], ("line", "L9"), ("goal", "1")])
def test_line_of_others_is_not_theirs(facilitator, line):
    with pytest.raises(NotAllowed):
        suggest(facilitator, number=entry().pk, line=line)
    assert not Suggestion.objects.exists()


def test_what_cannot_be_suggested_is_told_at_its_field(facilitator):
    organiser, number, draft = accounts.person(Role.ORGANISER), entry().pk, entry(publish=False).pk
    for by, stated, code, field in (
        (facilitator, {"number": 999}, "entry_not_public", "number"),
        (facilitator, {"number": 10**30}, "entry_not_public", "number"),
        (facilitator, {"number": draft}, "entry_not_public", "number"),
        (organiser, {"number": number, "line": LINES[0]}, "proposed_same", "number"),
        (facilitator, {"number": number, "remark": " "}, "remark_missing", "remark"),
    ):
        with pytest.raises(RuleBroken) as caught:
            suggest(by, **stated)
        assert (caught.value.code, caught.value.field) == (code, field)
    assert not Suggestion.objects.exists()
