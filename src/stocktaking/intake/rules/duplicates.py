"""Which entries of a whole register may be one: found by blocks, without comparing all with all.

Only entries that share a block are compared: the same title, the same page, the same rare word of a
title, the same less rare word within one organisation or country. A block with many entries tells
nothing and is left out, so that the work grows with the register and not with its square.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log

from stocktaking.intake.rules.likeness import (
    LEAST,
    MOST,
    Candidate,
    Likened,
    Title,
    best,
    score_of,
)

RARE = 25  # entries whose titles have a word, for the word to be a block by itself
CROWD = 40  # entries in one block, beyond which it tells nothing
TELLING = 3  # words of a title that are looked at, the rarest ones
SERIES = 5  # entries of one organisation with one title (but for numbers): a series
OWN_SITE = 3  # entries with one website, up to which it is a site of the project itself
OWN = 10  # what that adds to the score
SMALL = 1000  # a register with fewer entries tells little of how rare a word is
GENERIC = 3  # more entries with one title than this: the title alone names no project

Block = tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """Entries of one organisation that have one title but for numbers: grants of one programme,
    editions of one event. ``members`` are numbers, in order."""

    stem: str
    owner: str
    members: tuple[int, ...]


class Register:
    """All entries, as far as they are compared, in blocks. Memory grows with their number only."""

    def __init__(self, entries: Iterable[tuple[int, Likened]]) -> None:
        self._entries = dict(sorted(entries))
        self._seen: Counter[str] = Counter()
        self._stems: Counter[str] = Counter()
        self._sites: Counter[str] = Counter()
        families: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, one in self._entries.items():
            self._seen.update({word for title in one.titles for word in title.words})
            stems = {title.stem for title in one.titles}
            self._stems.update(stems)
            if one.website:
                self._sites[one.website] += 1
            if owner := owner_of(one):
                for stem in stems:
                    families[stem, owner].append(number)
        every = max(len(self._entries), SMALL)
        self._weights = {word: log(every / count) + 0.1 for word, count in self._seen.items()}
        self._families = {
            place: members for place, members in families.items() if len(members) >= SERIES
        }
        self._blocks = self._in_blocks()

    def numbers(self) -> list[int]:
        return list(self._entries)

    def seen(self, number: int) -> Likened | None:
        return self._entries.get(number)

    def families(self) -> list[Family]:
        """The largest first."""
        found = [
            Family(stem, owner, tuple(members)) for (stem, owner), members in self._families.items()
        ]
        return sorted(found, key=lambda family: (-len(family.members), family.members))

    def behind(self, number: int) -> list[Candidate]:
        """The entries with higher numbers that look most like one of the register, best first."""
        return self._best(self._entries[number], above=number)

    def near(self, one: Likened) -> list[Candidate]:
        """The entries that look most like something that is not in the register, best first."""
        return self._best(one)

    def score(self, one: int, other: int) -> tuple[int, tuple[str, ...]]:
        return self._score(self._entries[one], self._entries[other])

    def _best(self, one: Likened, above: int = 0) -> list[Candidate]:
        met: set[int] = set()
        for block in self._blocks_of(one):
            members = self._blocks.get(hash(block))
            if isinstance(members, int):
                met.add(members)
            elif members is not None and len(members) <= CROWD:
                met.update(members)
        scored = (
            (number, *self._score(one, self._entries[number])) for number in met if number > above
        )
        return best(Candidate(*found) for found in scored if found[1] >= LEAST)

    def _score(self, one: Likened, other: Likened) -> tuple[int, tuple[str, ...]]:
        score, why = score_of(one, other, self._weights)
        if "website" in why:
            own = bool(why[:1] == ("title",)) and self._sites[one.website] <= OWN_SITE
            return min(score + OWN, 100) if own else score, why
        if score < LEAST:
            return score, why
        common = {title.stem for title in one.titles} & {title.stem for title in other.titles}
        if not common:
            return score, why
        if "organisation" in why:
            owners = (owner_of(one), owner_of(other))
            if any((stem, owner) in self._families for stem in common for owner in owners):
                return 0, ()
        elif min(self._stems[stem] for stem in common) > GENERIC:
            return 0, ()
        return score, why

    def _in_blocks(self) -> dict[int, int | list[int]]:
        """By the hashes of blocks: most hold one entry, which then stands there by itself."""
        blocks: dict[int, int | list[int]] = {}
        for number, one in self._entries.items():
            for block in self._blocks_of(one):
                known = blocks.setdefault(hash(block), number)
                if isinstance(known, list):
                    # one more than a crowd is enough to know it for one
                    if len(known) <= CROWD:
                        known.append(number)
                elif known != number:
                    blocks[hash(block)] = [known, number]
        return blocks

    def _blocks_of(self, one: Likened) -> Iterator[Block]:
        owner = owner_of(one)
        found: set[Block] = set()
        if one.website:
            found.add(("page", one.website))
        for title in one.titles:
            found.add(("title", title.solid))
            if title.head:
                found.add(("title", title.head))
            found.update(self._by_words(title, owner, one.countries))
        yield from found

    def _by_words(self, title: Title, owner: str, countries: frozenset[str]) -> Iterator[Block]:
        telling = sorted(title.words, key=lambda word: (self._seen.get(word, 0), word))[:TELLING]
        common = [word for word in telling if self._seen.get(word, 0) > RARE]
        for word in telling:
            if word not in common:
                yield "word", word
            elif owner:
                yield "word", word, owner
        if len(common) > 1:
            for country in countries if len(countries) <= MOST else ():
                yield "words", *common[:2], country


def owner_of(one: Likened) -> str:
    """Whose it is: the organisation's name, by which two records of one body meet."""
    return one.organisation_key or (str(one.organisation) if one.organisation else "")
