"""Forms of the builder of questionnaires."""

from stocktaking.web.forms.questionnaire.new import NewQuestionForm, NewQuestionnaireForm
from stocktaking.web.forms.questionnaire.question import QuestionForm
from stocktaking.web.forms.questionnaire.section import SectionEditForm, TitleForm

__all__ = [
    "NewQuestionForm",
    "NewQuestionnaireForm",
    "QuestionForm",
    "SectionEditForm",
    "TitleForm",
]
