"""Questionnaires are made, changed as drafts, frozen, and opened again as a next version."""

import datetime as dt
from dataclasses import replace

import pytest
from tests.factories.accounts import person
from tests.factories.questionnaires import (
    AT,
    answers,
    definition,
    frozen_version,
    question,
    section,
    texts,
)

from stocktaking.accounts.rules.roles import Role
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken, RulesBroken, StaleVersion
from stocktaking.questionnaires.models import QuestionnaireVersion
from stocktaking.questionnaires.operations import (
    create_questionnaire,
    freeze_version,
    migrate_answers,
    open_draft,
    save_answers,
    save_definition,
    start_answers,
)
from stocktaking.questionnaires.queries import (
    definition as read,
)
from stocktaking.questionnaires.queries import draft_of, newest_frozen, questionnaire_list
from stocktaking.questionnaires.signals import answers_migrated
from stocktaking.questionnaires.states import QuestionKind as Kind

pytestmark = pytest.mark.usefixtures("_framework")
LATER = AT + dt.timedelta(days=1)


def plain(held):
    return replace(held, id=0, number=0, frozen=False)


def code_of(call) -> str:
    with pytest.raises(RuleBroken) as refused:
        call()
    return refused.value.code


def test_what_is_saved_is_read_again() -> None:
    version = save_definition(definition=definition(), by=None, at=AT)

    held = read(version.pk)
    assert plain(held) == definition()
    assert (held.id, held.number, held.frozen) == (version.pk, 1, False)


def test_saving_changes_the_one_draft_and_counts_changes() -> None:
    first = save_definition(definition=definition(), by=None, at=AT)
    shorter = definition("yearly", *definition().sections[:2])
    second = save_definition(definition=shorter, by=None, at=LATER, based_on=first.lock)
    same = save_definition(definition=shorter, by=None, at=LATER)

    assert second.pk == first.pk
    assert (second.lock, same.lock) == (first.lock + 1, first.lock + 1)
    assert plain(read(first.pk)) == shorter


def test_a_change_from_an_old_state_is_stale() -> None:
    first = save_definition(definition=definition(), by=None, at=AT)
    titled = replace(definition(), title=texts("Other"))
    save_definition(definition=titled, by=None, at=AT, based_on=first.lock)

    with pytest.raises(StaleVersion):
        save_definition(definition=definition(), by=None, at=AT, based_on=first.lock)
    assert read(first.pk).title == texts("Other")


def test_all_faults_of_a_definition_are_told() -> None:
    wrong = definition(
        "Bad Slug",
        section("check", question("a", Kind.SHORT, settings={"min_words": "3", "max": 1})),
        section(
            "two",
            question("a", Kind.CHOICE, shown_when={"question": "gone", "is": "x"}),
            question("Ünicode", Kind.DATE, binds_to="title", settings={"not_before": "a"}),
        ),
    )

    with pytest.raises(RulesBroken) as refused:
        save_definition(definition=wrong, by=None, at=AT)

    assert [(one.code, one.field) for one in refused.value.errors] == [
        ("slug_malformed", "slug"),
        ("code_twice", "a.code"),
        ("code_reserved", "check.code"),
        ("setting_malformed", "a.min_words"),
        ("setting_unknown", "a"),
        ("condition_asks_unknown", "a.shown_when"),
        ("code_malformed", "Ünicode.code"),
        ("not_before_unknown", "Ünicode.not_before"),
        ("binding_unfitting", "Ünicode.binds_to"),
    ]


def test_a_questionnaire_is_made_empty_or_as_a_copy() -> None:
    version = frozen_version()
    empty = create_questionnaire(slug="empty", title=texts("Empty"), by=None, at=AT)
    copy = create_questionnaire(
        slug="copy", title=texts("Copy"), copy_of=version.pk, by=None, at=AT
    )

    drafts = [draft_of(one.pk) for one in (empty, copy)]
    assert [read(one.pk).sections for one in drafts if one] == [(), definition().sections]
    assert (
        code_of(lambda: create_questionnaire(slug="copy", title={}, by=None, at=AT))
        == "questionnaire_exists"
    )
    assert (
        code_of(lambda: create_questionnaire(slug="x", title={}, copy_of=0, by=None, at=AT))
        == "version_unknown"
    )


def test_a_frozen_version_stays_as_it_is() -> None:
    version = frozen_version()
    again = freeze_version(version_id=version.pk, by=None, at=LATER)
    changed = definition("yearly", *definition().sections[:1])
    next_one = save_definition(definition=changed, by=None, at=LATER)

    assert again.frozen_at == AT
    assert (next_one.number, next_one.pk == version.pk) == (2, False)
    assert plain(read(version.pk)) == definition()


def test_the_next_draft_begins_as_the_newest_frozen_version() -> None:
    version = frozen_version()
    draft = open_draft(questionnaire_id=version.questionnaire_id, by=None, at=LATER)
    again = open_draft(questionnaire_id=version.questionnaire_id, by=None, at=LATER)

    assert (draft.pk, draft.number) == (again.pk, 2)
    assert plain(read(draft.pk)) == definition()
    newest = newest_frozen(version.questionnaire_id)
    assert newest is not None
    assert newest.pk == version.pk
    assert (
        code_of(lambda: open_draft(questionnaire_id=0, by=None, at=AT)) == "questionnaire_unknown"
    )


@pytest.mark.parametrize(
    "bad",
    [
        question("a", Kind.CHOICE),
        question("a", Kind.TERMS, settings={"scheme": "weather"}),
        question("a", Kind.TERMS, settings={"scheme": "goal", "min": 9}),
        question("a", Kind.SHORT, shown_when={"question": "a", "answered": True}),
    ],
)
def test_a_version_with_dead_ends_is_not_frozen(bad) -> None:
    version = save_definition(definition=definition("bad", section("s", bad)), by=None, at=AT)

    assert code_of(lambda: freeze_version(version_id=version.pk, by=None, at=AT)) == "problems_left"
    version.refresh_from_db()
    assert version.state == "draft"


def test_only_builders_build() -> None:
    nobody, organiser = person(), person(Role.ORGANISER)
    version = save_definition(definition=definition(), by=organiser, at=AT)

    for call in (
        lambda: save_definition(definition=definition(), by=nobody, at=AT),
        lambda: create_questionnaire(slug="x", title={}, by=nobody, at=AT),
        lambda: freeze_version(version_id=version.pk, by=nobody, at=AT),
        lambda: open_draft(questionnaire_id=version.questionnaire_id, by=nobody, at=AT),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_what_was_done_is_recorded() -> None:
    organiser = person(Role.ORGANISER)
    version = save_definition(definition=definition(), by=organiser, at=AT)
    freeze_version(version_id=version.pk, by=organiser, at=AT)
    open_draft(questionnaire_id=version.questionnaire_id, by=organiser, at=LATER)

    done = HistoryRecord.objects.filter(object_type__startswith="questionnaires.")
    assert [(one.verb, one.actor_id) for one in done] == [
        (verb, organiser.pk) for verb in ("created", "revised", "version_frozen", "version_opened")
    ]


def test_the_list_tells_versions_and_answers() -> None:
    version = frozen_version()
    start_answers(version_id=version.pk, language="en", answers={}, by=None, at=AT)
    open_draft(questionnaire_id=version.questionnaire_id, by=None, at=LATER)

    [kept] = questionnaire_list("fr")
    assert (kept.title, kept.newest_frozen, kept.draft, kept.answered) == ("Yearly (fr)", 1, 2, 1)


def _changed_version() -> QuestionnaireVersion:
    """The questionnaire with one question gone, one of another kind, one of another scheme."""
    about, place, *rest = definition().sections
    first = tuple(one for one in about.questions if one.code != "start")
    first = tuple(replace(one, settings={}) if one.code == "end" else one for one in first)
    other = tuple(
        replace(one, kind=Kind.MANY, binds_to="", settings={"options": []})
        if one.code == "countries"
        else replace(one, settings={"scheme": "line", "max": 3}, binds_to="")
        if one.code == "goal"
        else one
        for one in place.questions
    )
    other = tuple(
        replace(one, settings={"options": [{"code": "x", "label": texts("X")}]})
        if one.code == "countries"
        else one
        for one in other
    )
    return frozen_version(
        definition(
            "yearly",
            replace(about, questions=first),
            replace(place, questions=other),
            *rest,
        )
    )


def test_answers_move_to_a_new_version_and_nothing_is_lost() -> None:
    seen = []
    old = frozen_version()
    held = start_answers(version_id=old.pk, language="en", answers=answers(), by=None, at=AT)
    new = _changed_version()

    def notice(*, left, **_kwargs):
        seen.append(left)

    answers_migrated.connect(notice)
    try:
        done = migrate_answers(answer_set_id=held.pk, version_id=new.pk, by=None, at=LATER)
    finally:
        answers_migrated.disconnect(notice)

    assert {(one.code, one.reason) for one in done.left} == {
        ("start", "question_gone"),
        ("countries", "kind_changed"),
        ("goal", "scheme_changed"),
    }
    assert seen == [done.left]
    held.refresh_from_db()
    assert held.version_id == new.pk
    assert held.answers == answers(start=None, countries=None, goal=None)
    assert held.changes.get(revision=2).changed["countries"] == [["KE"], None]
    saved = save_answers(
        answer_set_id=held.pk, answers={"title": "On"}, based_on=2, by=None, at=LATER
    )
    assert saved.changed == ("title",)
    assert migrate_answers(answer_set_id=held.pk, version_id=new.pk, by=None, at=LATER).left == ()


def test_answers_do_not_move_to_a_draft_or_to_another_questionnaire() -> None:
    old = frozen_version()
    held = start_answers(version_id=old.pk, language="en", answers={}, by=None, at=AT)
    draft = open_draft(questionnaire_id=old.questionnaire_id, by=None, at=AT)
    other = frozen_version(definition("other"))

    for version in (draft, other):
        assert (
            code_of(
                lambda version=version: migrate_answers(
                    answer_set_id=held.pk, version_id=version.pk, by=None, at=AT
                )
            )
            == "version_unknown"
        )
