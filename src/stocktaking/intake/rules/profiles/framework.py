"""The framework as a mapping needs it: what a foreign word means in a scheme, if anything."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

COUNTRY = "country"
TYPE = "stakeholder"  # of types of organisation
SECTION = "section"
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Term:
    """``names`` are its titles and short titles in all languages, and other official codes."""

    code: str
    names: tuple[str, ...] = ()
    assignable: bool = True


@dataclass(frozen=True)
class Scheme:
    """``names`` are its titles in all languages, by which columns are guessed."""

    slug: str
    terms: tuple[Term, ...]
    direct: bool = True
    many: bool = True
    names: tuple[str, ...] = ()
    _codes: dict[str, str] = field(init=False, repr=False, default_factory=dict)
    _names: dict[str, tuple[str, ...]] = field(init=False, repr=False, default_factory=dict)
    _headings: frozenset[str] = field(init=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        named: dict[str, dict[str, None]] = {}
        for term in self.terms:
            self._codes[key(term.code)] = term.code
            for name in term.names:
                named.setdefault(key(name), {})[term.code] = None
        self._names.update((name, tuple(codes)) for name, codes in named.items())
        headings = frozenset(term.code for term in self.terms if not term.assignable)
        object.__setattr__(self, "_headings", headings)

    def codes(self) -> tuple[str, ...]:
        return tuple(term.code for term in self.terms)

    def has(self, code: str) -> bool:
        """Whether a term has exactly this code."""
        return self._codes.get(key(code)) == code

    def is_heading(self, code: str) -> bool:
        return code in self._headings

    def means(self, said: str) -> tuple[str, ...]:
        """The codes that a word stands for: of a code, else of a name in any language.

        None or several: the word means no single term.
        """
        said = key(said)
        code = self._codes.get(said)
        return (code,) if code is not None else self._names.get(said, ())


@dataclass(frozen=True)
class Framework:
    """Schemes by slug, the retired ones too: old entries may be stated with them."""

    schemes: Mapping[str, Scheme]

    @classmethod
    def of(cls, schemes: Iterable[Scheme]) -> "Framework":
        return cls({scheme.slug: scheme for scheme in schemes})

    def means(self, scheme: str, said: str) -> tuple[str, ...]:
        found = self.schemes.get(scheme)
        return found.means(said) if found else ()


def key(said: str) -> str:
    """What two spellings of the same words share: case, width of letters, blanks and the form of
    apostrophes make no difference."""
    composed = unicodedata.normalize("NFKC", said).translate(_APOSTROPHES)
    return _SPACE.sub(" ", composed).strip().casefold()
