"""Records that name no line or no goal: which ones their texts speak for.

A trial tells it. Nothing is set, neither by the trial nor by the import after it, unless the
profile asks for it: then new entries get these terms, as suggested.
"""

from collections.abc import Iterable, Mapping, Sequence

from stocktaking.entries.operations.surroundings import holders_of
from stocktaking.entries.rules.values import EntryValues, TermValue
from stocktaking.entries.states import Basis
from stocktaking.insight.queries.suggestion import Suggestions, suggested_terms
from stocktaking.intake.rules.profiles.mapped import Mapped
from stocktaking.kernel.reading import Note, Record
from stocktaking.reference.queries import catalogue

FIRST = 1000  # places of a file; of a long one they show what suggestions are worth
WORDS = 3  # that are told of each term


def spoken_for(values: EntryValues) -> list[Suggestions]:
    """What the texts speak for, of each scheme of the grid that the record leaves out."""
    grid = catalogue().grid()
    if grid is None:
        return []
    stated = {term.scheme for term in values.terms}
    missing = [axis.slug for axis in (grid.rows, grid.columns) if axis.slug not in stated]
    return [one for one in suggested_terms(_texts(values), schemes=missing) if one.found]


def suggested_by_place(
    pairs: Sequence[tuple[Record, Mapped]],
) -> Mapping[int, Sequence[Suggestions]]:
    """The same for the records of a chunk that no entry is there for, by their places."""
    held = holders_of([one.values for _, one in pairs if one.values is not None])
    found = {}
    for record, mapped in pairs:
        if mapped.values is None or mapped.number is not None or mapped.faults:
            continue
        own = {(one.system, one.value) for one in mapped.values.identifiers}
        if held.keys().isdisjoint(own):
            found[record.place] = spoken_for(mapped.values)
    return found


def terms_of(found: Iterable[Suggestions]) -> tuple[TermValue, ...]:
    """The terms that a new entry gets."""
    return tuple(
        TermValue(one.scheme.slug, suggestion.term.code, Basis.SUGGESTED)
        for one in found
        for suggestion in (one.found if one.scheme.many else one.found[:1])
    )


def suggested_notes(found: Iterable[Suggestions], *, brought_in: bool = False) -> list[Note]:
    """One note for each scheme."""
    return [_note(one, "terms_brought_in" if brought_in else "terms_suggested") for one in found]


def _note(found: Suggestions, code: str) -> Note:
    terms = " ".join(one.term.code for one in found.found)
    words = dict.fromkeys(word for one in found.found for word in one.words[:WORDS])
    params = {"scheme": found.scheme.slug, "terms": terms, "words": " · ".join(words)}
    return Note(code, "", params)


def _texts(values: EntryValues) -> list[tuple[str, str]]:
    titles = [(one.language, one.title) for one in values.texts]
    summaries = [(one.language, one.summary) for one in values.texts]
    return titles + summaries + [(one.language, one.text) for one in values.sections]
