"""Whether a profile makes sense: its names, its paths, and the codes that it maps to."""

import codecs
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from stocktaking.entries.rules.tidy import language_tag
from stocktaking.intake.rules.profiles import form
from stocktaking.intake.rules.profiles.faults import ProfileFault, nearest
from stocktaking.intake.rules.profiles.form import Kind, Table
from stocktaking.intake.rules.profiles.framework import SECTION, TYPE, Framework
from stocktaking.intake.rules.profiles.model import (
    AS_STATED,
    OWN,
    PLAIN,
    FieldRule,
    OrganisationRule,
    Profile,
    TermRule,
)
from stocktaking.intake.rules.profiles.tags import is_language
from stocktaking.kernel.reading.paths import Path

RESERVED = (AS_STATED, "imported")  # additional facts that are written by imports themselves
VALUE = "{value}"  # stands for what the file says, in the path of a note
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check(
    profile: Profile, framework: Framework | None = None, known: Collection[str] = ()
) -> list[ProfileFault]:
    """Everything that is wrong with a profile; ``known`` are places that have a fault already."""
    found = [
        *_head(profile),
        *_reading(profile),
        *_identity(profile),
        *_languages(profile),
        *_fields(profile, framework),
        *_terms(profile, framework),
        *_organisations(profile, framework),
        *_others(profile),
        *_paths(profile),
    ]
    return [fault for fault in found if fault.at not in known]


def _head(profile: Profile) -> Iterator[ProfileFault]:
    for at in ("slug", "source"):
        stated = getattr(profile, at)
        if (stated or at == "slug") and not _SLUG.fullmatch(stated):
            yield ProfileFault("slug_malformed", at, {"value": stated})
    if profile.version < 1:
        yield ProfileFault("number_out_of_range", "version", {"first": 1, "last": 1_000_000})
    for at in ("title", "notice"):
        for tag in getattr(profile, at):
            yield from _language(tag, f"{at}.{tag}")
    if not profile.title:
        yield ProfileFault("key_missing", "title", {"key": "title"})


def _reading(profile: Profile) -> Iterator[ProfileFault]:
    for place, name in enumerate(profile.reading.encodings, start=1):
        try:
            is_text = codecs.lookup(name)._is_text_encoding
        except (LookupError, ValueError):
            is_text = False
        if not is_text:
            at = f"reading.encodings[{place}]"
            yield ProfileFault("encoding_unknown", at, {"value": name})


def _identity(profile: Profile) -> Iterator[ProfileFault]:
    identity = profile.identity
    if not identity.number and not identity.columns:
        yield ProfileFault("identity_missing", "identity")
    if identity.columns and not identity.system:
        yield ProfileFault("key_missing", "identity.system", {"key": "system"})
    if identity.version and not identity.number:
        yield ProfileFault("key_missing", "identity.number", {"key": "number"})


def _languages(profile: Profile) -> Iterator[ProfileFault]:
    yield from _language(profile.language.default, "language.default")
    for said, tag in profile.language.values.items():
        if tag:
            yield from _language(tag, f"language.values.{said}")


def _language(tag: str, at: str) -> Iterator[ProfileFault]:
    if not is_language(tag) or language_tag(tag) != tag:
        yield ProfileFault("language_malformed", at, {"value": tag})


def _fields(profile: Profile, framework: Framework | None) -> Iterator[ProfileFault]:
    for place, rule in enumerate(profile.fields, start=1):
        at = f"fields[{place}]"
        if rule.to == OWN:
            continue
        if not (rule.columns or rule.value or (rule.each and rule.to.startswith("extra"))):
            yield ProfileFault("rule_empty", at)
        yield from _target(rule, at, framework)
        if rule.language:
            yield from _language(rule.language, f"{at}.language")
        for name, month in rule.months.items():
            if not 1 <= month <= 12:
                params = {"first": 1, "last": 12}
                yield ProfileFault("number_out_of_range", f"{at}.months.{name}", params)
        yield from _separators(rule.separators, at)
    if not any(rule.to in ("title", OWN) for rule in profile.fields):
        yield ProfileFault("title_rule_missing", "fields")


def _target(rule: FieldRule, at: str, framework: Framework | None) -> Iterator[ProfileFault]:
    kind, _, name = rule.to.partition(":")
    if not name and rule.to in PLAIN:
        if rule.to == SECTION and not rule.code_column:
            yield ProfileFault("key_missing", f"{at}.code_column", {"key": "code_column"})
        return
    if not name or kind not in (SECTION, "extra"):
        known = nearest(rule.to, (*PLAIN, "section:", "extra:"))
        yield ProfileFault("to_unknown", f"{at}.to", {"value": rule.to, "known": known})
    elif kind == "extra" and name in RESERVED:
        yield ProfileFault("to_reserved", f"{at}.to", {"value": name})
    elif kind == SECTION and framework and not _is_code(framework, SECTION, name):
        yield _code_unknown(framework, SECTION, name, f"{at}.to")


def _terms(profile: Profile, framework: Framework | None) -> Iterator[ProfileFault]:
    for place, rule in enumerate(profile.terms, start=1):
        at = f"terms[{place}]"
        if not (rule.columns or rule.constants):
            yield ProfileFault("rule_empty", at)
        yield from _separators(rule.separators, at)
        if framework and rule.scheme:
            yield from _term_codes(rule, at, framework)


def _term_codes(rule: TermRule, at: str, framework: Framework) -> Iterator[ProfileFault]:
    scheme = framework.schemes.get(rule.scheme)
    if scheme is None:
        params = {"value": rule.scheme, "known": nearest(rule.scheme, framework.schemes)}
        yield ProfileFault("scheme_unknown", f"{at}.scheme", params)
        return
    if not scheme.direct:
        yield ProfileFault("scheme_follows", f"{at}.scheme", {"value": rule.scheme})
    for said, code in rule.values.items():
        if code and not _is_code(framework, rule.scheme, code):
            yield _code_unknown(framework, rule.scheme, code, f"{at}.values.{said}")
    for place, code in enumerate(rule.constants, start=1):
        if not _is_code(framework, rule.scheme, code):
            yield _code_unknown(framework, rule.scheme, code, f"{at}.constants[{place}]")


def _organisations(profile: Profile, framework: Framework | None) -> Iterator[ProfileFault]:
    for place, rule in enumerate(profile.organisations, start=1):
        at = f"organisations[{place}]"
        if not (rule.name or rule.value or rule.number):
            yield ProfileFault("rule_empty", at)
        yield from _separators(rule.separators, at)
        for said, role in rule.roles.items():
            if role and role not in form.ROLES:
                params = {
                    "value": role,
                    "choices": ", ".join(form.ROLES),
                    "known": nearest(role, form.ROLES),
                }
                yield ProfileFault("not_choice", f"{at}.roles.{said}", params)
        if framework:
            yield from _types(rule, at, framework)


def _types(rule: OrganisationRule, at: str, framework: Framework) -> Iterator[ProfileFault]:
    for said, code in rule.types.items():
        if code and not _is_code(framework, TYPE, code):
            yield _code_unknown(framework, TYPE, code, f"{at}.types.{said}")


def _others(profile: Profile) -> Iterator[ProfileFault]:
    for place, link in enumerate(profile.links, start=1):
        if not link.columns:
            yield ProfileFault("rule_empty", f"links[{place}]")
        yield from _separators(link.separators, f"links[{place}]")
    for place, rule in enumerate(profile.identifiers, start=1):
        if not rule.columns:
            yield ProfileFault("rule_empty", f"identifiers[{place}]")
        if not (rule.system or rule.system_column):
            at = f"identifiers[{place}].system"
            yield ProfileFault("key_missing", at, {"key": "system"})


def _separators(stated: tuple[str, ...], at: str) -> Iterator[ProfileFault]:
    if "" in stated:
        yield ProfileFault("separator_empty", f"{at}.separators")


def _is_code(framework: Framework, scheme: str, code: str) -> bool:
    found = framework.schemes.get(scheme)
    return found is not None and found.has(code)


def _code_unknown(framework: Framework, scheme: str, code: str, at: str) -> ProfileFault:
    found = framework.schemes.get(scheme)
    known = nearest(code, found.codes()) if found else ""
    params = {"scheme": scheme, "value": code, "known": known}
    return ProfileFault("code_unknown", at, params)


def _paths(profile: Profile) -> Iterator[ProfileFault]:
    for at, path in paths_of(profile):
        try:
            Path.parse(path)
        except ValueError as error:
            yield ProfileFault("path_malformed", at, {"value": path, "reason": str(error)})


def paths_of(profile: Profile) -> Iterator[tuple[str, str]]:
    """Every path of a profile with its place, relative ones as they stand."""
    for name in ("recognises", "ignored"):
        for place, path in enumerate(getattr(profile, name), start=1):
            yield f"{name}[{place}]", path
    for table in form.TABLES:
        held = getattr(profile, table.name)
        if table.many:
            for place, one in enumerate(held, start=1):
                yield from _paths_of(table, one, f"{table.name}[{place}]")
        else:
            yield from _paths_of(table, held, table.name)


def _paths_of(table: Table, one: Any, at: str) -> Iterator[tuple[str, str]]:
    for name, key in table.keys.items():
        value = getattr(one, name)
        if key.kind is Kind.PATH and value:
            yield f"{at}.{name}", value.replace(VALUE, "x")
        elif key.kind is Kind.PATHS:
            yield from ((f"{at}.{name}[{n}]", path) for n, path in enumerate(value, start=1))
        elif key.kind is Kind.PATH_MAP and isinstance(value, Mapping):
            yield from ((f"{at}.{name}.{part}", path) for part, path in value.items())
        elif key.kind is Kind.LIST_MAP and isinstance(value, Mapping):
            yield from ((f"{at}.{name}.{path}", path) for path in value)
