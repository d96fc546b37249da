"""What a request wants side by side: entries, or countries, or regions; and what it left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.http import HttpRequest
from django.utils.http import urlencode

from stocktaking.insight.queries.by_place import COUNTRY, REGION, facet_of
from stocktaking.kernel.text.normalise import name_key
from stocktaking.reference.queries import SchemeView, TermView, catalogue
from stocktaking.search.rules.parameters import SHOWN_MAX, Asked, Pair, tidy
from stocktaking.web.facets import Filters
from stocktaking.web.places import Asking, read

ENTRY = "entry"
MOST_READ = 50  # values of one request that are looked at


@dataclass(frozen=True)
class Subjects:
    """What is put side by side, in the order given: ``values`` are numbers of entries, or codes.

    ``kind`` is entry, country or region; "" where nothing is named. ``unknown`` are words that
    name nothing, ``beside`` is what is named and of another kind.
    """

    kind: str
    values: tuple[str, ...]
    asking: Asking
    unknown: tuple[str, ...] = ()
    beside: tuple[str, ...] = field(default=())

    @property
    def parameter(self) -> str:
        return ENTRY if self.kind == ENTRY else facet_of(self.kind or COUNTRY, self.asking.basis)

    @property
    def kept(self) -> list[Pair]:
        """The filters and the side, which forms and links carry along."""
        if self.kind == ENTRY:
            return []
        return [*self.others, *self.asking.side]

    @property
    def others(self) -> list[Pair]:
        """The filters besides the places that are compared."""
        return [pair for pair in self.asking.pairs if pair[0] != self.parameter]

    def address(self, base: str, values: Sequence[str] | None = None) -> str:
        """The same with these values; the order is kept, for it is that of the columns."""
        chosen = self.values if values is None else values
        pairs = [(self.parameter, value) for value in chosen]
        found = [*pairs, *sorted(self.kept)]
        return f"{base}?{urlencode(found)}" if found else base


def subjects(request: HttpRequest, known: Filters) -> Subjects:
    """What a request names. Entries come before countries, countries before regions."""
    asking = read(request, known)
    entries = _given(request, ENTRY)
    asking = replace(asking, question=_told_without(asking.question, ENTRY))
    named = {kind: _given(request, facet_of(kind, asking.basis)) for kind in (COUNTRY, REGION)}
    if entries:
        numbers = [_number(said) for said in entries]
        return Subjects(
            ENTRY,
            tuple(dict.fromkeys(filter(None, numbers))),
            asking,
            tuple(said for said, number in zip(entries, numbers, strict=True) if not number),
            tuple(kind for kind, said in named.items() if said),
        )
    kind = next((one for one, said in named.items() if said), "")
    if not kind:
        return Subjects("", (), asking)
    scheme = catalogue().scheme(kind)
    terms = [term_named(scheme, said) for said in named[kind]]
    facet = facet_of(kind, asking.basis)
    # ``without`` forgets what was left out
    question = replace(asking.question.without(facet), ignored=asking.question.ignored)
    return Subjects(
        kind,
        tuple(dict.fromkeys(term.code for term in terms if term)),
        replace(asking, question=_told_without(question, facet)),
        tuple(said for said, term in zip(named[kind], terms, strict=True) if not term),
    )


def term_named(scheme: SchemeView | None, said: str) -> TermView | None:
    """The term that is meant: by its code, or by its name in any language."""
    if scheme is None:
        return None
    if (term := scheme.get(said)) is not None:
        return term if term.assignable else None
    wanted = name_key(said)
    for one in scheme if wanted else ():
        if any(name_key(name) == wanted for name in (*one.title.values(), *one.short.values())):
            return one
    return None


def _given(request: HttpRequest, name: str) -> list[str]:
    """The values of a parameter; empty ones are what untouched fields send."""
    said = (tidy(value)[:SHOWN_MAX] for value in request.GET.getlist(name)[:MOST_READ])
    return list(dict.fromkeys(filter(None, said)))


def _number(said: str) -> str:
    plain = said.isascii() and said.isdigit() and len(said) <= 18
    return str(int(said)) if plain and int(said) else ""


def _told_without(question: Asked, name: str) -> Asked:
    """What is read here is not told as a filter that nobody knows."""
    left = tuple(one for one in question.ignored if one.name != name)
    return replace(question, ignored=left)
