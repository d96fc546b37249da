"""What the page of the editor shows besides the form: choices, names, headings."""

from dataclasses import dataclass
from typing import Any

from stocktaking.accounts.queries import organisation
from stocktaking.entries.queries.desk import collection_choices, source_choices
from stocktaking.files.queries import renditions
from stocktaking.kernel import languages
from stocktaking.reference.queries import catalogue
from stocktaking.web.forms.base import LANGUAGE_CHOICES
from stocktaking.web.forms.entry import EntryEditor, Offered
from stocktaking.web.forms.entry_terms import BASES, TermRow
from stocktaking.web.forms.schemes import COUNTRY, regions

TYPE_SCHEME = "stakeholder"


def offered() -> Offered:
    return Offered(
        sources=source_choices(),
        collections=collection_choices(),
        countries=_labels(COUNTRY),
        types=_labels(TYPE_SCHEME),
    )


def _labels(slug: str) -> list[tuple[str, str]]:
    scheme = catalogue().scheme(slug)
    return [(term.code, term.label()) for term in scheme.assignable] if scheme else []


@dataclass(frozen=True)
class CountryGroup:
    """Countries of one region that are not chosen yet."""

    heading: str
    rows: list[TermRow]


def editor_context(editor: EntryEditor) -> dict[str, Any]:
    countries = editor.terms.of(COUNTRY)
    chosen = editor.facts.chosen_organisation
    numbers = [form.stored for form in editor.images.forms if form.stored]
    pictures = renditions(numbers)
    used = {str(form.typed("language") or "") for form in editor.texts.forms}
    return {
        "bases": BASES,
        "countries": countries,
        "country_names": _labels(COUNTRY),
        "country_groups": _grouped(countries.rows) if countries else [],
        "organisation": organisation(chosen) if chosen else None,
        "image_rows": [
            (form, next(iter(pictures.get(form.stored or 0, ())), None))
            for form in editor.images.forms
        ],
        "more_languages": [(code, name) for code, name in LANGUAGE_CHOICES if code not in used],
        "interface_language": languages.current().code,
    }


def _grouped(rows: list[TermRow]) -> list[CountryGroup]:
    free = {row.term.code: row for row in rows if not row.chosen}
    groups = []
    for region in regions():
        members = [row for code, row in free.items() if code in region.codes]
        heading = region.term.label() if region.term else ""
        if members:
            groups.append(CountryGroup(heading, sorted(members, key=_by_name)))
    return groups


def _by_name(row: TermRow) -> str:
    return row.term.label().casefold()
