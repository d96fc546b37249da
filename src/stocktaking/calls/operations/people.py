"""What becomes of replies when an account goes, or two become one."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q

from stocktaking.accounts.models import Person
from stocktaking.calls.models import (
    Allowance,
    AuthorInvitation,
    Recipient,
    Reply,
    ReplyAuthor,
    ReplySnapshot,
)
from stocktaking.calls.states import Part
from stocktaking.history.operations import record
from stocktaking.questionnaires.models import AnswerSet
from stocktaking.questionnaires.queries import definition as definition_of


def what_is_held_of(person: Person) -> dict[str, Any]:
    """Replies with their answers, invitations and lists, for the export of an account."""
    replies = Reply.objects.filter(authors__person=person).select_related("call", "answer_set")
    return {
        "replies": [
            {
                "number": reply.number,
                "call": reply.call.slug,
                "state": reply.state,
                "title": reply.title,
                "answers": reply.answer_set.answers,
                "started_at": reply.started_at.isoformat(),
                "submitted_at": reply.submitted_at.isoformat() if reply.submitted_at else None,
            }
            for reply in replies.order_by("number")
        ],
        "invitations_to_write": list(
            AuthorInvitation.objects.filter(email__iexact=person.email)
            .order_by("pk")
            .values_list("reply", flat=True)
        ),
        "more_time": [
            {"call": row.call.slug, "until": row.until.isoformat(), "reason": row.reason}
            for row in Allowance.objects.filter(person=person).select_related("call")
        ],
        "lists_of_recipients": list(
            Recipient.objects.filter(email__iexact=person.email)
            .order_by("group")
            .values_list("group__slug", flat=True)
        ),
    }


def settle_orphans(*, at: dt.datetime) -> None:
    """After an account was erased: a co-author leads on; a draft that nobody can open any more
    is deleted; of one that was sent the answers about people go."""
    led = ReplyAuthor.objects.filter(reply=OuterRef("pk"), part=Part.LEAD)
    orphans = Reply.objects.select_for_update(of=("self",)).filter(~Exists(led))
    for reply in orphans.select_related("answer_set").order_by("number"):
        heir = reply.authors.order_by("since", "pk").first()
        if heir is not None:
            heir.part = Part.LEAD
            heir.save(update_fields=["part"])
            detail = {"person": heir.person_id}
            record(verb="lead_handed_over", of=reply, by=None, at=at, detail=detail)
        elif reply.submitted_at is None:
            answers = reply.answer_set_id
            record(verb="reply_erased", of=reply, by=None, at=at)
            reply.delete()
            AnswerSet.objects.filter(pk=answers).delete()
        else:
            _forget_people(reply, at)


def move_to(*, kept: Person, merged: Person) -> None:
    """Two accounts become one: what one of them wrote belongs to the other.

    Both accounts are held; the replies are now, by number, so that nobody writes or sends one
    while its authors change.
    """
    theirs = ReplyAuthor.objects.filter(person__in=(kept, merged)).values("reply")
    rows = Reply.objects.filter(Q(pk__in=theirs) | Q(started_by=merged)).order_by("number")
    list(rows.select_for_update().values_list("pk", flat=True))
    own = dict(ReplyAuthor.objects.filter(person=kept).values_list("reply", "pk"))
    for author in ReplyAuthor.objects.filter(person=merged):
        if author.reply_id not in own:
            author.person = kept
            author.save(update_fields=["person"])
            continue
        if author.part == Part.LEAD:
            ReplyAuthor.objects.filter(pk=own[author.reply_id]).update(part=Part.LEAD)
        author.delete()
    Reply.objects.filter(started_by=merged).update(started_by=kept)
    allowed = {row.call_id: row for row in Allowance.objects.filter(person=kept)}
    for row in Allowance.objects.filter(person=merged):
        mine = allowed.get(row.call_id)
        if mine is None:
            row.person = kept
            row.save(update_fields=["person"])
            continue
        if row.until > mine.until:
            mine.until, mine.reason = row.until, row.reason
            mine.save(update_fields=["until", "reason"])
        row.delete()


def bodies_merged(*, kept: int, merged: int) -> None:
    Reply.objects.filter(organisation=merged).update(organisation=kept)


def _forget_people(reply: Reply, at: dt.datetime) -> None:
    """Answers to questions about people are taken out of what stands there, of what was sent,
    and of the record of changes. The fingerprint stays that of what was sent."""
    content = definition_of(reply.answer_set.version_id)
    personal = {question.code for question in content.questions() if question.personal}
    held = reply.answer_set
    if not personal or reply.snapshots.filter(erased_at__isnull=False).exists():
        return
    held.answers = _without(held.answers, personal)
    held.save(update_fields=["answers"])
    for change in held.changes.all():
        change.changed = _without(change.changed, personal)
        change.save(update_fields=["changed"])
    for snapshot in ReplySnapshot.objects.filter(reply=reply):
        snapshot.answers, snapshot.erased_at = _without(snapshot.answers, personal), at
        snapshot.save(update_fields=["answers", "erased_at"])
    record(verb="reply_erased", of=reply, by=None, at=at)


def _without(answers: dict[str, Any], codes: set[str]) -> dict[str, Any]:
    return {code: value for code, value in answers.items() if code not in codes}
