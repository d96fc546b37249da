"""Pages of a list: which numbers to offer, and where they lead."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A page to go to; a gap between distant pages has number 0 and no address."""

    number: int
    url: str
    current: bool = False


@dataclass(frozen=True)
class Pager:
    """``page`` counts from 1; ``pages`` is at least 1."""

    page: int
    pages: int
    steps: tuple[Step, ...]
    previous_url: str
    next_url: str

    @classmethod
    def of(cls, *, page: int, total: int, size: int, url: Callable[[int], str]) -> "Pager":
        """The pager of ``total`` items, ``size`` a page; ``url`` gives a page's address."""
        pages = max(1, -(-total // size))
        page = min(max(page, 1), pages)
        return cls(
            page=page,
            pages=pages,
            steps=tuple(
                Step(n, url(n) if n and n != page else "", n == page)
                for n in numbers_to_offer(page, pages)
            ),
            previous_url=url(page - 1) if page > 1 else "",
            next_url=url(page + 1) if page < pages else "",
        )


def numbers_to_offer(page: int, pages: int) -> list[int]:
    """First, last and the neighbours of this page; 0 stands for what is left out between."""
    near = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    offered: list[int] = []
    for number in near:
        if offered and number - offered[-1] == 2:
            offered.append(number - 1)
        elif offered and number - offered[-1] > 2:
            offered.append(0)
        offered.append(number)
    return offered
