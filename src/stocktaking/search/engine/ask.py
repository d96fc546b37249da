"""From clauses to queries of the index.

Two queries come out of one question: ``match`` says which documents, as cheaply as possible
(it counts and feeds the facets), ``ranked`` finds the same documents and weighs them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import tantivy
from tantivy import Occur

from stocktaking.kernel.text.analysis import LONGEST
from stocktaking.kernel.text.characters import RUN
from stocktaking.kernel.text.languages import ANY_STOP_WORD
from stocktaking.kernel.text.normalise import fold
from stocktaking.kernel.text.stems import all_stems
from stocktaking.kernel.text.words import Word, is_elided, letters_and_digits, words
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.rules.language import Clause

IN_TITLE = 2.0  # a title's stem, besides its share in ``stems``
EXACT_IN_TITLE = 1.0
EXACT = 0.4
TOGETHER = 1.5  # the words stand side by side, as they were typed

Weighed = list[tuple[tantivy.Query, float]]


@dataclass
class Wanted:
    """What snippets mark."""

    terms: set[str] = field(default_factory=set)
    unspaced: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.terms or self.unspaced or self.prefixes)


@dataclass
class Atom:
    """One clause as queries. ``word`` is set for a plain word, which may be misspelt."""

    match: tantivy.Query
    ranked: Weighed
    clause: Clause
    word: str = ""
    optional: bool = False


class Questioner:
    """Builds queries against one snapshot, whose dictionary decides what is worth asking."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.wanted = Wanted()
        self._term = partial(tantivy.Query.term_query, snapshot.schema)

    def atoms(self, clauses: Sequence[Clause]) -> list[Atom]:
        return [atom for clause in clauses for atom in self._of_clause(clause)]

    def frequency(self, field_name: str, term: str) -> int:
        return self.snapshot.searcher.doc_freq(field_name, term)

    def _of_clause(self, clause: Clause) -> list[Atom]:
        if clause.form == "prefix":
            return self._prefix(clause)
        found = [word for word in words(clause.text) if word.folded]
        if clause.form == "phrase":
            return [self._phrase(clause, found)] if found else []
        return [atom for group in _groups(found) for atom in self._group(clause, group)]

    def _group(self, clause: Clause, group: list[Word]) -> list[Atom]:
        if group[0].unspaced:
            return self._unspaced(clause, group)
        if len(group) > 1:
            return [self._joined(clause, group)]
        return [self._word(clause, group[0])]

    def _fields(self, clause: Clause) -> tuple[str, str]:
        prefix = f"{clause.scope}_" if clause.scope else ""
        return f"{prefix}stems", f"{prefix}words"

    def _want(self, clause: Clause, *terms: str) -> None:
        if not clause.negative:
            self.wanted.terms.update(terms)

    def _word(self, clause: Clause, word: Word) -> Atom:
        stems_field, words_field = self._fields(clause)
        exact = word.folded[:LONGEST]
        variants = [stem[:LONGEST] for stem in all_stems(word.text)]
        self._want(clause, exact, *variants)
        known = [stem for stem in variants if self.frequency(stems_field, stem)]
        alternatives = [self._term(stems_field, stem, "basic") for stem in known]
        ranked: Weighed = [(self._term(stems_field, stem, "freq"), 1.0) for stem in known]
        if not clause.scope:
            ranked += [
                (self._term("title_stems", stem, "freq"), IN_TITLE)
                for stem in known
                if self.frequency("title_stems", stem)
            ]
            ranked += self._exact(exact)
        if pieces := letters_and_digits(exact):
            side_by_side = self._sequence(words_field, list(pieces))
            alternatives.append(side_by_side)
            ranked.append((side_by_side, 1.0))
        return Atom(any_of(alternatives), ranked, clause, exact, exact in ANY_STOP_WORD)

    def _exact(self, exact: str) -> Weighed:
        found: Weighed = []
        if self.frequency("words", exact):
            found.append((self._term("words", exact, "freq"), EXACT))
        if self.frequency("title_words", exact):
            found.append((self._term("title_words", exact, "freq"), EXACT_IN_TITLE))
        return found

    def _joined(self, clause: Clause, group: list[Word]) -> Atom:
        """``e-health``: these words side by side, or written as one."""
        stems_field, words_field = self._fields(clause)
        pieces = [word.folded[:LONGEST] for word in group]
        compound = "".join(pieces)[:LONGEST]
        variants = [stem[:LONGEST] for stem in all_stems(compound)]
        self._want(clause, compound, *variants, *(piece for piece in pieces if len(piece) > 1))
        queries = [self._sequence(words_field, pieces)]
        queries += [
            self._term(stems_field, stem, "freq")
            for stem in variants
            if self.frequency(stems_field, stem)
        ]
        return Atom(any_of(queries), [(query, 1.0) for query in queries], clause)

    def _unspaced(self, clause: Clause, group: list[Word]) -> list[Atom]:
        """Every pair of characters is required; the whole run in its order ranks higher."""
        stems_field, words_field = self._fields(clause)
        pairs = list(dict.fromkeys(word.folded for word in group))
        if not clause.negative:
            self.wanted.unspaced.update(pairs, (word.text for word in group))
        atoms = []
        for pair in pairs:
            term = self._term(stems_field, pair, "freq")
            ranked: Weighed = [(term, 1.0)]
            if not clause.scope and self.frequency("title_stems", pair):
                ranked.append((self._term("title_stems", pair, "freq"), IN_TITLE))
            atoms.append(Atom(term, ranked, clause))
        if len(pairs) > 1:
            whole = self._sequence(words_field, [word.folded for word in group])
            if clause.negative:
                return [Atom(whole, [], clause)]
            atoms[0].ranked.append((whole, TOGETHER))
        return atoms

    def _phrase(self, clause: Clause, found: list[Word]) -> Atom:
        _, words_field = self._fields(clause)
        exact = [word.folded[:LONGEST] for word in found]
        if not clause.negative:
            self.wanted.unspaced.update(word.text for word in found if word.unspaced)
        self._want(clause, *(w.folded[:LONGEST] for w in found if not w.unspaced))
        query = self._sequence(words_field, exact)
        ranked: Weighed = [(query, 1.0)]
        if not clause.scope:
            ranked.append((self._sequence("title_words", exact), IN_TITLE))
        return Atom(query, ranked, clause)

    def _prefix(self, clause: Clause) -> list[Atom]:
        _, words_field = self._fields(clause)
        run = RUN.search(clause.text)
        prefix = fold(run[0])[:LONGEST] if run else ""
        if not prefix:
            return []
        if not clause.negative:
            self.wanted.prefixes.add(prefix)
        pattern = f"{re.escape(prefix)}.*"
        query = tantivy.Query.regex_query(self.snapshot.schema, words_field, pattern)
        return [Atom(query, [(query, 1.0)], clause)]

    def _sequence(self, field_name: str, terms: list[str]) -> tantivy.Query:
        if len(terms) == 1:
            return self._term(field_name, terms[0], "freq")
        return tantivy.Query.phrase_query(self.snapshot.schema, field_name, list(terms))

    def together(self, atoms: Sequence[Atom]) -> tantivy.Query | None:
        """The typed words side by side, where there are several of them."""
        terms = [atom.word for atom in atoms if atom.word and not atom.clause.scope]
        if len(terms) < 2 or len(terms) != len(atoms):
            return None
        return self._sequence("words", terms)


def _groups(found: list[Word]) -> list[list[Word]]:
    """Words that belong together: joined by a hyphen, or neighbours without a space."""
    groups: list[list[Word]] = []
    for word in found:
        if groups and _continues(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [
        group[1:] if len(group) > 1 and is_elided(group[0], group[1]) else group for group in groups
    ]


def _continues(before: Word, word: Word) -> bool:
    if word.unspaced:
        return before.unspaced and word.start < before.end
    return word.joined != "" and not before.unspaced


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if not queries:
        return tantivy.Query.empty_query()
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(
    queries: Sequence[tantivy.Query], without: Sequence[tantivy.Query] = ()
) -> tantivy.Query:
    """Documents in all of these and in none of those (``queries`` is not empty)."""
    if len(queries) == 1 and not without:
        return queries[0]
    return tantivy.Query.boolean_query(
        [(Occur.Must, query) for query in queries] + [(Occur.MustNot, query) for query in without]
    )


def weighed(pairs: Weighed) -> tantivy.Query:
    return any_of(
        [q if weight == 1.0 else tantivy.Query.boost_query(q, weight) for q, weight in pairs]
    )


def silent(query: tantivy.Query) -> tantivy.Query:
    """A condition that does not change the order."""
    return tantivy.Query.const_score_query(query, 0.0)
