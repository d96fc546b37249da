"""The kind of call whose replies become entries."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.calls.models import Call, Reply
from stocktaking.entries.models import Entry
from stocktaking.entries.operations.surroundings import survey
from stocktaking.entries.queries import values_of
from stocktaking.entries.rules.acceptance import faults
from stocktaking.entries.rules.shapes import Fault as EntryFault
from stocktaking.entries.rules.tidy import tidy
from stocktaking.intake.queries.outcomes import Sent, named_organisation, outcome_of
from stocktaking.intake.rules.bindings import bound
from stocktaking.intake.rules.prefilling import answers_from
from stocktaking.intake.states import ENTRIES
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.rules.values import Fault

# reasons to refuse an entry that have no words of their own among those for answers
_WORDS = {
    "title_missing": "required",
    "original_missing": "required",
    "duplicate": "stated_twice",
    "duplicate_term": "stated_twice",
    "only_one_term": "only_one",
    "scheme_unknown": "option_unknown",
    "section_unknown": "answer_malformed",
    "language_malformed": "language_unknown",
}
# these have the same name and the same parameters there
_SAME = frozenset(
    {
        "control_character",
        "term_unknown",
        "term_is_heading",
        "term_retired",
        "organisation_unknown",
        "date_malformed",
        "date_out_of_range",
        "file_unknown",
        "alternative_missing",
        "address_malformed",
        "address_missing",
    }
)


class EntriesKind:
    """Registered with ``calls.registry``."""

    name = ENTRIES
    label: str | Promise = _("Entries of the register")

    def prefill(
        self, *, call: Call, entry: Entry, definition: Definition, language: str
    ) -> dict[str, Any]:
        """Everything that the entry says and the questionnaire asks, in one language."""
        return answers_from(values_of(entry.number), definition, language=language)

    def faults(
        self, *, reply: Reply, definition: Definition, answers: dict[str, Any]
    ) -> list[Fault]:
        """What the register would refuse, at the question that it is about.

        What no question is about (a collection that is gone) is for moderators, not senders.
        """
        sent = Sent(definition, answers, None)
        named = named_organisation(sent)
        outcome = outcome_of(reply, sent, organisation=named.number if named else None)
        values = tidy(outcome.after)
        # answers are judged as of the day on which they were written
        around = survey([values], today=reply.changed_at.date())
        found = faults(values, around.for_entry(reply.entry_id), outcome.before)
        return _at_questions(found, definition)


def _at_questions(found: list[EntryFault], definition: Definition) -> list[Fault]:
    told: dict[tuple[str, str], Fault] = {}
    for fault in found:
        code = _WORDS.get(fault.code, fault.code if fault.code in _SAME else "answer_malformed")
        if question := _question_of(fault.field, definition):
            params = fault.params if code in _SAME else {}
            told.setdefault((code, question), Fault(code, question, params))
    return list(told.values())


def _question_of(field: str, definition: Definition) -> str:
    """The code of the question that an entry's field follows from; empty where none does."""
    part, _dot, rest = field.partition(".")
    item = rest.partition(".")[0]
    for question, about, which in bound(definition):
        if part == "texts" and about == rest.rpartition(".")[2]:
            return question.code
        if part == "sections" and (about, which) == ("section", item):
            return question.code
        if part == "terms" and (about, which) == ("scheme", item):
            return question.code
        if part == about:
            return question.code
    return ""
