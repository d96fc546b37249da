"""How a reply stands: its questions, what is missing, how long there is, who said what."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.calls.operations.sending import faults_of
from stocktaking.calls.queries import allowed_until, facts_of, verdict_for, window_of
from stocktaking.calls.queries.deadline import tell
from stocktaking.calls.rules.window import ACCEPTS, Verdict
from stocktaking.calls.states import WRITABLE, ReplyState
from stocktaking.kernel import languages
from stocktaking.questionnaires.operations.refusals import message
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.queries import known_for
from stocktaking.questionnaires.rules.conditions import visible_sections
from stocktaking.questionnaires.rules.definition import Definition, SectionDef
from stocktaking.questionnaires.rules.progress import SectionState, progress
from stocktaking.questionnaires.rules.values import Fault
from stocktaking.threads.queries import ThreadView, threads_by_place
from stocktaking.web.forms.questions import Words, words_in

ABOUT = "calls.reply"  # what threads call a reply


@dataclass(frozen=True)
class Step:
    """One section in the spine. ``css`` is its mark: done, next or none."""

    code: str
    title: Words
    state: SectionState
    problems: int
    current: bool

    @property
    def css(self) -> str:
        marks = {SectionState.COMPLETE: "done", SectionState.PROBLEMS: "next"}
        return marks.get(self.state, "")


@dataclass(frozen=True)
class Missing:
    """One thing that stops sending, with the section and the place to put it right."""

    section: str
    place: str  # question, or question.part
    label: Words
    message: str

    @property
    def code(self) -> str:
        return self.place.partition(".")[0]


class Standing:
    """Everything that the pages of one reply say about it. What is not asked costs nothing."""

    def __init__(self, reply: Reply, person: Person | None, at: dt.datetime) -> None:
        self.reply = reply
        self.person = person
        self.at = at
        self.language = languages.current().code

    @cached_property
    def definition(self) -> Definition:
        return definition_of(self.reply.answer_set.version_id)

    @property
    def answers(self) -> dict[str, Any]:
        return self.reply.answer_set.answers

    @cached_property
    def facts(self) -> dict[str, str]:
        return facts_of(self.reply)

    @cached_property
    def sections(self) -> tuple[SectionDef, ...]:
        return visible_sections(self.definition, self.answers, self.facts)

    def section(self, code: str) -> SectionDef | None:
        return next((one for one in self.sections if one.code == code), None)

    def after(self, code: str) -> str:
        """The code of the section that follows; empty after the last one."""
        codes = [one.code for one in self.sections]
        place = codes.index(code) + 1 if code in codes else len(codes)
        return codes[place] if place < len(codes) else ""

    @cached_property
    def faults(self) -> list[Fault]:
        return faults_of(self.reply, self.definition, self.answers, at=self.at)

    def missing(self) -> list[Missing]:
        """All that stops sending, in the order of the form."""
        found = []
        for fault in self.faults:
            section = self.definition.section_of(fault.question)
            question = self.definition.question(fault.question)
            label = words_in(question.label, self.language) if question else Words("", "")
            text = message(fault.code, dict(fault.params))
            found.append(Missing(section.code if section else "", fault.field, label, text))
        return found

    def steps(self, current: str = "") -> list[Step]:
        known = known_for(self.definition, self.answers, today=self.at.date())
        rows = progress(self.definition, self.answers, self.facts, known, found=self.faults)
        titles = {one.code: words_in(one.title, self.language) for one in self.sections}
        return [
            Step(row.code, titles[row.code], row.state, row.problems, row.code == current)
            for row in rows
        ]

    # the window
    @cached_property
    def verdict(self) -> Verdict:
        return verdict_for(self.reply.call, self.at, self.person)

    @property
    def writable(self) -> bool:
        return ReplyState(self.reply.state) in WRITABLE

    @property
    def sendable(self) -> bool:
        """Whether what arrives now is taken; what was returned may come back at any time."""
        if self.reply.state == ReplyState.RETURNED:
            return True
        return self.reply.state == ReplyState.DRAFT and self.verdict in ACCEPTS

    @property
    def too_late(self) -> bool:
        return self.reply.state == ReplyState.DRAFT and self.verdict is Verdict.CLOSED

    @cached_property
    def deadline(self) -> str:
        """Until when this person may send, in words."""
        call = self.reply.call
        own = allowed_until(call, self.person)
        end = max(call.closes_at, own) if own else call.closes_at
        return str(tell(end, call))

    @property
    def days_left(self) -> int:
        return window_of(self.reply.call).days_left(self.at)

    # what was said
    @cached_property
    def threads(self) -> dict[str, tuple[ThreadView, ...]]:
        return threads_by_place(ABOUT, str(self.reply.pk))

    def open_comments(self) -> dict[str, list[Any]]:
        """What is not settled yet, by question."""
        return {
            place: [comment for thread in threads if thread.open for comment in thread.comments]
            for place, threads in self.threads.items()
        }
