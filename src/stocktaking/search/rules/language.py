"""The query language: words, "phrases", -word, prefix*, title: and organisation:."""

import re
from dataclasses import dataclass
from typing import Literal

from stocktaking.kernel.text.characters import RUN

LONGEST = 400  # characters
MOST = 24  # clauses
SCOPES = {
    "title": "title",
    "titre": "title",
    "organisation": "organisation",
    "organization": "organisation",
}
_CLAUSE = re.compile(
    r"""(?P<minus>-?)(?:(?P<scope>[A-Za-z]{5,12}):(?=[^\s:]))?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))"""
)
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"'))
_UNUSABLE = re.compile("[\0-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Clause:
    """One thing asked for. ``start`` is its offset in ``Asked.text``."""

    form: Literal["word", "phrase", "prefix"]
    text: str
    start: int
    scope: Literal["", "title", "organisation"] = ""
    negative: bool = False


@dataclass(frozen=True)
class Asked:
    """``text`` is what was understood (cut, quotes evened); ``problems`` are stable codes:
    ``too_long``, ``unbalanced_quote``, ``no_words``."""

    text: str
    clauses: tuple[Clause, ...]
    problems: tuple[str, ...]


def parse(text: str) -> Asked:
    """Never raises: what cannot be understood is left out and named as a problem."""
    problems: list[str] = []
    text = _UNUSABLE.sub(" ", text).strip()
    if len(text) > LONGEST:
        problems.append("too_long")
        text = text[:LONGEST].rsplit(maxsplit=1)[0] if " " in text[:LONGEST] else text[:LONGEST]
    even = text.translate(_QUOTES)
    if even.count('"') % 2:
        problems.append("unbalanced_quote")
        last = even.rindex('"')
        even = f"{even[:last]} {even[last + 1 :]}"
    clauses = [clause for match in _CLAUSE.finditer(even) if (clause := _clause(match))]
    if len(clauses) > MOST:
        clauses = clauses[:MOST]
        if "too_long" not in problems:
            problems.append("too_long")
    if even.strip() and not clauses:
        problems.append("no_words")
    return Asked(even, tuple(clauses), tuple(problems))


def _clause(match: re.Match[str]) -> Clause | None:
    name, phrase, word = match["scope"] or "", match["phrase"], match["word"] or ""
    scope = SCOPES.get(name.lower(), "")
    start = match.start("phrase") if phrase is not None else match.start("word")
    if name and not scope:  # a colon that means nothing to us: the name is a word as well
        word = f"{name}:{word or phrase or ''}"
        start, phrase = match.start("scope"), None
    text = word if phrase is None else phrase
    if RUN.search(text) is None:
        return None
    negative = match["minus"] == "-"
    if phrase is not None:
        return Clause("phrase", text, start, scope, negative)  # type: ignore[arg-type]
    if text.endswith("*") and len(RUN.findall(text)) == 1:
        return Clause("prefix", text.rstrip("*"), start, scope, negative)  # type: ignore[arg-type]
    return Clause("word", text, start, scope, negative)  # type: ignore[arg-type]
