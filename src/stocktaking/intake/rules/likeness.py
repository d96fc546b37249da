"""How much a reply looks like an entry that is there, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from stocktaking.kernel.text.normalise import name_key

LEAST = 65  # of 100: below it nobody is asked to look
SAME_TITLE = 97
LIKE_TITLE = 60  # a title less alike than this is another project of the same body
MOST = 5  # candidates for one reply
WEIGHTS = {"title": 60, "organisation": 20, "website": 15, "country": 5}


@dataclass(frozen=True)
class Likened:
    """What is compared: keys of titles, the organisation, an address, countries it works in."""

    titles: tuple[str, ...]
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
    organisation_name: str = "",
    website: str = "",
    countries: Iterable[str] = (),
) -> Likened:
    keys = (name_key(title) for title in titles)
    return Likened(
        titles=tuple(dict.fromkeys(key for key in keys if key)),
        organisation=organisation,
        organisation_key=name_key(organisation_name) if organisation_name else "",
        website=address_key(website),
        countries=frozenset(countries),
    )


def address_key(website: str) -> str:
    """Under which spellings of one address meet: no scheme, no www, no slash at the end."""
    try:
        parts = urlsplit(website.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return host + parts.path.rstrip("/").lower() if host else ""


def candidates(one: Likened, others: Iterable[tuple[int, Likened]]) -> list[Candidate]:
    """The entries that look most like it, best first; most often none."""
    found = [
        Candidate(number, score, why)
        for number, other in others
        for score, why in (score_of(one, other),)
        if score >= LEAST
    ]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.entry))[:MOST]


def score_of(one: Likened, other: Likened) -> tuple[int, tuple[str, ...]]:
    """0 to 100. Titles decide; whose it is, where it stands and where it works add to them."""
    title = _titles(one.titles, other.titles)
    same_page = bool(one.website) and one.website == other.website
    # a page of its own below a host is nobody else's
    own_page = same_page and "/" in one.website
    if title < LIKE_TITLE and not own_page:
        return 0, ()
    same_owner = (one.organisation is not None and one.organisation == other.organisation) or (
        bool(one.organisation_key) and one.organisation_key == other.organisation_key
    )
    met = {
        "title": title >= LIKE_TITLE,
        "organisation": same_owner,
        "website": same_page,
        "country": bool(one.countries & other.countries),
    }
    score = round(WEIGHTS["title"] * title / 100) + sum(
        WEIGHTS[reason] for reason in ("organisation", "website", "country") if met[reason]
    )
    if title >= SAME_TITLE or own_page:
        score = max(score, LEAST + 5)
    return min(score, 100), tuple(reason for reason in WEIGHTS if met[reason])


def _titles(some: tuple[str, ...], others: tuple[str, ...]) -> float:
    """How alike the most alike pair of titles is; what cannot reach the least counts as 0."""
    return max(
        (
            fuzz.token_sort_ratio(one, other, score_cutoff=LIKE_TITLE)
            for one in some
            for other in others
        ),
        default=0.0,
    )
