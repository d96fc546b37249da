"""A call that is open today, and somebody who replies to it."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts, calls
from tests.factories import entries as register
from tests.factories import questionnaires as forms
from tests.web.reply.typed import fields_of

from stocktaking.accounts.models import Person
from stocktaking.calls.models import Call, Reply
from stocktaking.questionnaires.rules.definition import Definition
from stocktaking.questionnaires.states import QuestionKind as Kind

LONG = calls.NEVER


def form() -> Definition:
    """Two pages: texts with a condition between them, and a statement."""
    return forms.definition(
        "yearly",
        forms.section(
            "about",
            forms.question("title", Kind.SHORT, required=True, binds_to="title"),
            forms.question("summary", Kind.LONG, settings={"max_words": 8}, binds_to="summary"),
            forms.question("reach", Kind.NUMBER),
            forms.question("owner", Kind.ORGANISATION, binds_to="organisation"),
            forms.question(
                "phase",
                Kind.CHOICE,
                settings={"options": forms.options("plan", "run")},
            ),
            forms.question(
                "when_planned", Kind.SHORT, shown_when={"question": "phase", "is": "plan"}
            ),
        ),
        forms.section("end", forms.question("agreed", Kind.STATEMENT, required=True)),
    )


@dataclass
class Desk:
    """One person's browser at one reply."""

    client: Client
    person: Person
    reply: Reply

    def url(self, rest: str = "") -> str:
        return f"/en/replies/{self.reply.key}/{rest}"

    def get(self, rest: str = "", **more: Any) -> Any:
        return self.client.get(self.url(rest), **more)

    def page(self, rest: str = "") -> dict[str, str]:
        """The fields of the form of a page, as a browser would send them."""
        answer = self.get(rest)
        assert answer.status_code == 200, answer.status_code
        main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
        return dict(fields_of(main))

    def post(self, rest: str, data: dict[str, Any]) -> Any:
        return self.client.post(self.url(rest), data)

    def save(self, act: str = "stay", section: str = "about", **typed: str) -> Any:
        """Type into a page that was just opened, and send it."""
        return self.send(self.page(f"{section}/"), act, section, **typed)

    def send(self, page: dict[str, str], act: str = "stay", section: str = "about", **typed: str):
        named = {f"q-{name.replace('__', '.')}": text for name, text in typed.items()}
        return self.post(f"{section}/", {**page, **named, "act": act})

    @property
    def answers(self) -> dict[str, Any]:
        return calls.fresh(self.reply).answer_set.answers

    @property
    def revision(self) -> int:
        return calls.fresh(self.reply).answer_set.revision


@pytest.fixture
def open_call(db: None) -> Call:
    register.framework()
    return calls.call("yearly", form=form(), closes_at=LONG)


@pytest.fixture
def desk(open_call: Call) -> Desk:
    person = accounts.person(name="Ada Author")
    reply = calls.reply(open_call, person, answers={"title": "Village network"})
    return Desk(accounts.browser(person, second_factor=False), person, reply)


@pytest.fixture
def other(desk: Desk) -> Desk:
    """A co-author at the same reply."""
    person = accounts.person(name="Bo Second")
    desk.reply.authors.create(person=person, part="co_author", since=calls.AT)
    return Desk(accounts.browser(person, second_factor=False), person, desk.reply)
