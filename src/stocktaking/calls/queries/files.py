"""Which replies a file stands in: their answers name files by number, and nothing else does."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Reply
from stocktaking.files.models import Sending
from stocktaking.questionnaires.queries import definition as definition_of
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.states import QuestionKind

HOLD_FILES = (QuestionKind.FILE, QuestionKind.IMAGE)


def replies_naming(number: int, person: Person | None = None) -> list[Reply]:
    """Replies that name a file, in their answers or in what was sent once.

    Looked for among those of the people who sent the file, and of ``person``.
    """
    senders = Sending.objects.filter(file=number).values("person_id")
    near = Q(authors__person__in=senders)
    if person is not None:
        near |= Q(authors__person=person)
    rows = Reply.objects.filter(near).distinct().select_related("answer_set")
    return [reply for reply in rows.prefetch_related("snapshots") if named_in(reply, number)]


def named_in(reply: Reply, number: int, *, personal: bool = True) -> str | None:
    """What a reply calls a file ("" where it gives no name); None where it does not name it.

    Without ``personal`` answers about people do not count.
    """
    versions = [(reply.answer_set.version_id, reply.answer_set.answers)]
    versions += [(one.version_id, one.answers) for one in reply.snapshots.all()]
    for version_id, answers in versions:
        name = _name(definition_of(version_id), answers, number, personal=personal)
        if name is not None:
            return name
    return None


def names_now(reply: Reply, number: int) -> bool:
    """Whether the present answers name a file, whatever was sent before."""
    definition = definition_of(reply.answer_set.version_id)
    return _name(definition, reply.answer_set.answers, number) is not None


def _name(
    definition: Definition, answers: Mapping[str, Any], number: int, *, personal: bool = True
) -> str | None:
    for question in definition.questions():
        if question.kind in HOLD_FILES and (personal or not question.personal):
            for row in answers.get(question.code) or ():
                if row.get("file") == number:
                    return str(row.get("name") or "")
    return None
