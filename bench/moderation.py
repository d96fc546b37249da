"""The queue of moderators with 20 000 replies: the query of its list, and the page itself."""

import datetime as dt
import uuid
from collections.abc import Callable

from bench.measure import Times, middles, timed

REPLIES = 20_000
ROUNDS = 25
TARGET = 100.0  # milliseconds
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LANGUAGES = ("en", "fr", "es", "ar", "zh", "ru")
COUNTRIES = ("KE", "FR", "SD", "BR", "CN", "IN", "CH", "UY", "EG", "MX")
STATES = ("submitted",) * 12 + ("returned",) * 2 + ("accepted",) * 5 + ("declined",)
Row = tuple[str, str, str, str]


def measure() -> list[Row]:
    """Middle and 95th percentile against the promise of 100 ms."""
    from stocktaking.accounts.models import Person, RoleGrant  # noqa: PLC0415 - they need Django
    from stocktaking.calls.states import ReplyState  # noqa: PLC0415
    from stocktaking.intake.queries.queue import QueueAsk, neighbour, queue  # noqa: PLC0415

    fill(REPLIES)
    person = Person.objects.create(email="bench@example.org", joined_at=AT)
    RoleGrant.objects.create(person=person, role="moderator", granted_at=AT)

    def asking(ask: QueueAsk, page: int = 1) -> Callable[[], object]:
        return lambda: queue(ask, person=person, at=AT, page=page)

    asked = {
        "its first page": asking(QueueAsk()),
        "its last page": asking(QueueAsk(), page=REPLIES * 12 // 20 // 50),
        "with five filters": asking(
            QueueAsk(
                call="bench", language="fr", country="KE", finding="warning", assigned="nobody"
            )
        ),
        "those accepted, newest first": asking(QueueAsk(ReplyState.ACCEPTED, sort="newest")),
        "the next in the queue": lambda: neighbour(REPLIES // 2, QueueAsk(), person=person, at=AT),
    }
    rows = [_row(f"queue of {REPLIES} replies: {name}", _times(act)) for name, act in asked.items()]
    return [*rows, _row(f"queue of {REPLIES} replies: the whole page", _times(_page(person)))]


def _page(person: object) -> Callable[[], object]:
    """The page as a moderator gets it, without the network."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": AT.timestamp()}]
    session["account_authentication_methods_user"] = str(person.pk)  # type: ignore[attr-defined]
    session.save()

    def fetch() -> None:
        answer = client.get("/en/staff/queue/")
        if answer.status_code != 200:
            raise RuntimeError(f"the queue answers {answer.status_code}")

    return fetch


def _times(act: Callable[[], object]) -> Times:
    act()  # what is read once per process
    return middles([timed(act) for _ in range(ROUNDS)])


def _row(name: str, times: Times) -> Row:
    return name, str(times), f"{TARGET:.0f} ms at most", f"{TARGET / times.p95:.1f}x"


def fill(count: int) -> None:
    """Rows as the operations leave them; made at once, for it is the reading that is measured."""
    from stocktaking.calls.models import Call, Reply  # noqa: PLC0415
    from stocktaking.intake.models import Moderation  # noqa: PLC0415
    from stocktaking.questionnaires.models import (  # noqa: PLC0415
        AnswerSet,
        Questionnaire,
        QuestionnaireVersion,
    )

    asked = Questionnaire.objects.create(slug="bench", created_at=AT)
    version = QuestionnaireVersion.objects.create(
        questionnaire=asked, number=1, state="frozen", created_at=AT
    )
    call = Call.objects.create(
        slug="bench",
        kind="entries",
        state="published",
        title={"en": "Bench"},
        questionnaire=asked,
        version=version,
        opens_at=AT - dt.timedelta(days=90),
        closes_at=AT + dt.timedelta(days=30),
        zone="UTC",
        created_at=AT,
    )
    answers = AnswerSet.objects.bulk_create(
        AnswerSet(version=version, language="en", created_at=AT, changed_at=AT)
        for _ in range(count)
    )
    replies = Reply.objects.bulk_create(
        Reply(
            key=uuid.uuid4(),
            call=call,
            answer_set=one,
            state=STATES[place % len(STATES)],
            language=LANGUAGES[place % len(LANGUAGES)],
            title=f"Network of villages {place}",
            organisation_name=f"Council {place % 700}",
            country=COUNTRIES[place % len(COUNTRIES)],
            started_at=AT,
            changed_at=AT,
            submitted_at=AT - dt.timedelta(minutes=3 * place),
        )
        for place, one in enumerate(answers)
    )
    Moderation.objects.bulk_create(
        Moderation(
            reply=reply,
            completeness=place % 101,
            errors=place % 17 == 0,
            warnings=place % 3,
            findings=["summary-short"] if place % 3 else [],
            alike=place % 29 == 0,
            twins_sought_at=AT,
            first_submitted_at=reply.submitted_at,
        )
        for place, reply in enumerate(replies)
    )
