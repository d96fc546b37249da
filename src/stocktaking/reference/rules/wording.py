"""The operator's own words for a term or scheme, laid over the shipped ones."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from stocktaking.reference.rules.framework import Texts
from stocktaking.reference.rules.node import LANGUAGE, UNCLEAN

TITLE_MAX = 500
SHORT_MAX = 120


def clean(texts: Mapping[str, str]) -> Texts:
    """Words without blanks at their ends; languages with none are left out."""
    cleaned = {language: " ".join(text.split()) for language, text in texts.items()}
    return {language: text for language, text in sorted(cleaned.items()) if text}


def fault(texts: Mapping[str, str], *, most: int) -> tuple[str, str] | None:
    """The first language with a fault and its code, or None."""
    for language, text in texts.items():
        if not LANGUAGE.fullmatch(language):
            return language, "language_unknown"
        if len(text) > most:
            return language, "text_too_long"
        if UNCLEAN.search(text):
            return language, "text_unclean"
    return None


def stamp(overrides: Mapping[str, Any]) -> str:
    """A short mark of these overrides: equal marks, equal words."""
    text = json.dumps(overrides, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
