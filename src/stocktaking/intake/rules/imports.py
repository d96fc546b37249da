"""What is counted and remembered of the records of a file."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.kernel.reading import Reading

KEPT_MOST = 2_000  # different values and columns that a batch counts one by one
VALUE_MOST = 200  # characters of one
# columns that a report adds behind the original ones; a file that comes back has them too
REPORT_COLUMNS = ("verdict", "reason", "column")


def short_hash(text: str) -> int:
    """64 bits with a sign, as databases store them."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def content_hash(data: Mapping[str, Any]) -> int:
    """The same for two records that say the same."""
    return short_hash(json.dumps(data, sort_keys=True, default=str))


def storable(value: Any) -> Any:
    """Plain values without what databases refuse in texts: NUL and halves of letters."""
    if isinstance(value, str):
        if value.isprintable():
            return value
        return value.replace("\0", "�").encode("utf-8", "replace").decode()
    if isinstance(value, Mapping):
        return {storable(key): storable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def count_in(counts: dict[str, int], value: str) -> None:
    """One more of a value; what is too much to be told one by one is not."""
    value = storable(value[:VALUE_MOST])
    if value in counts or len(counts) < KEPT_MOST:
        counts[value] = counts.get(value, 0) + 1


def is_sent_back(columns: Collection[str]) -> bool:
    """Whether a file has the columns of a report: refused records that somebody corrected."""
    return set(REPORT_COLUMNS) <= set(columns)


def as_sent_back(profile: Profile) -> Profile:
    """The profile for a report: we wrote it ourselves, in an encoding, with a row of heads, a
    separator and guarded formulas that are not those of the file that it is about."""
    old = profile.reading
    found = Reading(html=old.html, mojibake=old.mojibake, empty=old.empty, unguard=True)
    return replace(profile, reading=found)
