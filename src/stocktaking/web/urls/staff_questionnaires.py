"""The builder of questionnaires."""

from django.urls import URLPattern, URLResolver, path

from stocktaking.web.urls import converters
from stocktaking.web.views.staff.questionnaires import (
    answers,
    building,
    lists,
    preview,
    problems,
    questions,
    sections,
    versions,
)

converters.register()
_ONE = "questionnaires/<slug:slug>/"
_SECTION = f"{_ONE}sections/<slug:code>/"
_QUESTION = f"{_ONE}questions/<slug:code>/"
_VERSION = f"{_ONE}versions/<number:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("questionnaires/", lists.questionnaires, name="staff_questionnaires"),
    path("questionnaires/new/", lists.new, name="staff_questionnaire_new"),
    path(_ONE, building.page, name="staff_questionnaire"),
    path(f"{_ONE}title/", building.title, name="staff_questionnaire_title"),
    path(f"{_ONE}move/", building.move, name="staff_questionnaire_move"),
    path(f"{_ONE}draft/", building.draft, name="staff_questionnaire_draft"),
    path(f"{_ONE}problems/", problems.page, name="staff_questionnaire_problems"),
    path(f"{_ONE}freeze/", versions.freeze, name="staff_questionnaire_freeze"),
    path(f"{_ONE}sections/", sections.add, name="staff_questionnaire_section_add"),
    path(_SECTION, sections.edit, name="staff_questionnaire_section"),
    path(f"{_SECTION}remove/", sections.remove, name="staff_questionnaire_section_remove"),
    path(f"{_SECTION}question/", sections.question_new, name="staff_questionnaire_question_new"),
    path(_QUESTION, questions.edit, name="staff_questionnaire_question"),
    path(f"{_QUESTION}section/", questions.move, name="staff_questionnaire_question_move"),
    path(f"{_QUESTION}remove/", questions.remove, name="staff_questionnaire_question_remove"),
    path(_VERSION, versions.page, name="staff_questionnaire_version"),
    path(f"{_VERSION}preview/", preview.page, name="staff_questionnaire_preview"),
    path(f"{_VERSION}drafts/", versions.migrate, name="staff_questionnaire_migrate"),
    path(f"{_VERSION}answers/", answers.page, name="staff_questionnaire_answers"),
    path(
        f"{_VERSION}answers.<table_form:form>",
        answers.file,
        name="staff_questionnaire_answers_file",
    ),
]
