"""What is asked: words of every frequency, pairs, phrases, filters, nothing at all."""

import random
from dataclasses import replace

from bench.corpus import SEED
from stocktaking.search.rules.values import Query


def questions(words: list[str], count: int = 240) -> list[tuple[str, Query]]:
    """Labelled questions, the same in every run; ``words`` go from common to rare."""
    dice = random.Random(SEED)
    common, middle, rare = words[:25], words[100:1000], words[2000:9000] or words[-50:]
    found = []
    for turn in range(count):
        label, text = [
            ("common", dice.choice(common)),
            ("common", f"{dice.choice(common)} {dice.choice(common)}"),
            ("middle", dice.choice(middle)),
            ("middle", f"{dice.choice(middle)} {dice.choice(common)}"),
            ("rare", dice.choice(rare)),
            ("none", ""),
        ][turn % 6]
        query = Query(text=text)
        if turn % 4 == 1:
            query = replace(query, filters={"action-line": ("V0", "V2")})
        if turn % 4 == 3:
            query = replace(query, filters={"sdg": ("V1",), "region": ("R0", "R1")})
        found.append((label, query))
    return found
