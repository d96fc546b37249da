"""The present framework as mappings look words up in it."""

from stocktaking.intake.rules.profiles.framework import Framework, Scheme, Term
from stocktaking.reference.queries import Catalogue, SchemeView, TermView, catalogue

# codes of countries besides our own: ISO 3166-1 alpha-3 and numeric
_CODES = ("alpha3", "numeric")


def framework(known: Catalogue | None = None) -> Framework:
    """All schemes with the codes and names of their terms in every language."""
    return Framework.of(map(_scheme, (known or catalogue()).schemes.values()))


def _scheme(view: SchemeView) -> Scheme:
    names = dict.fromkeys([*view.title.values(), *view.plural.values()])
    return Scheme(
        view.slug,
        tuple(map(_term, view.terms)),
        direct=view.direct,
        many=view.many,
        names=tuple(names),
    )


def _term(view: TermView) -> Term:
    codes = (str(view.facts[name]) for name in _CODES if view.facts.get(name))
    names = dict.fromkeys([*codes, *view.title.values(), *view.short.values()])
    return Term(view.code, tuple(names), view.assignable)
