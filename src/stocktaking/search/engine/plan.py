"""One question made ready: which documents match, how they are ranked, what is marked.

All words are required first. Where that finds nothing, misspelt words are put right; where
that finds nothing either, any of the words will do and the ranking sorts it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import tantivy
from tantivy import Occur

from stocktaking.search.engine.ask import (
    TOGETHER,
    Atom,
    Questioner,
    Wanted,
    all_of,
    any_of,
    silent,
    weighed,
)
from stocktaking.search.engine.filters import facet_filters, range_filters
from stocktaking.search.engine.reader import Snapshot
from stocktaking.search.engine.suggest import correction, replaced
from stocktaking.search.rules.language import Asked, Clause, parse
from stocktaking.search.rules.values import Query

FEW = 3  # fewer results than this make a "did you mean" worth offering


@dataclass
class Plan:
    """``required`` are conditions without rank; ``facets`` those by facet, one each."""

    asked: Asked
    wanted: Wanted
    texts: list[tantivy.Query]  # what the words ask for, for counting
    ranked: tantivy.Query | None
    without: list[tantivy.Query]
    conditions: list[tantivy.Query]
    facets: dict[str, tantivy.Query]
    suggestion: str | None = None
    problems: tuple[str, ...] = ()  # those of the question, and ``any_word``
    several: bool = False  # more than one word is required, or would be

    def match(self, *, leaving_out: str | None = None) -> tantivy.Query:
        """Every document that answers, or would without the filter of one facet."""
        facets = [query for slug, query in self.facets.items() if slug != leaving_out]
        return all_of([*self.texts, *facets, *self.conditions], self.without)

    def ranking(self) -> tantivy.Query:
        if self.ranked is None:
            return self.match()
        silenced = [silent(query) for query in (*self.facets.values(), *self.conditions)]
        return all_of([self.ranked, *silenced], self.without)


def plan(snapshot: Snapshot, query: Query) -> Plan:
    """The question as it was asked: every word is required."""
    return _planned(snapshot, query, parse(query.text), every=True)


def mended(snapshot: Snapshot, query: Query, made: Plan, total: int) -> Plan:
    """A better plan where this one finds few: with a suggestion, or with other words."""
    if made.ranked is None or total >= FEW:
        return made
    asked = made.asked
    suggestion, clauses = _put_right(snapshot, asked)
    if total:
        made.suggestion = suggestion
        return made
    right = _planned(snapshot, query, replace(asked, clauses=clauses), every=True)
    if suggestion is None or not _finds(snapshot, right):
        right = _planned(snapshot, query, replace(asked, clauses=clauses), every=False)
        if right.several and _finds(snapshot, right):
            right.problems += ("any_word",)
    right.suggestion = suggestion if suggestion and _finds(snapshot, right) else None
    return right


def _finds(snapshot: Snapshot, made: Plan) -> bool:
    return bool(snapshot.searcher.search(made.match(), 1, count=False).hits)


def _planned(snapshot: Snapshot, query: Query, asked: Asked, *, every: bool) -> Plan:
    questioner = Questioner(snapshot)
    atoms = questioner.atoms(asked.clauses)
    without = [atom.match for atom in atoms if atom.clause.negative]
    positive = [atom for atom in atoms if not atom.clause.negative]
    needed = [atom for atom in positive if not atom.optional] or positive
    conditions = range_filters(snapshot, query)
    if not positive or set(snapshot.state.kinds) - {query.kind}:
        conditions.append(tantivy.Query.term_query(snapshot.schema, "kind", query.kind, "basic"))
    texts = [atom.match for atom in needed]
    if texts and not every:
        texts = [any_of(texts)]
    return Plan(
        asked=asked,
        wanted=questioner.wanted,
        texts=texts,
        ranked=_ranked(questioner, needed, every=every) if needed else None,
        without=without,
        conditions=conditions,
        facets=facet_filters(snapshot, query),
        problems=asked.problems,
        several=len(needed) > 1,
    )


def _ranked(questioner: Questioner, atoms: Sequence[Atom], *, every: bool) -> tantivy.Query:
    if len(atoms) == 1 or not every:
        # one flat union lets the index skip documents that cannot reach the first page
        return weighed([pair for atom in atoms for pair in atom.ranked])
    parts = [(Occur.Must, weighed(atom.ranked)) for atom in atoms]
    together = questioner.together(atoms)
    if together is not None:
        parts.append((Occur.Should, tantivy.Query.boost_query(together, TOGETHER)))
    return tantivy.Query.boolean_query(parts)


def _put_right(snapshot: Snapshot, asked: Asked) -> tuple[str | None, tuple[Clause, ...]]:
    """The question with its doubtful words replaced, as text and as clauses."""
    corrections: dict[str, str] = {}
    clauses = []
    for clause in asked.clauses:
        better = None
        if clause.form == "word" and not clause.negative:
            better = correction(snapshot, clause.text)
        if better:
            corrections[clause.text] = better
            clauses.append(replace(clause, text=better))
        else:
            clauses.append(clause)
    if not corrections:
        return None, asked.clauses
    return replaced(asked.text, corrections), tuple(clauses)
