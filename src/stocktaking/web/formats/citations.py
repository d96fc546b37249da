"""References to entries in the forms that reference managers read: BibTeX, RIS, CSL-JSON."""

import json
import re
from collections.abc import Iterable
from typing import Any

from stocktaking.entries.queries.citations import Cited

TYPES = {
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json",
}
MOST = 500  # references of one list
NAMES = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}
# letters that mean something to TeX. An escaped brace would still be counted by BibTeX, so
# braces are written as commands.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
_TEX_LETTERS = str.maketrans(_TEX)
# control letters, and marks of line and paragraph, which would end a line of RIS
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def write(form: str, works: Iterable[Cited], *, base_url: str, register: str) -> str:
    """The references in one of the forms of ``TYPES``; ``register`` is what is cited from."""
    writer = {"bib": bibtex, "ris": ris, "csl.json": csl}[form]
    return writer(works, base_url=base_url, register=register)


def bibtex(works: Iterable[Cited], *, base_url: str, register: str) -> str:
    """One ``@misc`` for each; names and titles in double braces are kept as they are."""
    return "\n".join(_bibtex(work, base_url, register) for work in works)


def ris(works: Iterable[Cited], *, base_url: str, register: str) -> str:
    """Tagged lines, as Zotero, EndNote and Mendeley read them."""
    return "".join(_ris(work, base_url, register) for work in works)


def csl(works: Iterable[Cited], *, base_url: str, register: str) -> str:
    """The array of items that citation processors take."""
    items = [_csl(work, base_url, register) for work in works]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _bibtex(work: Cited, base_url: str, register: str) -> str:
    fields = {
        "title": f"{{{_tex(work.title)}}}",
        "author": f"{{{_tex(work.author)}}}" if work.author else "",
        "year": f"{work.registered_on:%Y}",
        "month": "" if work.day_assumed else f"{work.registered_on.month}",
        "howpublished": _tex(register),
        "note": _tex(_note(work)),
        "url": _address(work, base_url),
        "language": _tex(work.language),
        "keywords": _tex(_listed(work)),
        "abstract": _tex(work.summary),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{stocktaking-{work.number},", *lines, "}", ""])


def _ris(work: Cited, base_url: str, register: str) -> str:
    day = work.registered_on
    lines = [
        ("TY", "ELEC"),
        ("ID", f"stocktaking-{work.number}"),
        ("TI", work.title),
        ("AU", work.author),
        ("PY", f"{day:%Y}"),
        ("DA", "" if work.day_assumed else f"{day:%Y/%m/%d}"),
        ("T2", register),
        ("N1", _note(work)),
        ("LA", work.language),
        *(("KW", word) for word in work.keywords),
        ("AB", work.summary),
        ("UR", _address(work, base_url)),
    ]
    told = [f"{tag}  - {plain(said)}\r\n" for tag, said in lines if plain(said)]
    return "".join([*told, "ER  - \r\n\r\n"])


def _csl(work: Cited, base_url: str, register: str) -> dict[str, Any]:
    day = work.registered_on
    known = [day.year] if work.day_assumed else [day.year, day.month, day.day]
    item = {
        "id": f"stocktaking-{work.number}",
        "type": "webpage",
        "title": plain(work.title),
        "author": [{"literal": plain(work.author)}] if work.author else None,
        "issued": {"date-parts": [known]},
        "container-title": register,
        "URL": _address(work, base_url),
        "language": work.language,
        "version": str(work.version),
        "note": _note(work),
        "keyword": _listed(work),
        "abstract": plain(work.summary),
    }
    return {name: value for name, value in item.items() if value}


def plain(text: str) -> str:
    """Text in one line, without letters that steer printers and readers."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _tex(text: str) -> str:
    return plain(text).translate(_TEX_LETTERS)


def _note(work: Cited) -> str:
    return f"Entry {work.number}, version {work.version}"


def _listed(work: Cited) -> str:
    return ", ".join(plain(word).replace(",", " ") for word in work.keywords)


def _address(work: Cited, base_url: str) -> str:
    return f"{base_url}/e/{work.number}"
