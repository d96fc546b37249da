"""Sections of questionnaires as forms.

What a page needs: ``web/reply/fields.html`` with ``form`` draws the questions, ``web/reply.css``
dresses them. Of the question ``title`` the control is called ``q-title`` with the id
``id_q-title``, and parts of an answer follow after points: ``q-start.year``,
``q-goals.note.3``, ``q-partners.0.name``. Around each question stands an element with
``data-question`` (its code) and ``data-kind``; a question whose condition does not hold is
``hidden``. A text with bounds has ``data-min-words``, ``data-max-words``, ``data-min-chars``
and ``data-max-chars``, its count stands in ``[data-count]`` inside of the element with
``data-for`` (the id of the control), and its bar in the first ``rect`` without class of
``.gauge``.
"""

from stocktaking.web.forms.questions.around import Words, words_in
from stocktaking.web.forms.questions.field import QuestionField
from stocktaking.web.forms.questions.section import SHOWN, SectionForm

__all__ = ["SHOWN", "QuestionField", "SectionForm", "Words", "words_in"]
