"""Proofs and codes serve once."""

import datetime as dt
import threading

import pytest
from django.db import connection

from stocktaking.guards.models import RequestPace, SpentProof
from stocktaking.guards.operations import (
    TooMany,
    accept_code,
    accept_proof,
    ask_code,
    ask_proof,
    forget_proofs,
)
from stocktaking.guards.operations.proofs import CODE_LIFETIME, LIFETIME, MESSAGES, TRIES
from stocktaking.guards.rules import proof
from stocktaking.kernel.errors import RuleBroken

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HOLDER, FORM, ADA = "browser", "report", "ada@example.org"


@pytest.fixture(autouse=True)
def _cheap(settings):
    settings.PROOF_COST = 50


def ask() -> tuple[str, str]:
    line = ask_proof(form=FORM, holder=HOLDER, at=AT)
    return line, proof.solve(line)


def accept(line: str, number: str, request: str = "", **changed) -> None:
    asked = {"form": FORM, "holder": HOLDER, "at": AT, **changed}
    accept_proof(line=line, number=number, request=request, **asked)


def refusal(work, *args, **kwargs) -> str:
    with pytest.raises(RuleBroken) as caught:
        work(*args, **kwargs)
    return caught.value.code


@pytest.mark.django_db
def test_proof_serves_once():
    answer = ask()
    accept(*answer)
    assert refusal(accept, *answer) == "proof_spent"
    assert refusal(accept, *answer, "anything") == "proof_spent"
    accept(*ask())


@pytest.mark.django_db
def test_proof_serves_the_same_request_again_and_no_other():
    answer = ask()
    accept(*answer, "key=1&text=hello")
    accept(*answer, "key=1&text=hello")
    assert refusal(accept, *answer, "key=1&text=other") == "proof_spent"
    assert refusal(accept, *answer) == "proof_spent"
    assert SpentProof.objects.count() == 1


@pytest.mark.django_db
def test_proof_that_is_refused_is_not_spent():
    line, number = ask()
    assert refusal(accept, line, "49999") == "proof_wrong"
    assert refusal(accept, line, number, form="other") == "proof_wrong"
    assert refusal(accept, line, number, holder="other") == "proof_wrong"
    assert refusal(accept, line, number, at=AT + LIFETIME) == "proof_expired"
    accept(line, number)


@pytest.mark.django_db
def test_proof_of_another_installation_is_wrong(settings):
    answer = ask()
    settings.SECRET_KEY = "another key that is long enough"
    assert refusal(accept, *answer) == "proof_wrong"


@pytest.mark.django_db
def test_pass_costs_nothing_and_serves_once():
    line = ask_proof(form=FORM, holder=HOLDER, at=AT, cost=1)
    accept(line, "0")
    assert refusal(accept, line, "0") == "proof_spent"


@pytest.mark.django_db(transaction=True)
def test_proof_serves_one_of_many_at_the_same_time():
    answer, served, start = ask(), [], threading.Barrier(6)

    def hurry(number: int) -> None:
        try:
            start.wait()
            accept(*answer, f"request {number}")
            served.append(number)
        except RuleBroken:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=hurry, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(served) == 1


def accept_mail(ticket: str, typed: str, request: str = "", **changed) -> None:
    asked = {"form": FORM, "address": ADA, "holder": HOLDER, "at": AT, **changed}
    accept_code(ticket=ticket, typed=typed, request=request, **asked)


@pytest.mark.django_db
def test_code_serves_once_and_whatever_the_case_of_the_address():
    ticket, code = ask_code(form=FORM, address="Ada@Example.org", holder=HOLDER, at=AT)
    assert refusal(accept_mail, ticket, code, form="other") == "code_wrong"
    accept_mail(ticket, code, "request")
    accept_mail(ticket, code, "request")
    assert refusal(accept_mail, ticket, code) == "proof_spent"


@pytest.mark.django_db
def test_code_may_be_guessed_a_few_times_only():
    ticket, code = ask_code(form=FORM, address=ADA, holder=HOLDER, at=AT)
    wrong = str(int(code) ^ 1).zfill(8)
    for _ in range(TRIES):
        assert refusal(accept_mail, ticket, wrong) == "code_wrong"
    assert refusal(accept_mail, ticket, code) == "too_many"
    late = AT + CODE_LIFETIME
    assert refusal(accept_mail, ticket, code, at=late) == "code_expired"


@pytest.mark.django_db
def test_made_up_tickets_leave_no_rows():
    before = RequestPace.objects.count()
    assert refusal(accept_mail, "1.report.1.x.y", "12345678") == "code_wrong"
    assert RequestPace.objects.count() == before


@pytest.mark.django_db
def test_nobody_is_flooded_with_codes():
    for _ in range(3):
        ask_code(form=FORM, address=ADA, holder=HOLDER, at=AT)
    with pytest.raises(TooMany):
        ask_code(form=FORM, address=ADA.upper(), holder="another", at=AT)
    ask_code(form=FORM, address="bo@example.org", holder=HOLDER, at=AT)


@pytest.mark.django_db
def test_forget_proofs_keeps_what_could_be_used_again():
    answer = ask()
    accept(*answer)
    assert forget_proofs(before=AT + LIFETIME - dt.timedelta(seconds=1)) == 0
    assert refusal(accept, *answer) == "proof_spent"
    assert forget_proofs(before=AT + LIFETIME + dt.timedelta(seconds=1)) == 1
    assert refusal(accept, *answer, at=AT + LIFETIME) == "proof_expired"


def test_messages_say_what_to_do():
    assert all(str(message).endswith(".") for message in MESSAGES.values())
