from typing import Any

from tests.factories import questionnaires
from tests.web.route import Route, form

from stocktaking.accounts.rules.roles import Capability
from stocktaking.questionnaires.operations import open_draft

C = Capability.MANAGE_QUESTIONNAIRES
LIST = "<lang>/staff/questionnaires/"
ONE, AT = f"{LIST}<slug:slug>/", "/en/staff/questionnaires/built/"
SECTION, QUESTION = f"{ONE}sections/<slug:code>/", f"{ONE}questions/<slug:code>/"
VERSION, FROZEN = f"{ONE}versions/<number:number>/", f"{AT}versions/1/"
ROUTES: dict[str, Route] = {
    LIST: Route(C, "/en/staff/questionnaires/"),
    f"{LIST}new/": Route(C, "/en/staff/questionnaires/new/"),
    ONE: Route(C, AT),
    f"{ONE}title/": Route(C, f"{AT}title/"),
    f"{ONE}move/": form(C, f"{AT}move/"),
    f"{ONE}draft/": form(C, f"{AT}draft/"),
    f"{ONE}problems/": Route(C, f"{AT}problems/"),
    f"{ONE}freeze/": form(C, f"{AT}freeze/"),
    f"{ONE}sections/": form(C, f"{AT}sections/"),
    SECTION: Route(C, f"{AT}sections/about/"),
    f"{SECTION}remove/": form(C, f"{AT}sections/about/remove/"),
    f"{SECTION}question/": Route(C, f"{AT}sections/about/question/"),
    QUESTION: Route(C, f"{AT}questions/title/"),
    f"{QUESTION}section/": form(C, f"{AT}questions/title/section/"),
    f"{QUESTION}remove/": form(C, f"{AT}questions/title/remove/"),
    VERSION: Route(C, FROZEN),
    f"{VERSION}preview/": Route(C, f"{FROZEN}preview/"),
    f"{VERSION}drafts/": form(C, f"{FROZEN}drafts/"),
    f"{VERSION}answers/": Route(C, f"{FROZEN}answers/"),
    f"{VERSION}answers.<table_form:form>": Route(C, f"{FROZEN}answers.csv"),
}


def world(made: dict[str, Any]) -> dict[str, Any]:
    """A frozen version, and the draft of the next."""
    frozen = questionnaires.frozen_version(questionnaires.definition("built"))
    open_draft(questionnaire_id=frozen.questionnaire_id, by=None, at=questionnaires.AT)
    return {}
