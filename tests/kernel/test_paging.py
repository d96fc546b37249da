"""Pages of a list."""

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.paging import Pager, numbers_to_offer


def of(page: int, total: int, size: int = 20) -> Pager:
    return Pager.of(page=page, total=total, size=size, url=lambda number: f"?page={number}")


def test_pager_of_a_long_list():
    assert numbers_to_offer(6, 40) == [1, 0, 4, 5, 6, 7, 8, 0, 40]
    assert numbers_to_offer(4, 40) == [1, 2, 3, 4, 5, 6, 0, 40]
    assert numbers_to_offer(1, 1) == [1]


def test_pager_leads_on_and_back():
    pager = of(2, 50)
    assert pager.pages == 3
    assert (pager.previous_url, pager.next_url) == ("?page=1", "?page=3")
    assert [(s.number, s.url, s.current) for s in pager.steps] == [
        (1, "?page=1", False),
        (2, "", True),
        (3, "?page=3", False),
    ]


def test_empty_list_has_one_page():
    pager = of(1, 0)
    assert (pager.pages, pager.previous_url, pager.next_url) == (1, "", "")


@given(st.integers(-5, 500), st.integers(0, 5000), st.integers(1, 100))
def test_pager_offers_first_last_and_here_in_order(page, total, size):
    pager = of(page, total, size)
    numbers = [step.number for step in pager.steps if step.number]
    assert numbers == sorted(set(numbers))
    assert {1, pager.page, pager.pages} <= set(numbers)
    assert 1 <= pager.page <= pager.pages
    assert len(pager.steps) <= 11
