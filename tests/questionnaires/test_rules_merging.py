"""Many authors, any order of saving: nothing is overwritten unseen, nothing is lost."""

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stocktaking.questionnaires.rules.merging import Conflict, base_of, merge

CODES = ("a", "b", "c")
SHAPES = st.dictionaries(st.sampled_from(CODES), st.none() | st.integers(0, 3), max_size=3)


@dataclass
class Author:
    """Somebody with a form: the revision it shows and what is typed in it."""

    based_on: int = 0
    typed: dict[str, Any] = field(default_factory=dict)


@dataclass
class Register:
    """The answers with their record of changes, as the operation keeps them."""

    answers: dict[str, Any] = field(default_factory=dict)
    changes: list[dict[str, tuple[Any, Any]]] = field(default_factory=list)

    def at(self, revision: int) -> dict[str, Any]:
        return base_of(self.answers, self.changes[revision:])

    def save(self, mine: dict[str, Any], based_on: int) -> tuple[Conflict, ...]:
        merged = merge(base=self.at(based_on), theirs=self.answers, mine=mine)
        if merged.taken:
            self.changes.append(
                {code: (self.answers.get(code), value) for code, value in merged.taken.items()}
            )
            self.answers = {**self.answers, **merged.taken}
        return merged.conflicts


@pytest.mark.parametrize("authors", [2, 3, 5])
def test_no_text_is_overwritten_unseen_and_none_is_lost(authors: int) -> None:
    """Thousands of interleavings: open, type, save, see a conflict, settle it, go on."""
    for seed in range(1_500):
        chance = random.Random(seed * 10 + authors)
        held = Register()
        people = [Author() for _ in range(authors)]
        sent: set[str] = set()
        for step in range(30):
            one = chance.choice(people)
            if chance.random() < 0.4:
                code = chance.choice(CODES)
                one.typed[code] = f"text {step}"
                continue
            before, changes = dict(held.answers), len(held.changes)
            seen = held.at(one.based_on)
            mine = {**{code: seen.get(code) for code in CODES}, **one.typed}
            conflicts = held.save(mine, one.based_on)
            clashing = {conflict.code for conflict in conflicts}
            for code in CODES:
                changed = held.answers.get(code) != before.get(code)
                # only what stood there when the form was filled in, or was seen, is replaced
                assert not changed or before.get(code) == seen.get(code)
                if code in one.typed and code not in clashing:
                    assert held.answers.get(code) == one.typed[code]
                    sent.add(one.typed[code])
                if code not in one.typed:
                    assert not changed
            for conflict in conflicts:
                assert conflict.mine == one.typed[conflict.code]
                assert conflict.theirs == before.get(conflict.code) != seen.get(conflict.code)
            # the page shows both texts; its author goes on from the newest with theirs or own
            one.based_on = len(held.changes)
            assert one.based_on - changes in (0, 1)
            one.typed = {
                conflict.code: conflict.mine for conflict in conflicts if chance.random() < 0.7
            }
        kept = {value for change in held.changes for pair in change.values() for value in pair}
        assert sent <= kept


@given(SHAPES, SHAPES, SHAPES)
def test_what_nobody_changed_stays(base: dict, theirs: dict, mine: dict) -> None:
    merged = merge(base=base, theirs=theirs, mine=mine)

    for code, value in mine.items():
        before, now = base.get(code), theirs.get(code)
        clash = code in {conflict.code for conflict in merged.conflicts}
        assert clash is (value not in (before, now) and now != before)
        assert (code in merged.taken) is (value != now and value != before and not clash)
    assert merged.taken.keys() <= mine.keys()


@given(SHAPES, SHAPES, SHAPES)
def test_what_is_settled_is_taken_as_sent(base: dict, theirs: dict, mine: dict) -> None:
    merged = merge(base=base, theirs=theirs, mine=mine, settled=frozenset(CODES))

    assert merged.conflicts == ()
    assert {**theirs, **merged.taken} == {**theirs, **mine} or all(
        theirs.get(code) == mine[code] for code in mine.keys() - merged.taken.keys()
    )


@settings(max_examples=300)
@given(SHAPES, st.lists(SHAPES, max_size=6))
def test_the_record_of_changes_leads_back_to_every_revision(first: dict, steps: list) -> None:
    states, changes = [dict(first)], []
    for step in steps:
        now = states[-1]
        changes.append({code: (now.get(code), value) for code, value in step.items()})
        states.append({**now, **step})

    for revision, state in enumerate(states):
        found = base_of(states[-1], changes[revision:])
        assert {code: found.get(code) for code in CODES} == {
            code: state.get(code) for code in CODES
        }
