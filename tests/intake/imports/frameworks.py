"""The framework that the package brings, as mappings look words up in it; no database."""

from functools import cache
from pathlib import Path

from stocktaking.intake.rules.profiles.framework import Framework, Scheme, Term
from stocktaking.reference import frameworks
from stocktaking.reference.rules.framework import SchemeFile, TermFile
from stocktaking.reference.rules.reading import read

FOLDER = Path(frameworks.__file__).parent / "wsis"


@cache
def wsis() -> Framework:
    stated, faults = read(FOLDER)
    assert stated is not None, faults
    return Framework.of(map(_scheme, stated.schemes))


def _scheme(stated: SchemeFile) -> Scheme:
    names = dict.fromkeys([*stated.title.values(), *stated.plural.values()])
    terms = tuple(map(_term, stated.terms))
    return Scheme(stated.slug, terms, stated.direct, stated.many, tuple(names))


def _term(stated: TermFile) -> Term:
    codes = [str(stated.facts[name]) for name in ("alpha3", "numeric") if name in stated.facts]
    names = dict.fromkeys([*codes, *stated.title.values(), *stated.short.values()])
    return Term(stated.code, tuple(names), stated.assignable)
