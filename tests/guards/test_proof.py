"""Challenges, their answers, and everything that is none."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.guards.rules import proof

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
KEY, HOLDER, FORM = b"k" * 32, "browser", "report"


def line(
    number: int = 7, *, form: str = FORM, cost: int = 20, key: bytes = KEY, random=b"r" * 16
) -> str:
    expires = AT + dt.timedelta(hours=1)
    drawn = proof.draw(form=form, expires=expires, cost=cost, number=number, random=random)
    return proof.write(drawn, key=key, holder=HOLDER)


def fault(text: str, number: str = "7", **changed) -> str | None:
    asked = {"form": FORM, "holder": HOLDER, "key": KEY, "at": AT, **changed}
    return proof.fault(text, number, **asked)


def test_answer_to_a_challenge_is_found_and_counts():
    assert proof.solve(line()) == "7"
    assert fault(line()) is None
    assert proof.expires_at(line()) == AT + dt.timedelta(hours=1)


def test_challenge_does_not_say_its_answer():
    assert {proof.solve(line(number)) for number in range(20)} == {str(n) for n in range(20)}
    assert line(3) != line(4)


PARTS = ["1", "form", "expires", "cost", "nonce", "target", "signature"]
OTHER = {
    "1": "2",
    "form": "other",
    "expires": str(int(AT.timestamp()) + 9999),
    "cost": "9999",
    "nonce": "A" * 22,
    "target": "0" * 64,
    "signature": "0" * 64,
}


@pytest.mark.parametrize("part", PARTS)
def test_challenge_with_one_part_of_its_own_making_is_wrong(part):
    parts = line().split(".")
    parts[PARTS.index(part)] = OTHER[part]
    assert fault(".".join(parts)) == "proof_wrong"


@pytest.mark.parametrize("part", PARTS)
def test_challenge_without_a_part_is_wrong(part):
    parts = line().split(".")
    place = PARTS.index(part)
    assert fault(".".join([*parts[:place], *parts[place + 1 :]])) == "proof_wrong"
    parts[place] = ""
    assert fault(".".join(parts)) == "proof_wrong"


@pytest.mark.parametrize("part", PARTS[1:])
def test_challenge_spliced_from_two_is_wrong(part):
    """Two sound challenges of different forms, costs, moments and numbers, one part exchanged."""
    later = proof.draw(
        form="other", expires=AT + dt.timedelta(days=9), cost=90, number=8, random=b"s" * 16
    )
    second = proof.write(later, key=KEY, holder=HOLDER).split(".")
    parts = line().split(".")
    parts[PARTS.index(part)] = second[PARTS.index(part)]
    for number in ("7", "8"):
        assert fault(".".join(parts), number) == "proof_wrong"


def test_nonce_and_number_cannot_be_moved_into_each_other():
    """The flaw of other schemes: a nonce that ends in digits, and those digits in the number."""
    drawn = proof.draw(
        form=FORM, expires=AT + dt.timedelta(hours=1), cost=20, number=12, random=b"r" * 16
    )
    nonce = drawn.nonce[:-1] + "1"
    assert proof.target(nonce, 2) != proof.target(nonce[:-1], 12)
    assert fault(line(12), "2") == "proof_wrong"


@pytest.mark.parametrize(
    "changed",
    [{"form": "other"}, {"holder": "another browser"}, {"holder": ""}, {"key": b"x" * 32}],
    ids=["other form's", "other browser's", "no browser", "wrong key"],
)
def test_challenge_of_somebody_else_is_wrong(changed):
    assert fault(line(), **changed) == "proof_wrong"


@pytest.mark.parametrize(
    "number", ["8", "07", "+7", " 7", "7.0", "٧", "-7", "1e1", "7\n", "27", "9" * 60, "x"]
)
def test_other_numbers_and_other_spellings_are_wrong(number):
    assert fault(line(), number) == "proof_wrong"


def test_challenge_expires():
    hour = dt.timedelta(hours=1)
    assert fault(line(), at=AT + hour - dt.timedelta(seconds=1)) is None
    assert fault(line(), at=AT + hour) == "proof_expired"


@pytest.mark.parametrize(("text", "number"), [("", "7"), (line(), ""), ("", "")])
def test_missing_answer_is_told_apart(text, number):
    assert fault(text, number) == "proof_missing"


@given(st.text(max_size=300), st.text(max_size=20))
def test_anything_else_never_counts_and_never_fails(text, number):
    assert fault(text, number) in {"proof_missing", "proof_wrong"}


@given(st.integers(0, 299), st.characters(codec="utf-8"))
def test_challenge_with_one_sign_changed_is_wrong(place, sign):
    sound = line()
    place %= len(sound)
    if sound[place] != sign:
        assert fault(sound[:place] + sign + sound[place + 1 :]) == "proof_wrong"


@pytest.mark.parametrize("form", ["", "A form", "a.b", "x" * 61, "é"])
def test_form_has_a_plain_name(form):
    with pytest.raises(ValueError, match="named by"):
        line(form=form)


def test_number_is_below_the_cost():
    with pytest.raises(ValueError, match="below the cost"):
        line(20)
    with pytest.raises(ValueError, match="no challenge"):
        proof.solve("1.2.3")
