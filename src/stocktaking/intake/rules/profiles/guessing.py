"""A first profile for a file that nobody knows: a proposal for a person, never used unseen.

Columns are told by their heads in six languages, then by what stands in their first rows. What
is not clear stays unread, so that it is seen.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from stocktaking.intake.rules.profiles import samples
from stocktaking.intake.rules.profiles.column_names import (
    PARTS,
    PERSONAL,
    folded,
    likeness,
    without_language,
)
from stocktaking.intake.rules.profiles.framework import COUNTRY, Framework, Scheme
from stocktaking.intake.rules.profiles.model import (
    FieldRule,
    Identity,
    LanguageRule,
    LinkRule,
    OrganisationRule,
    Profile,
    TermRule,
)
from stocktaking.kernel.reading import FileKind, Head, Reading
from stocktaking.kernel.reading.paths import TEXT
from stocktaking.kernel.text import languages

SURE, LIKELY = 0.9, 0.45  # likeness from which a head is believed, alone and with its samples
SLUG = "new-profile"
_DATES = ("start", "end")
_BODIES = ("owner", "partner", "funder", "implementer")
_TITLES = {
    "ar": "ملف تعريف جديد",
    "en": "New profile",
    "es": "Perfil nuevo",
    "fr": "Nouveau profil",
    "ru": "Новый профиль",
    "zh": "新的导入规则",
}
_LEAVES = ("name", "narrative", "title", "text", "value")  # what stands for the object it is of
_LOOKED_AT = 300  # columns; nobody wants a proposal for more
_SAMPLED = 0.8  # share of the samples that must be terms where the head says nothing


def guess(head: Head, framework: Framework) -> Profile:
    """A profile that may be incomplete: ``checking.check`` says what a person must add."""
    guessed = _Guess(head, framework)
    return Profile(
        slug=SLUG,
        version=1,
        title=_TITLES,
        reading=_reading(head),
        identity=guessed.identity(),
        language=guessed.language(),
        fields=tuple(guessed.fields()),
        terms=tuple(guessed.terms()),
        organisations=tuple(guessed.organisations()),
        links=tuple(guessed.links()),
        ignored=tuple(guessed.personal),
    )


def _reading(head: Head) -> Reading:
    record = head.record if head.kind is FileKind.XML else ""
    return Reading(kind=head.kind, record=record, sheet=head.sheet if len(head.sheets) > 1 else "")


class _Guess:
    """The columns of a file, each with what it most likely is."""

    def __init__(self, head: Head, framework: Framework) -> None:
        self.head, self.framework = replace(head, columns=head.columns[:_LOOKED_AT]), framework
        self.phrases = {**_of_schemes(framework), **PARTS}
        self.personal = [name for name in self.head.columns if _is_personal(name)]
        self.found: dict[str, list[str]] = {}
        self.used: set[str] = set(self.personal)
        for name in self.head.columns:
            if name not in self.used and (part := self._part(name)):
                self.found.setdefault(part, []).append(name)

    def _part(self, name: str) -> str:
        """The part of an entry that a head most likely means, or ""."""
        words, language = without_language(_head(name))
        if not words:
            return ""
        ranked = {part: likeness(words, phrases) for part, phrases in self.phrases.items()}
        if language:
            ranked["language"] = 0.0
        best = max(ranked, key=lambda part: ranked[part])
        if ranked[best] >= SURE or (ranked[best] >= LIKELY and self._fits(name, best)):
            return best
        return ""

    def _fits(self, name: str, part: str) -> bool:
        """Whether the samples speak for what the head probably means."""
        said = self.head.samples.get(name, ())
        if not said:
            return False
        if part in _DATES:
            return samples.dates(said)
        if part == "website":
            return samples.addresses(said)
        if scheme := self.framework.schemes.get(part):
            return samples.share(said, scheme) > 0
        if part == "id":
            return len(set(said)) == len(said) and all(len(one) <= 100 for one in said)
        return part != "licence" and not samples.addresses(said) and not samples.dates(said)

    def _take(self, part: str) -> str:
        """The first column of a part, and marks it as used."""
        names = [name for name in self.found.get(part, ()) if name not in self.used]
        if not names:
            return ""
        self.used.add(names[0])
        return names[0]

    def identity(self) -> Identity:
        name = self._take("id")
        return Identity(system=SLUG, columns=(name,)) if name else Identity()

    def language(self) -> LanguageRule:
        name = self._take("language")
        text = " ".join(
            one
            for part in ("title", "summary", "section:description")
            for column in self.found.get(part, ())[:1]
            for one in self.head.samples.get(column, ())
        )
        return LanguageRule((name,) if name else (), default=languages.guess(text) or "en")

    def fields(self) -> Iterator[FieldRule]:
        for part in PARTS:
            if part in ("title", "summary") or part.startswith("section:"):
                yield from self._texts(part)
        for part in _DATES:
            if name := self._take(part):
                said = self.head.samples.get(name, ())
                yield FieldRule(part, (name,), order=samples.order(said))
        for part in ("website", "licence"):
            if name := self._take(part):
                yield FieldRule(part, (name,))

    def _texts(self, part: str) -> Iterator[FieldRule]:
        """One rule per language that the heads name, one for the language of the record."""
        seen: set[str] = set()
        for name in self.found.get(part, ()):
            language = without_language(_head(name))[1]
            if name not in self.used and language not in seen:
                seen.add(language)
                self.used.add(name)
                if self.head.kind is FileKind.XML:
                    yield FieldRule(part, (TEXT,), each=name, language_column="@lang")
                else:
                    yield FieldRule(part, (name,), language=language)

    def terms(self) -> Iterator[TermRule]:
        schemes = {slug: one for slug, one in self.framework.schemes.items() if one.direct}
        for slug in list(schemes):
            if name := self._take(slug):
                yield self._term_rule(name, schemes.pop(slug))
        for name in self.head.columns:
            found = self._by_samples(name, schemes) if name not in self.used else None
            if found is not None:
                yield self._term_rule(name, schemes.pop(found.slug))

    def _by_samples(self, name: str, schemes: Mapping[str, Scheme]) -> Scheme | None:
        """The scheme whose terms stand in a column whose head says nothing."""
        said = self.head.samples.get(name, ())
        if any(one.isdigit() for one in said) or any(name in one for one in self.found.values()):
            return None  # numbers are terms of many schemes
        ranked = {slug: samples.share(said, one) for slug, one in schemes.items()}
        best = max(ranked, key=lambda slug: ranked[slug], default="")
        if not best or ranked[best] < _SAMPLED or not samples.several(said, schemes[best]):
            return None
        return schemes[best]

    def _term_rule(self, name: str, scheme: Scheme) -> TermRule:
        self.used.add(name)
        separators = samples.separators(self.head.samples.get(name, ()), scheme)
        return TermRule(scheme.slug, (name,), separators=separators)

    def organisations(self) -> Iterator[OrganisationRule]:
        country, kind = self._take("organisation_country"), self._take("organisation_type")
        if (name := self._take("bodies")) and "." in name:
            each, _, last = name.rpartition(".")
            role = "role" if f"{each}.role" in self.head.columns else ""
            yield OrganisationRule("partner", role_column=role, each=each, name=last)
        for role in _BODIES:
            name = self._take(role)
            if not name:
                continue
            parent, _, last = name.rpartition(".")
            if parent:
                yield OrganisationRule(role, each=parent, name=last)
            elif role == "owner":
                yield OrganisationRule(role, name=name, country=country, type=kind)
            else:
                said = self.head.samples.get(name, ())
                yield OrganisationRule(role, name=name, separators=samples.lists(said))

    def links(self) -> Iterator[LinkRule]:
        for name in self.head.columns:
            if (
                name not in self.used
                and "@" not in name
                and samples.addresses(self.head.samples.get(name, ()))
            ):
                self.used.add(name)
                yield LinkRule(columns=(name,), faulty="report")


def _head(name: str) -> str:
    """What of a column tells what it is: of ``partners.name`` the partners, of ``title.en`` all;
    nothing of what lies deeper."""
    start, dot, last = name.rpartition(".")
    if not dot:
        start, sign, last = name.partition("@")
        if not sign or not start:
            return last if sign else name
        return start if last == "code" else ""
    if "." in start or "@" in last:
        return ""
    if folded(last) in _LEAVES:
        return start
    return name if without_language(f"x {last}")[1] else ""


def _is_personal(name: str) -> bool:
    words = folded(name)
    return words in PERSONAL or folded(name.rpartition(".")[2]) in PERSONAL


def _of_schemes(framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """The names of each scheme of the framework as phrases."""
    return {
        slug: _unique(map(folded, (slug, *scheme.names)))
        for slug, scheme in framework.schemes.items()
        if scheme.direct and slug != COUNTRY
    }


def _unique(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))
