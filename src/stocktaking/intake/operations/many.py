"""One act on many replies: what is refused for one is undone alone, each has its verdict."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from stocktaking.intake.operations.refusals import refused
from stocktaking.kernel.errors import Refused

MOST = 50  # replies in one request: a page of the list, one transaction


@dataclass(frozen=True)
class Verdict:
    """What became of one reply; ``refusal`` says why nothing did."""

    number: int
    refusal: str = ""


def each(numbers: Iterable[int], act: Callable[[int], Any]) -> list[Verdict]:
    """Do ``act`` with each number. What is refused for one changes nothing for the others."""
    # held one after another, often within one transaction: in the same order for everybody
    wanted = sorted(set(numbers))
    if not wanted:
        raise refused("none_chosen")
    if len(wanted) > MOST:
        raise refused("too_many_replies", most=MOST)
    verdicts = []
    for number in wanted:
        try:
            act(number)
        except Refused as refusal:
            verdicts.append(Verdict(number, str(refusal)))
        else:
            verdicts.append(Verdict(number))
    return verdicts
