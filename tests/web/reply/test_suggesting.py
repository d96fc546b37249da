"""Lines and goals are suggested while somebody describes a project; nobody ticks them but they."""

import pytest
from tests.factories import accounts, calls
from tests.factories import questionnaires as forms
from tests.web.reply.conftest import LONG, Desk

from stocktaking.kernel import clock
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.reference import frameworks
from stocktaking.reference import queries as reference
from stocktaking.reference.operations import load_framework

CLINIC = "Nurses in village clinics send pictures to a hospital, where doctors see the patients."


def terms(code: str, scheme: str, **settings):
    return forms.question(
        code, Kind.TERMS, binds_to=f"scheme:{scheme}", settings={"scheme": scheme, **settings}
    )


@pytest.fixture
def desk(db: None) -> Desk:
    load_framework(folder=frameworks.WSIS, by=None, at=clock.now())
    reference.forget()
    form = forms.definition(
        "clinics",
        forms.section(
            "about",
            forms.question("title", Kind.SHORT, binds_to="title"),
            forms.question("summary", Kind.LONG, binds_to="summary"),
            forms.question("remark", Kind.LONG),
            terms("lines", "action-line", max=6),
            terms("goals", "sdg", notes=True),
            terms("activity", "activity", max=1),
        ),
        forms.section("end", forms.question("agreed", Kind.STATEMENT)),
    )
    call = calls.call("clinics", form=form, closes_at=LONG)
    person = accounts.person(name="Ada Author")
    reply = calls.reply(call, person, answers={"title": "Village network"})
    return Desk(accounts.browser(person, second_factor=False), person, reply)


def offers(answer, code: str) -> str:
    html = answer.content.decode()
    begin = html.index(f'id="id_q-{code}-offers"')
    return html[begin : html.index('value="suggest:', begin)]


def test_the_page_offers_to_suggest_and_suggests_nothing_unasked(desk) -> None:
    html = desk.get("about/").content.decode()
    assert 'value="suggest:lines"' in html
    assert 'value="suggest:goals"' in html
    assert "suggest:activity" not in html  # not of the grid
    assert "Your texts speak of these" not in html


def test_suggestions_come_with_words_and_confidence_and_nothing_is_ticked(desk) -> None:
    answer = desk.save("suggest:lines", summary=CLINIC)
    assert answer.status_code == 200
    shown = offers(answer, "lines")
    assert "Your texts speak of these" in shown
    assert 'name="q-lines" value="C7-EHEA"' in shown
    assert "checked" not in shown
    assert "<bdi>hospital</bdi>" in shown
    assert "<dt>Confidence</dt><dd>good</dd>" in shown
    assert "q-goals" not in shown
    assert desk.answers["summary"] == CLINIC  # it was saved
    assert "lines" not in desk.answers


def test_what_is_ticked_there_is_chosen(desk) -> None:
    desk.save("suggest:goals", summary=CLINIC)
    desk.save("stay", goals="3")
    assert [row["code"] for row in desk.answers["goals"]] == ["3"]
    shown = offers(desk.save("suggest:goals"), "goals")
    assert "Ticked already" in shown
    assert 'type="checkbox"' not in shown


def test_without_text_it_says_so(desk) -> None:
    shown = offers(desk.save("suggest:lines", title=""), "lines")
    assert "there is no text yet to go by" in shown


def test_thin_evidence_is_no_suggestion(desk) -> None:
    shown = offers(desk.save("suggest:lines", summary="We do things."), "lines")
    assert "the texts say too little" in shown


def test_questions_that_no_entry_shows_are_not_read(desk) -> None:
    shown = offers(desk.save("suggest:lines", remark=CLINIC), "lines")
    assert "the texts say too little" in shown


@pytest.mark.parametrize("act", ["suggest:activity", "suggest:nothing", "suggest:", "suggest"])
def test_what_cannot_be_suggested_is_only_saved(desk, act) -> None:
    answer = desk.save(act, summary=CLINIC)
    assert answer.status_code == 200
    assert "Your texts speak of these" not in answer.content.decode()
    assert desk.answers["summary"] == CLINIC


def test_words_are_shown_as_text(desk) -> None:
    text = '<b>hospital</b> & "doctors" <script>alert(1)</script> patients'
    shown = offers(desk.save("suggest:lines", summary=text), "lines")
    assert "<script>alert" not in shown
    assert "<b>hospital" not in shown
