"""Profiles as files: readable TOML, checked as a whole, written without loss."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import tomli_w

from stocktaking.entries.states import Basis
from stocktaking.intake.rules.profiles import form
from stocktaking.intake.rules.profiles.checking import check
from stocktaking.intake.rules.profiles.faults import ProfileBroken, ProfileFault
from stocktaking.intake.rules.profiles.form import HEAD, TABLES, Table
from stocktaking.intake.rules.profiles.framework import Framework
from stocktaking.intake.rules.profiles.model import FORMAT, Identity, Profile
from stocktaking.intake.rules.profiles.stated import Stated
from stocktaking.kernel.reading import FileKind, Reading

LONGEST = 500_000  # characters
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def parse(text: str, framework: Framework | None = None) -> Profile:
    """The profile that a file states; ProfileBroken names everything that is wrong with it.

    With a framework, its schemes and the codes that values are mapped to are checked as well.
    """
    document = _document(text)
    stated = Stated()
    profile = _profile(document, stated)
    faults = [*stated.faults, *check(profile, framework, stated.places())]
    if faults:
        raise ProfileBroken(faults)
    return profile


def write(profile: Profile) -> str:
    """The file of a profile: ``parse`` gives the same one back."""
    head: dict[str, Any] = {"format": FORMAT, "slug": profile.slug, "version": profile.version}
    for name in HEAD:
        value = getattr(profile, name, None)
        if name not in head and value not in (None, "", (), {}, form.default(Profile, name)):
            head[name] = _plain(value)
    parts = [_table("", head)]
    for table in TABLES:
        held = getattr(profile, table.name)
        if table.many:
            parts += [_table(table.name, _row(table, one), many=True) for one in held]
        elif row := _row(table, held):
            parts.append(_table(table.name, row))
    return "\n".join(parts)


def _table(name: str, row: Mapping[str, Any], *, many: bool = False) -> str:
    """One table with its head: plain keys first, then what holds keys itself."""
    plain = {key: value for key, value in row.items() if not isinstance(value, dict)}
    heads = f"[[{name}]]\n" if many else f"[{name}]\n" if name else ""
    text = heads + tomli_w.dumps(plain)
    for key, value in row.items():
        if isinstance(value, dict):
            text += f"\n[{name}.{key}]\n" if name else f"\n[{key}]\n"
            text += tomli_w.dumps(value)
    return text


def _document(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise ProfileBroken([ProfileFault("profile_too_long", "", {"most": LONGEST})])
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        at = f"line {line[1]}" if line else ""
        reason = _LINE.sub("", str(error)).strip()
        raise ProfileBroken([ProfileFault("not_toml", at, {"reason": reason})]) from None
    except RecursionError:
        raise ProfileBroken([ProfileFault("not_toml", "", {"reason": "nested"})]) from None
    stated = document.get("format", FORMAT)
    if stated != FORMAT:
        fault = ProfileFault("format_unknown", "format", {"value": str(stated)[:60]})
        raise ProfileBroken([fault])
    return document


def _profile(document: Mapping[str, Any], stated: Stated) -> Profile:
    names = [*HEAD, *(table.name for table in TABLES)]
    stated.known("", document, names)
    head = stated.table("", document, HEAD)
    head.pop("format", None)
    parts: dict[str, Any] = {}
    for table in TABLES:
        found = document.get(table.name)
        if table.many:
            parts[table.name] = tuple(
                _made(table, stated.row(f"{table.name}[{place}]", one, table))
                for place, one in enumerate(stated.rows(table.name, found), start=1)
            )
        else:
            parts[table.name] = _made(table, stated.row(table.name, found or {}, table))
    needed: dict[str, Any] = {"slug": "", "version": 0, "title": {}}
    return Profile(**{**needed, **head, **parts})


def _made(table: Table, values: dict[str, Any]) -> Any:
    if table is form.READING and "kind" in values:
        values["kind"] = FileKind(values["kind"])
    if table is form.TERMS and "basis" in values:
        values["basis"] = Basis(values["basis"])
    needed = {name: "" for name, key in table.keys.items() if key.needed}
    return table.of(**{**needed, **values})


def _row(table: Table, one: Identity | Reading | Any) -> dict[str, Any]:
    row = {}
    for name, key in table.keys.items():
        value = getattr(one, name)
        if key.needed or value != form.default(table.of, name):
            row[name] = _plain(value)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else list(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return getattr(value, "value", value)
