"""Placeholders, languages and lists of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.calls.rules.letters import (
    PLACEHOLDERS,
    framed,
    language_for,
    read_list,
    unknown_placeholders,
)
from stocktaking.calls.rules.sending import canonical, fingerprint
from stocktaking.kernel import languages


def test_only_words_that_are_filled_in_may_stand_in_braces():
    assert unknown_placeholders(" ".join(f"{{{name}}}" for name in PLACEHOLDERS)) == ()
    found = unknown_placeholders("{name} {nmae} {0} {call.secret}", "{nmae} {settings}")
    assert set(found) == {"nmae", "0", "call.secret", "settings"}
    assert len(found) == 4


def test_a_letter_gets_its_head_and_its_signature_once():
    assert framed("Dear all").split("\n\n") == [
        "{reference}", "{date}", "Dear all", "{signature}",
    ]  # fmt: skip
    assert framed("{date}\n\nDear all\n\n{signature}").count("{date}") == 1
    assert framed("{signature}").count("{signature}") == 1


@given(st.sampled_from(languages.CODES), st.sets(st.sampled_from(languages.CODES), min_size=1))
def test_everybody_gets_a_letter_in_a_language_in_which_it_is_written(wanted, written):
    found = language_for(wanted, written)
    assert found in written
    if wanted in written:
        assert found == wanted
    elif "en" in written:
        assert found == "en"


def test_a_letter_that_nobody_wrote_has_no_language():
    with pytest.raises(ValueError, match="no text"):
        language_for("en", [])


def test_a_list_is_read_line_by_line_with_a_verdict_each():
    lines = read_list(
        "\ufeffAda Person <Ada@Example.org>\n"
        "\n"
        "bob@example.org, Bob, Ministry, fr\n"
        "ada@example.org\n"
        "nobody\n"
        "cy@example.org;Cy;;xx\n"
        "held@example.org\n",
        default_language="en",
        known=["Held@example.org"],
    )
    assert [(line.number, line.fault) for line in lines] == [
        (1, ""), (3, ""), (4, "twice"), (5, "email_malformed"), (6, "language_unknown"),
        (7, "known"),
    ]  # fmt: skip
    ada, bob = lines[:2]
    assert (ada.email, ada.name, ada.language) == ("ada@example.org", "Ada Person", "en")
    assert (bob.name, bob.organisation, bob.language) == ("Bob", "Ministry", "fr")


def test_a_head_row_names_the_columns():
    lines = read_list("Name\tLanguage\tE-mail\nБорис\tru\tb@example.org\n", default_language="en")
    assert [(line.email, line.name, line.language) for line in lines] == [
        ("b@example.org", "Борис", "ru")
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_crash_and_adds_no_address_twice(text):
    lines = read_list(text, default_language="en")
    good = [line.email for line in lines if not line.fault]
    assert len(good) == len(set(good))
    assert all("\n" not in email and "," not in email and " " not in email for email in good)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(max_size=10), plain, max_size=6))
def test_the_fingerprint_knows_the_answers_and_not_their_order(answers):
    turned = dict(reversed(list(answers.items())))
    assert fingerprint(turned) == fingerprint(answers)
    assert fingerprint({**answers, "more": "1"}) != fingerprint({**answers, "more": "2"})
    assert len(fingerprint(answers)) == 64


def test_the_fingerprint_is_the_published_one():
    assert canonical({"b": "é", "a": [1, True, None]}) == '{"a":[1,true,null],"b":"é"}'.encode()
