"""What was said about an object."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count

from stocktaking.accounts.models import Person
from stocktaking.kernel.languages import direction_of
from stocktaking.threads.models import Comment, Thread


@dataclass(frozen=True)
class CommentView:
    """``author`` is the name that the person gave, never an address; empty where none is known."""

    id: int
    author: str
    from_staff: bool
    text: str
    language: str
    at: dt.datetime

    @property
    def direction(self) -> str:
        return direction_of(self.language)


@dataclass(frozen=True)
class ThreadView:
    """One conversation, oldest comment first."""

    id: int
    place: str
    audience: str
    resolved_at: dt.datetime | None
    comments: tuple[CommentView, ...]

    @property
    def open(self) -> bool:
        return self.resolved_at is None


def threads_of(
    about_type: str,
    about_id: str,
    audiences: Collection[str] = (Thread.Audience.PARTIES,),
) -> tuple[ThreadView, ...]:
    """The conversations about one object that these audiences read. Two SQL queries."""
    rows = (
        Thread.objects.filter(
            about_type=about_type, about_id=str(about_id), audience__in=[*audiences]
        )
        .order_by("id")
        .prefetch_related("comments__by")
    )
    return tuple(
        ThreadView(
            id=row.pk,
            place=row.place,
            audience=row.audience,
            resolved_at=row.resolved_at,
            comments=tuple(_comment(one) for one in row.comments.all()),
        )
        for row in rows
    )


def threads_by_place(
    about_type: str,
    about_id: str,
    audiences: Collection[str] = (Thread.Audience.PARTIES,),
) -> dict[str, tuple[ThreadView, ...]]:
    """The same by the part of the object they are about; the whole is ``""``."""
    found: dict[str, list[ThreadView]] = {}
    for thread in threads_of(about_type, about_id, audiences):
        found.setdefault(thread.place, []).append(thread)
    return {place: tuple(threads) for place, threads in found.items()}


def open_counts(
    about_type: str,
    about_ids: Iterable[str],
    audiences: Collection[str] = (Thread.Audience.PARTIES,),
) -> dict[str, int]:
    """How many conversations are not settled, by object; silent ones are left out. One query."""
    rows = (
        Thread.objects.filter(
            about_type=about_type,
            about_id__in=[str(one) for one in about_ids],
            audience__in=[*audiences],
            resolved_at=None,
        )
        .order_by()
        .values_list("about_id")
        .annotate(Count("pk"))
    )
    return dict(rows)


def comments_by(person: Person) -> list[dict[str, str]]:
    """All that somebody said, for the export of personal data."""
    rows = Comment.objects.filter(by=person).select_related("thread").order_by("at", "id")
    return [
        {
            "at": row.at.isoformat(),
            "about": f"{row.thread.about_type} {row.thread.about_id}",
            "place": row.thread.place,
            "text": row.text,
        }
        for row in rows
    ]


def _comment(row: Comment) -> CommentView:
    return CommentView(
        id=row.pk,
        author=row.by.name if row.by else "",
        from_staff=row.from_staff,
        text=row.text,
        language=row.language,
        at=row.at,
    )
