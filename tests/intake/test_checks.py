"""Checks: what they find, who sets them up, and what happens when one changes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import accounts
from tests.factories import calls as make_calls
from tests.factories import intake as make
from tests.intake.definitions import definition

from stocktaking.accounts.rules.roles import Role
from stocktaking.intake import operations
from stocktaking.intake.models import Check
from stocktaking.intake.operations.shipped_checks import load_checks, shipped_checks
from stocktaking.intake.queries.checks import check_rows, findings_for
from stocktaking.intake.rules.checks import (
    OF_READERS,
    CheckDef,
    after,
    findings,
    in_capitals,
    wrong_with,
)
from stocktaking.intake.states import Severity
from stocktaking.jobs.operations import run_waiting
from stocktaking.kernel import languages
from stocktaking.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from stocktaking.questionnaires.operations import save_definition
from stocktaking.questionnaires.queries.shipped import shipped

TODAY = dt.date(2026, 3, 2)
SHORT = {"question": "summary", "words_less_than": 5}
QUESTIONS = {question.code: question for question in definition().questions()}


def find(condition, answers, *, place="", calls=(), call="yearly", severity=Severity.WARNING):
    check = CheckDef("one", severity, condition, {"en": "Look"}, place=place, calls=calls)
    return findings([check], definition(), answers, {}, call=call, today=TODAY)


@pytest.mark.parametrize(
    ("condition", "answers", "found"),
    [
        (SHORT, {"summary": "Four words are here"}, True),
        (SHORT, {"summary": "These are five words here"}, False),
        ({"question": "title", "in_capitals": True}, {"title": "VILLAGE NETWORK"}, True),
        ({"question": "title", "in_capitals": True}, {"title": "Village NETWORK"}, False),
        ({"question": "title", "in_capitals": False}, {"title": "Village"}, True),
        ({"question": "start", "after_today": True}, {"start": "2027"}, True),
        ({"question": "start", "after_today": True}, {"start": "2026"}, False),
        ({"question": "start", "after_today": True}, {}, False),
        ({"question": "summary", "repeats": "title"}, {"summary": "A  b", "title": "a B"}, True),
        ({"question": "summary", "repeats": "title"}, {}, False),
        (
            {"not": {"any": [{"question": "title", "in_capitals": True}, SHORT]}},
            {"title": "Village", "summary": "These are five words here"},
            True,
        ),
    ],
)
def test_findings_follow_the_condition(condition, answers, found):
    assert wrong_with(condition, QUESTIONS) == []
    assert bool(find(condition, answers)) is found


def test_check_is_silent_elsewhere():
    answers = {"summary": "Short"}
    assert find(SHORT, answers, calls=("health",)) == ()
    assert find(SHORT, answers, calls=("health", "yearly"))
    assert find({"question": "unknown", "answered": False}, answers) == ()
    assert find({"question": "summary", "repeats": "unknown"}, answers) == ()
    assert find(SHORT, answers, place="unknown") == ()


def test_errors_come_first():
    checks = [
        CheckDef(str(severity), severity, SHORT, {"en": "x"}) for severity in reversed(Severity)
    ]
    found = findings(checks, definition(), {"summary": "a"}, {}, call="x", today=TODAY)
    assert [finding.severity for finding in found] == list(Severity)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WSIS", False),
        ("WSIS FORUM", True),
        ("ПРОЕКТ СЕТЬ", True),
        ("شبكة القرية الكبيرة", False),
        ("农村学校远程教育平台", False),
        ("ABCDEFG ı", False),
        (None, False),
        (7, False),
    ],
)
def test_in_capitals_knows_only_scripts_with_capitals(text, expected):
    assert in_capitals(text) is expected


@given(st.text())
def test_what_is_folded_to_small_letters_is_never_in_capitals(text):
    assert not in_capitals(text.lower())


@given(st.one_of(st.none(), st.text(), st.integers(), st.dates().map(str)))
def test_after_never_fails(stated):
    assert after(stated, TODAY) in (True, False)


NODES = st.recursive(
    st.fixed_dictionaries(
        {"question": st.sampled_from([*QUESTIONS, "unknown", 7])},
        optional={
            name: st.one_of(st.booleans(), st.sampled_from(["title", "x", 4]))
            for name in (*OF_READERS, "is", "answered", "words_less_than")
        },
    ),
    lambda inner: st.one_of(
        st.dictionaries(st.sampled_from(["all", "any"]), st.lists(inner, max_size=3), max_size=1),
        st.fixed_dictionaries({"not": inner}),
    ),
    max_leaves=6,
)


@given(NODES, st.dictionaries(st.sampled_from(list(QUESTIONS)), st.text(max_size=5)))
def test_condition_that_is_not_refused_never_fails(condition, answers):
    if not wrong_with(condition, QUESTIONS):
        find(condition, answers)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ({}, "condition_malformed"),
        ([], "condition_malformed"),
        ({"question": "website", "in_capitals": True}, "comparison_unfitting"),
        ({"question": "title", "in_capitals": "yes"}, "condition_value_malformed"),
        ({"question": "title", "in_capitals": True, "is": "x"}, "condition_malformed"),
        ({"question": "no", "after_today": True}, "condition_asks_unknown"),
        ({"question": "title", "repeats": "no"}, "condition_asks_unknown"),
        ({"all": [{"question": "title", "words_less_than": "x"}]}, "condition_value_malformed"),
    ],
)
def test_wrong_with_names_what_is_wrong(condition, code):
    assert [fault.code for fault in wrong_with(condition, QUESTIONS)] == [code]


@pytest.mark.usefixtures("_framework")
class TestRows:
    def test_check_is_applied_when_a_reply_is_sent(self):
        make.check("short", severity="error")
        moderation = make.moderation(make.sent())
        assert (moderation.errors, moderation.warnings, moderation.findings) == (1, 0, ["short"])

    def test_changed_check_is_applied_to_open_replies_again(self):
        reply, decided = make.sent(), make.sent()
        operations.decline(number=decided.number, reason="Twin", by=None, at=make.AT)
        row = make.check("short")
        run_waiting(at_clock=lambda: make.AT)
        assert make.moderation(reply).warnings == 1
        assert make.moderation(decided).warnings == 0
        assert [(one.slug, one.found) for one in check_rows("en")] == [("short", 1)]
        lock = make.moderation(reply).lock
        make.check("short", active=False, based_on=row.lock)
        run_waiting(at_clock=lambda: make.AT)
        assert (make.moderation(reply).warnings, make.moderation(reply).lock) == (0, lock)

    def test_authors_see_before_sending_what_is_meant_for_them(self):
        make.check("for-staff")
        make.check("for-all", to_submitter=True)
        draft = make_calls.reply(make.call(), answers={"summary": "Short"})
        assert [one.check for one in findings_for(draft, at=make.AT)] == ["for-all"]
        both = findings_for(draft, at=make.AT, to_submitter=False)
        assert {one.check for one in both} == {"for-all", "for-staff"}

    def test_save_check_counts_its_changes(self):
        row = make.check()
        changed = make.check(severity="error", based_on=row.lock)
        assert (changed.lock, changed.severity) == (2, "error")
        assert make.check(severity="error", based_on=2).lock == 2
        with pytest.raises(StaleVersion):
            make.check(severity="hint", based_on=1)

    @pytest.mark.parametrize(
        ("stated", "code", "field"),
        [
            ({"slug": "No Spaces"}, "slug_malformed", "slug"),
            ({"slug": "taken"}, "check_exists", "slug"),
            ({"severity": "fatal"}, "severity_unknown", "severity"),
            ({"message": {"en": " "}}, "message_missing", "message"),
            ({"calls": ["none"]}, "call_unknown", "calls"),
            ({"place": "none"}, "condition_asks_unknown", "place"),
            ({"condition": {"question": "none", "is": "x"}}, "condition_asks_unknown", "condition"),
        ],
    )
    def test_save_check_refuses(self, stated, code, field):
        make.check("taken")
        with pytest.raises(RuleBroken) as caught:
            make.check(**{"slug": "new", **stated})
        assert (caught.value.code, caught.value.field) == (code, field)
        assert str(caught.value)

    def test_save_check_needs_the_capability(self):
        with pytest.raises(NotAllowed):
            make.check(by=accounts.person(Role.MODERATOR))
        make.check(by=accounts.person(Role.ORGANISER))
        assert Check.objects.count() == 1

    def test_shipped_checks_are_loaded_once_and_speak_six_languages(self):
        save_definition(definition=shipped("entries"), by=None, at=make.AT)
        assert load_checks(by=None, at=make.AT) == len(shipped_checks()) == Check.objects.count()
        Check.objects.filter(slug="no-website").update(active=False)
        assert load_checks(by=None, at=make.AT) == 0
        assert not Check.objects.get(slug="no-website").active
        for row in shipped_checks():
            assert set(row["message"]) == set(languages.CODES)
            assert len(set(row["message"].values())) == len(languages.CODES)
