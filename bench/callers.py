"""People who answer a call: accounts, sessions and drafts in which only a title is missing.

COMMAND is what another process runs (with their number as its argument) to make them in the
installation that its environment names; it prints the call's slug and, for each person, a
session and the draft's key.
"""

import datetime as dt
import json
import sys
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from stocktaking.accounts.operations import register_person
from stocktaking.calls.operations import create_call, publish_call, save_reply, start_reply
from stocktaking.calls.rules.values import CallValues
from stocktaking.intake.kinds import ENTRIES
from stocktaking.kernel import clock
from stocktaking.questionnaires.models import Questionnaire
from stocktaking.questionnaires.operations import save_definition
from stocktaking.questionnaires.queries import shipped
from stocktaking.reference import frameworks
from stocktaking.reference.operations import load_framework

COMMAND = "import django; django.setup(); from bench.callers import main; main()"

WORDS = "The project connects schools in villages and teaches people to use the network. "
ANSWERS: dict[str, Any] = {
    "organisation": {"name": "Village council", "country": "KE", "type": "civil_society"},
    "activity": [{"code": "project"}],
    "summary": WORDS * 2,
    "status": [{"code": "ongoing"}],
    "start": "2021",
    "coverage": [{"code": "national"}],
    "countries": ["KE"],
    "action-lines": [{"code": "C2"}, {"code": "C7-ELEA"}],
    "sdgs": [{"code": "4", "note": "Schools learn on line."}],
    "description": WORDS * 8,
    "results": WORDS * 6,
    "impact": WORDS * 6,
    "correct": True,
    "publish": True,
}
CLOSES_IN = dt.timedelta(days=30)


@dataclass(frozen=True)
class Caller:
    person: int
    session: str
    draft: str  # a reply of theirs that lacks a title


@dataclass(frozen=True)
class Callers:
    call: str
    callers: tuple[Caller, ...]


def prepare(count: int, slug: str = "yearly") -> Callers:
    """An open call on the shipped questionnaire, and ``count`` people with a draft each."""
    at = clock.now()
    call = open_call(slug, at)
    made = []
    for number in range(count):
        person = register_person(
            email=f"caller{number}@{slug}.example.org",
            name=f"Caller {number}",
            country="KE",
            stakeholder="civil_society",
            by=None,
            at=at,
        )
        reply = start_reply(call=call, by=person, at=at, language="en")
        based_on = reply.answer_set.revision
        save_reply(reply=reply, answers=ANSWERS, based_on=based_on, by=person, at=at)
        made.append(Caller(person.pk, session_of(person), str(reply.key)))
    return Callers(call.slug, tuple(made))


def open_call(slug: str, at: dt.datetime) -> Any:
    if not Questionnaire.objects.exists():
        load_framework(folder=frameworks.WSIS, by=None, at=at)
        save_definition(definition=shipped("entries"), by=None, at=at)
    values = CallValues(
        title={"en": "Yearly call"}, opens_at=at - dt.timedelta(days=9), closes_at=at + CLOSES_IN
    )
    made = create_call(
        slug=slug, kind=ENTRIES, questionnaire="entries", values=values, by=None, at=at
    )
    return publish_call(call=made, by=None, at=at)


def session_of(person: Any) -> str:
    """The key of a session in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def main() -> None:
    """Make the callers that the command line asks for and print them as JSON."""
    call_command("migrate", verbosity=0)
    print(json.dumps(asdict(prepare(int(sys.argv[1])))))
