"""Sections of questionnaires as forms.

What a page needs: ``web/reply/fields.html`` with ``form`` draws the questions, ``web/reply.css``
dresses them, and a form with ``data-questionnaire="{{ form.for_browser }}"`` and the script
``web/questionnaire.js`` shows and hides questions and counts words as one types. Of the question
``title`` the control is called ``q-title`` with the id ``id_q-title``, and parts of an answer
follow after points: ``q-start.year``, ``q-goals.note.3``, ``q-partners.0.name``.
"""

from stocktaking.web.forms.questions.around import Words, words_in
from stocktaking.web.forms.questions.field import QuestionField
from stocktaking.web.forms.questions.section import SHOWN, SectionForm

__all__ = ["SHOWN", "QuestionField", "SectionForm", "Words", "words_in"]
