"""Words that each installation fills in: who runs the register and how to reach them."""

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{\{\s*(organiser|contact)\s*\}\}")
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~])")
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+|https?://[^\s<>]+")

# What stands where the operator filled in nothing.
UNFILLED: dict[str, dict[str, str]] = {
    "organiser": {
        "ar": "لم يُذكر اسم الجهة بعد",
        "zh": "尚未填写",
        "en": "not stated yet",
        "fr": "pas encore indiqué",
        "ru": "пока не указан",
        "es": "aún no indicado",
    },
    "contact": {
        "ar": "لم يُذكر عنوان بعد",
        "zh": "尚未填写",
        "en": "no address stated yet",
        "fr": "aucune adresse indiquée pour l’instant",
        "ru": "адрес пока не указан",
        "es": "aún no se ha indicado una dirección",
    },
}


def fill(markdown: str, values: Mapping[str, str], language: str) -> str:
    """The text with its places filled; a name is never read as markup."""

    def filled(place: re.Match[str]) -> str:
        name = place.group(1)
        value = " ".join(values.get(name, "").split())
        if not value:
            words = UNFILLED[name]
            return words.get(language, words["en"])
        if _ADDRESS.fullmatch(value):
            return f"<{value}>"
        return _MARKUP.sub(r"\\\1", value)

    return _PLACE.sub(filled, markdown)
