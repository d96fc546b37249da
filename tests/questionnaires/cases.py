"""Generated texts, definitions and answers, well-formed ones that a builder could have made."""

import random
import unicodedata
from typing import Any

from stocktaking.questionnaires.rules.conditions import COMPARISONS, FACTS
from stocktaking.questionnaires.rules.definition import Definition, QuestionDef, SectionDef
from stocktaking.questionnaires.rules.wellformed import FITTING, check
from stocktaking.questionnaires.states import QuestionKind as Kind

_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x300, 0x36F),  # combining marks
    (0x370, 0x52F),
    (0x5D0, 0x5EA),
    (0x600, 0x6FF),  # Arabic with its harakat
    (0x900, 0xD7F),  # scripts of India
    (0xE00, 0x11FF),
    (0x1780, 0x17F9),
    (0x2000, 0x214F),
    (0x3000, 0x30FF),
    (0x3400, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE00, 0xFEFF),
    (0x10000, 0x11FFF),
    (0x1D400, 0x1D7FF),
    (0x1F1E6, 0x1FAFF),
    (0x20000, 0x3134A),
    (0xE0100, 0xE01EF),
)
_PIECES = (
    "مُحَمَّدٌ رَسُولٌ",
    "5G网络",
    "👩‍👩‍👧",
    "❤️",
    "1️⃣",
    "🇰🇪",
    "می‌خواهم",
    "l'eau",
    "e-health",
    "क्‍ष हिन्दी",
    "cafe\u0301",
    "co\u00adop",
    "\r\n",
    "\n",
    "\t",
    "  ",
    "…",
    "教育，",
    "葛\U000e0100",
    "x²",
    "_",
)
CODES = ("a", "b", "c", "d", "e", "f", "g", "h")
VALUES = ("red", "blue", "green")
WORLD = {"stakeholder": ("academia", "government", ""), "language": ("en", "ar"), "role": ("",)}


def letter(chance: random.Random) -> str:
    """Any letter or sign that both sides' tables of characters know."""
    while True:
        first, last = chance.choice(_RANGES)
        found = chr(chance.randint(first, last))
        if unicodedata.category(found) not in ("Cn", "Cs", "Co"):
            return found


def text(chance: random.Random) -> str:
    pieces = [
        chance.choice(_PIECES) if chance.random() < 0.3 else letter(chance)
        for _ in range(chance.randint(0, 25))
    ]
    return "".join(piece + (" " if chance.random() < 0.3 else "") for piece in pieces)


def definition(chance: random.Random) -> Definition:
    """Up to eight questions in up to three sections; conditions may run in circles."""
    codes = CODES[: chance.randint(1, len(CODES))]
    kinds = {code: chance.choice(list(Kind)) for code in codes}
    sections: list[list[QuestionDef]] = [[] for _ in range(chance.randint(1, 3))]
    for code in codes:
        settings: dict[str, Any] = {}
        if kinds[code] in (Kind.CHOICE, Kind.MANY):
            settings["options"] = [{"code": value, "label": {"en": value}} for value in VALUES]
        if kinds[code] is Kind.NUMBER:
            settings["decimals"] = 1
        if kinds[code] is Kind.COUNTRY:
            settings["many"] = True
        chance.choice(sections).append(
            QuestionDef(
                code=code,
                kind=kinds[code],
                label={"en": code},
                required=chance.random() < 0.3,
                required_when=maybe(chance, kinds, 0.3),
                shown_when=maybe(chance, kinds, 0.5),
                settings=settings,
            )
        )
    return Definition(
        slug="made",
        title={"en": "Made"},
        sections=tuple(
            SectionDef(
                f"s{n}", {"en": "S"}, shown_when=maybe(chance, kinds, 0.2), questions=tuple(q)
            )
            for n, q in enumerate(sections)
        ),
    )


def maybe(chance: random.Random, kinds: dict[str, Kind], how_often: float) -> dict[str, Any] | None:
    return condition(chance, kinds) if chance.random() < how_often else None


def condition(chance: random.Random, kinds: dict[str, Kind], depth: int = 1) -> dict[str, Any]:
    """One that ``check`` accepts."""
    sort = chance.random()
    if depth < 4 and sort < 0.25:
        parts = [condition(chance, kinds, depth + 1) for _ in range(chance.randint(1, 3))]
        return {chance.choice(["all", "any"]): parts}
    if depth < 4 and sort < 0.35:
        return {"not": condition(chance, kinds, depth + 1)}
    if sort < 0.45:
        name = chance.choice(list(WORLD))
        value = next((one for one in WORLD[name] if one), "x")
        asked = {"is": value} if chance.random() < 0.5 else {"in": [value, "other"]}
        return {"fact": name, **asked}
    code = chance.choice(list(kinds))
    comparison = chance.choice([c for c in COMPARISONS if kinds[code] in FITTING[c]])
    made = {"question": code, comparison: _value(chance, comparison, kinds[code])}
    assert not check(made, kinds, "here")
    return made


def _value(chance: random.Random, comparison: str, kind: Kind) -> Any:
    if comparison == "answered":
        return chance.random() < 0.5
    if comparison.endswith("_than"):
        return chance.randint(0, 4)
    plain = {
        Kind.NUMBER: chance.choice([0, 1, 2, 2.5]),
        Kind.STATEMENT: True,
        Kind.DATE: chance.choice(["2020", "2020-05"]),
    }.get(kind, chance.choice(VALUES))
    return [plain, *([] if chance.random() < 0.5 else [plain])] if comparison == "in" else plain


def answers(chance: random.Random, held: Definition) -> dict[str, Any]:
    return {
        question.code: answer(chance, question.kind)
        for question in held.questions()
        if chance.random() < 0.8
    }


def answer(chance: random.Random, kind: Kind) -> Any:
    some = [chance.choice(VALUES) for _ in range(chance.randint(0, 3))]
    if chance.random() < 0.15:
        return chance.choice([None, "", [], {}, " \u200b\n", [""], {"name": ""}, 0, False])
    return {
        Kind.SHORT: chance.choice([*VALUES, text(chance)]),
        Kind.LONG: text(chance),
        Kind.NUMBER: chance.choice([0, 1, 2, 2.5, -1, 3]),
        Kind.DATE: chance.choice(["2020", "2020-05", "2021"]),
        Kind.CHOICE: chance.choice(VALUES),
        Kind.MANY: some,
        Kind.TERMS: [{"code": code, "note": text(chance)} for code in some],
        Kind.COUNTRY: some,
        Kind.ORGANISATION: {"number": 3},
        Kind.PEOPLE: [{"name": code} for code in some],
        Kind.FILE: [{"file": 1} for _ in some],
        Kind.IMAGE: [{"file": 1, "alt": ""} for _ in some],
        Kind.LINK: [{"url": code} for code in some],
        Kind.STATEMENT: True,
    }[kind]


def facts(chance: random.Random) -> dict[str, str]:
    return {
        name: chance.choice(WORLD.get(name, ("", "x"))) for name in FACTS if chance.random() < 0.8
    }
