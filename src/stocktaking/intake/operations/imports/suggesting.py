"""What a trial tells of records that name no line or no goal: which ones their texts speak for.

It is told, and nothing is set: neither by the trial nor by the import after it.
"""

from stocktaking.entries.rules.values import EntryValues
from stocktaking.insight.queries.suggestion import Suggestions, suggested_terms
from stocktaking.kernel.reading import Note
from stocktaking.reference.queries import catalogue

FIRST = 1000  # places of a file; of a long one they show what suggestions are worth
WORDS = 3  # that are told of each term


def suggested_notes(values: EntryValues, place: int) -> list[Note]:
    """One note for each scheme of the grid that the record leaves out, where its texts say
    enough."""
    grid = catalogue().grid()
    if grid is None or place > FIRST:
        return []
    stated = {term.scheme for term in values.terms}
    missing = [axis.slug for axis in (grid.rows, grid.columns) if axis.slug not in stated]
    if not missing:
        return []
    found = suggested_terms(_texts(values), schemes=missing)
    return [_note(one) for one in found if one.found]


def _note(found: Suggestions) -> Note:
    terms = " ".join(one.term.code for one in found.found)
    words = dict.fromkeys(word for one in found.found for word in one.words[:WORDS])
    params = {"scheme": found.scheme.slug, "terms": terms, "words": " · ".join(words)}
    return Note("terms_suggested", "", params)


def _texts(values: EntryValues) -> list[tuple[str, str]]:
    titles = [(one.language, one.title) for one in values.texts]
    summaries = [(one.language, one.summary) for one in values.texts]
    return titles + summaries + [(one.language, one.text) for one in values.sections]
