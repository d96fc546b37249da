"""Questions about questionnaires: definitions as frozen values, what surrounds answers, tables."""

from stocktaking.questionnaires.queries.around import known_for, known_schemes
from stocktaking.questionnaires.queries.definitions import (
    Kept,
    definition,
    definitions,
    draft_of,
    forget,
    newest_frozen,
    questionnaire_list,
    unsent_before,
    versions_of,
)
from stocktaking.questionnaires.queries.shipped import shipped, shipped_names
from stocktaking.questionnaires.queries.table import Column, answers_table, columns_of

__all__ = [
    "Column",
    "Kept",
    "answers_table",
    "columns_of",
    "definition",
    "definitions",
    "draft_of",
    "forget",
    "known_for",
    "known_schemes",
    "newest_frozen",
    "questionnaire_list",
    "shipped",
    "shipped_names",
    "unsent_before",
    "versions_of",
]
