"""How much two projects look like one, and why."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from sys import intern
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from stocktaking.kernel.text.normalise import name_key

LEAST = 65  # of 100: below it nobody is asked to look
SAME_TITLE = 97
LIKE_TITLE = 60  # a title less alike than this is another project of the same body
HEAD = 88  # the title of one is the part before a colon of the other
MOST = 5  # candidates for one reply or entry
WEIGHTS = {"title": 60, "organisation": 20, "website": 15, "country": 5}
APART = 20  # both say where they work, and it is nowhere the same

# what comes behind one of these explains a title, or names a part of what it names
_EXPLAINED = re.compile(r"\s[-\u2013\u2014|]\s|\s*[:\uff1a(\uff08]")
_DIGITS = re.compile(r"\d+")
_ROMAN = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv"))
# letters of scripts without spaces, where two neighbours do the work of a word
_SOLID = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]{2,}")
_SPELT = 85  # of 100: two longer words as alike as this are spellings of one


@dataclass(frozen=True, slots=True)
class Title:
    """``key`` is its folded words, ``words`` each of them once, ``solid`` the key without spaces;
    ``numbers`` is what may count members of a series, ``stem`` the title without them, and
    ``head`` what stands before an explanation."""

    key: str
    solid: str
    words: tuple[str, ...]
    numbers: frozenset[str]
    stem: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class Likened:
    """What is compared: titles, the organisation, an address, countries it works in."""

    titles: tuple[Title, ...]
    organisation: int | None = None
    organisation_key: str = ""
    website: str = ""
    countries: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """``why`` names what is alike, the heaviest reason first."""

    entry: int
    score: int
    why: tuple[str, ...]


def likened(
    titles: Iterable[str],
    *,
    organisation: int | None = None,
    organisation_key: str = "",
    website: str = "",
    countries: Iterable[str] = (),
) -> Likened:
    """``organisation_key`` is the ``name_key`` of its name."""
    read = {one.key: one for one in map(title_of, titles) if any(map(str.isalnum, one.key))}
    return Likened(
        titles=tuple(read.values()),
        organisation=organisation,
        organisation_key=organisation_key,
        website=address_key(website) if website else "",
        countries=frozenset(countries),
    )


def title_of(title: str) -> Title:
    key = name_key(title)
    words = key.split()
    head = _EXPLAINED.split(title.strip(), maxsplit=1)[0]
    headed = name_key(head).replace(" ", "") if head and head != title.strip() else ""
    solid = "".join(words)
    return Title(
        key=key,
        solid=solid,
        words=tuple(dict.fromkeys(map(intern, _pieces(key)))),
        numbers=frozenset(_numbers(words)),
        stem="".join(_DIGITS.sub("", word) for word in words if word not in _ROMAN) or solid,
        head=headed if len(headed) > 2 else "",
    )


def mark_of(one: Likened | None) -> str:
    """A hash of what is compared of one, short enough to be kept beside a decision."""
    if one is None:
        return ""
    told = [
        sorted(title.key for title in one.titles),
        one.organisation_key or one.organisation,
        one.website,
        sorted(one.countries),
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def address_key(website: str) -> str:
    """Under which spellings of one address meet: no scheme, no www, no slash at the end."""
    try:
        parts = urlsplit(website.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/").lower().removesuffix(".git")
    return host + path if host else ""


def score_of(
    one: Likened, other: Likened, weights: Mapping[str, float] | None = None
) -> tuple[int, tuple[str, ...]]:
    """0 to 100. Titles decide; whose it is, where it stands and where it works add to them.

    ``weights`` say how much a word of a title tells, by how rare it is in the register; without
    them all words tell the same.
    """
    same_page = bool(one.website) and one.website == other.website
    # a page of its own below a host is nobody else's
    own_page = same_page and "/" in one.website
    same_owner = (one.organisation is not None and one.organisation == other.organisation) or (
        bool(one.organisation_key) and one.organisation_key == other.organisation_key
    )
    title = title_likeness(one.titles, other.titles, weights, series=not (same_page and same_owner))
    if title < LIKE_TITLE and not own_page:
        return 0, ()
    elsewhere = bool(one.countries and other.countries) and not one.countries & other.countries
    met = {
        "title": title >= LIKE_TITLE,
        "organisation": same_owner,
        "website": same_page,
        "country": bool(one.countries & other.countries),
    }
    # from half of the least likeness on it counts, so that being nearly the same counts most
    told = max(0.0, title - LIKE_TITLE / 2) / (100 - LIKE_TITLE / 2)
    score = round(WEIGHTS["title"] * told) + sum(
        WEIGHTS[reason] for reason in ("organisation", "website", "country") if met[reason]
    )
    if elsewhere and not own_page:
        score -= APART
    elif title >= SAME_TITLE or own_page:
        score = max(score, LEAST + 5)
    return max(0, min(score, 100)), tuple(reason for reason in WEIGHTS if met[reason])


def best(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.entry))[:MOST]


def title_likeness(
    some: Iterable[Title],
    others: Iterable[Title],
    weights: Mapping[str, float] | None = None,
    *,
    series: bool = True,
) -> float:
    """How alike the most alike pair of titles is, 0 to 100.

    With ``series``, titles with different numbers name different members of a series.
    """
    others = tuple(others)
    return max((_alike(one, other, weights, series) for one in some for other in others), default=0)


def _alike(one: Title, other: Title, weights: Mapping[str, float] | None, series: bool) -> float:
    if one.solid == other.solid:
        return 100.0
    if series and one.numbers and other.numbers and one.numbers != other.numbers:
        return 0.0
    headed = HEAD if other.solid == one.head or one.solid == other.head else 0.0
    spelt = fuzz.token_sort_ratio(one.key, other.key, score_cutoff=LIKE_TITLE)
    if not spelt:
        return headed
    return max(headed, (spelt + 100 * _shared(one.words, other.words, weights)) / 2)


def _shared(
    some: tuple[str, ...], others: tuple[str, ...], weights: Mapping[str, float] | None
) -> float:
    """The weight of the words that both have, of the weight of all: 0 to 1."""
    one, other = set(some), set(others)
    left, right = one - other, other - one
    paired = {
        (mine, yours)
        for mine in left
        for yours in right
        if len(mine) > 4 and len(yours) > 4 and fuzz.ratio(mine, yours, score_cutoff=_SPELT)
    }
    left -= {mine for mine, _ in paired}
    right -= {yours for _, yours in paired}
    common = sum(_weight(word, weights) for word in one & other) * 2
    common += sum(_weight(word, weights) for pair in paired for word in pair)
    apart = sum(_weight(word, weights) for word in left | right)
    return common / (common + apart) if common else 0.0


def _weight(word: str, weights: Mapping[str, float] | None) -> float:
    """By how rare it is; without a register by its length, for short words tell the least."""
    return weights.get(word, 1.0) if weights else min(len(word), 6) / 6


def _pieces(key: str) -> Iterable[str]:
    """The words of a key; a run of Chinese or Korean letters as its pairs of neighbours."""
    for word in key.split():
        if _SOLID.fullmatch(word):
            yield from (word[place : place + 2] for place in range(len(word) - 1))
        else:
            yield word


def _numbers(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        if word in _ROMAN:
            yield word
        else:
            yield from (digits.lstrip("0") or "0" for digits in _DIGITS.findall(word))
