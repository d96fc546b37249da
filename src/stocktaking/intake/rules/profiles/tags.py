"""Languages as files name them: by tags, and the six of the interface by names as well."""

import re
from functools import lru_cache

from stocktaking.entries.rules.tidy import language_tag
from stocktaking.intake.rules.profiles.column_names import LANGUAGES, folded

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_NAMED = {name: code for code, names in LANGUAGES.items() for name in names}


def is_language(tag: str) -> bool:
    """Whether texts can be kept under this tag, in its customary case."""
    return bool(_TAG.fullmatch(tag))


@lru_cache(maxsize=10_000)
def tag_of(said: str) -> str:
    """``fr`` for fr, FR, fra and Français, ``pt-BR`` for pt_br; "" for what is no language."""
    if named := _NAMED.get(folded(said)):
        return named
    tag = language_tag(said)
    return tag if is_language(tag) else ""
