"""Questionnaires with their versions, and what was answered to them."""

from stocktaking.questionnaires.models.answers import AnswerChange, AnswerSet
from stocktaking.questionnaires.models.questionnaire import (
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Section,
)

__all__ = [
    "AnswerChange",
    "AnswerSet",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Section",
]
