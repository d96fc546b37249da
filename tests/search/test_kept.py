"""What is kept of one commit of the index: by name, bounded, the longest unused goes first."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from tests.factories.search import KIND, document

from stocktaking.search.engine.kept import Kept, named
from stocktaking.search.queries import answer
from stocktaking.search.queries.answers import snapshot
from stocktaking.search.queries.over_time import extent
from stocktaking.search.queries.tables import table
from stocktaking.search.rules.values import Query

ALL = Query(kind=KIND)


def refused() -> str:
    raise AssertionError("it was kept, and is worked out again")


def test_a_result_is_worked_out_once_also_one_that_is_none():
    kept = Kept()
    assert kept.of("a", lambda: None) is None
    assert kept.of("a", refused) is None


def test_the_longest_unused_goes_first():
    kept = Kept(most=2)
    kept.of("old", lambda: 1)
    kept.of("used", lambda: 2)
    kept.of("old", refused)
    kept.of("new", lambda: 3)
    assert kept.of("old", refused) == 1
    assert kept.of("used", lambda: 4) == 4


def test_heavy_results_push_out_as_many_as_they_weigh():
    kept = Kept(most=5)
    for name in "abcde":
        kept.of(name, lambda: 1)
    kept.of("heavy", lambda: 3, lambda made: made)
    assert len(kept) == 3
    kept.of("too heavy", lambda: 6, lambda made: made)
    assert kept.of("heavy", refused) == 3


def test_another_day_forgets_all():
    kept = Kept()
    kept.since("monday")
    kept.of("a", lambda: 1)
    kept.since("monday")
    assert kept.of("a", refused) == 1
    kept.since("tuesday")
    assert kept.of("a", lambda: 2) == 2


def test_many_threads_find_what_they_asked_for():
    kept = Kept(most=3)
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda n: kept.of(str(n % 9), lambda: n % 9), range(4000))
        assert list(found) == [n % 9 for n in range(4000)]
    assert len(kept) <= 3


def test_pages_and_orders_share_a_name_and_filters_do_not():
    first = named("counts", replace(ALL, filters={"goal": ("1",), "line": ("A",)}))
    turned = replace(ALL, filters={"line": ("A",), "goal": ("1",)}, page=7, size=3, sort="title")
    assert named("counts", turned) == first
    assert named("counts", replace(turned, filters={"goal": ("1",)})) != first
    assert named("extent", turned) != first


@pytest.mark.django_db
def test_questions_in_words_push_out_nothing(shelf):
    shelf.index(document("1", "Radio", goal=("1",), line=("A",)))
    answer(ALL, facets=("goal",))
    now = snapshot()
    held = len(now.kept)
    for n in range(3):
        asked = replace(ALL, text=f"radio -press{n}")
        table(asked, rows="line", columns="goal")
        extent(asked)
        answer(asked, facets=("goal",))
    assert len(now.kept) <= held + 1  # the words of the index, for those that are misspelt
