"""Terms that the texts in the editor speak for; the editor ticks, or does not."""

from dataclasses import dataclass

from stocktaking.insight.queries.suggestion import Suggestions, suggested_terms
from stocktaking.web.forms.entry import EntryEditor
from stocktaking.web.forms.entry_texts import section_terms

SUGGEST = "suggest"  # the button


@dataclass(frozen=True)
class Offered:
    """What was suggested; ``ticked`` are the boxes that stand in the form, ``scheme-code``."""

    schemes: list[Suggestions]
    ticked: frozenset[str]
    read: bool

    @property
    def any(self) -> bool:
        return any(one.found for one in self.schemes)


def suggested_in(act: str, editor: EntryEditor, number: int | None) -> Offered | None:
    """None where nobody asked. ``number`` is that of the entry, which is no example of itself."""
    if act != SUGGEST:
        return None
    texts = _texts(editor)
    ticked = {row.key for block in editor.terms.topics for row in block.chosen}
    return Offered(suggested_terms(texts, without=number), frozenset(ticked), bool(texts))


def _texts(editor: EntryEditor) -> list[tuple[str, str]]:
    """What is typed, saved or not, by language; titles first."""
    found: dict[str, list[tuple[str, str]]] = {}
    names = ("title", "summary", *(f"section-{term.code}" for term in section_terms()))
    for form in editor.texts.forms:
        language = str(form.typed("language") or "")
        for name in names:
            if text := str(form.typed(name) or "").strip():
                found.setdefault(name, []).append((language, text))
    return [pair for name in names for pair in found.get(name, ())]
