"""Every kind of question is shown, typed into and read again without losing anything."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from tests.factories import accounts, files
from tests.factories import entries as register
from tests.factories.questions import EVERY, one_section, question
from tests.web.reply.typed import typed_from

from stocktaking.accounts.queries import organisation
from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.values import tidy
from stocktaking.questionnaires.states import QuestionKind as Kind
from stocktaking.web.forms.questions import SectionForm

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

FULL = {
    "title": "A network <b>of</b> masts",
    "about": "Neighbours share\n\none mast.",
    "reach": 1200,
    "start": "2019-05",
    "phase": "run",
    "groups": ["women", "youth"],
    "goals": [{"code": "3", "note": "Clinics."}, {"code": "1"}],
    "works": ["SD", "KE"],
    "owner": {"name": "Mast People", "country": "KE"},
    "team": [{"name": "Ada", "email": "ada@example.org"}, {"name": "Bo", "role": "Lead"}],
    "links": [{"url": "https://example.org/", "label": "Home"}],
    "truth": True,
}


@pytest.fixture(autouse=True)
def framework(db: None) -> None:
    register.framework()


def form(answers=None, data=None, *, language="en", definition=None, **more) -> SectionForm:
    definition = definition or one_section()
    sent = QueryDict(data) if data is not None else None
    return SectionForm(
        definition.sections[0], definition, answers or {}, {}, language, sent, **more
    )


def drawn(shown: SectionForm, language: str = "en") -> str:
    context = {"form": shown, "language": languages.BY_CODE[language]}
    with translation.override(language):
        return render_to_string("web/reply/fields.html", context)


def test_a_page_shows_every_kind_of_question() -> None:
    html = drawn(form())
    for one in EVERY:
        assert f'data-question="{one.code}"' in html
    assert {one.kind for one in EVERY} == set(Kind)


def test_what_is_shown_and_sent_back_is_the_same_answer() -> None:
    html = drawn(form(FULL))
    read = form(FULL, typed_from(html)).read()
    assert {code: tidy(value) for code, value in read.items() if value is not None} == FULL
    assert set(read) == {one.code for one in EVERY}


def test_what_was_typed_is_escaped() -> None:
    nasty = "<script>alert(1)</script>\"'</textarea><img src=x onerror=alert(1)>"
    answers = {
        "title": nasty,
        "about": nasty,
        "goals": [{"code": "3", "note": nasty}],
        "owner": {"name": nasty},
        "team": [{"name": nasty}],
        "links": [{"url": nasty, "label": nasty}],
    }
    html = drawn(form(answers))
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert form(answers, typed_from(html)).read()["about"] == nasty


def test_only_questions_that_the_form_had_are_read() -> None:
    assert form(FULL, "shown=title&q-title=New&q-about=Ignored").read() == {"title": "New"}
    assert form(FULL, "shown=title+nothing&q-title=").read() == {"title": None}
    assert form(FULL, "q-title=New").read() == {}


@pytest.mark.parametrize(
    ("code", "sent", "shown_again"),
    [
        ("reach", "q-reach=many", 'value="many"'),
        ("start", "q-start.year=2019&q-start.month=13", 'value="13"'),
        ("start", "q-start.day=3&q-start.month=2", 'value="3"'),
        ("owner", "q-owner=new&q-owner.website=https://example.org", "https://example.org"),
    ],
)
def test_what_cannot_be_read_is_an_error_and_shown_again(code, sent, shown_again) -> None:
    wrong = form(FULL, f"shown={code}&{sent}")
    assert wrong.read() == {}
    assert wrong.problems()[0].anchor == f"id_q-{code}"
    html = drawn(wrong)
    assert shown_again in html
    assert "aria-invalid" in html or "id_q-owner-error" in html


def test_a_country_is_added_by_its_name_beside_those_that_are_ticked() -> None:
    sent = "shown=works&q-works=KE&q-works.name={}"
    assert form(FULL, sent.format("country FR")).read() == {"works": ["KE", "FR"]}
    unknown = form(FULL, sent.format("Atlantis"))
    assert unknown.read() == {"works": ["KE"]}
    assert [one.anchor for one in unknown.problems()] == ["id_q-works"]
    assert 'value="Atlantis"' in drawn(unknown)


def test_hidden_question_is_in_the_page_for_a_script_and_keeps_its_answer() -> None:
    shown = form({"phase": "run", "why_planned": "Because"})
    assert shown.field("why_planned").hidden
    html = drawn(shown)
    assert 'data-question="why_planned" data-kind="short" hidden' in html
    read = form({"phase": "run", "why_planned": "Because"}, typed_from(html))
    assert read.read()["why_planned"] == "Because"
    changed = form({"phase": "run"}, "shown=phase+why_planned&q-phase=plan&q-why_planned=x")
    assert not changed.field("why_planned").hidden


def test_labels_fall_back_and_say_their_language() -> None:
    html = drawn(form(language="ar"), "ar")
    assert '<label for="id_q-title" lang="en" dir="ltr">The title' in html
    assert '<p class="hint" id="id_q-why_planned-hint" lang="fr" dir="ltr">En une phrase' in html


def test_answers_are_written_in_the_language_of_the_reply() -> None:
    html = drawn(form(written_in="ar"))
    assert 'name="q-about" rows="4" lang="ar" dir="rtl"' in html


def test_words_are_counted_by_the_server() -> None:
    shown = form({"about": "Only two"}).field("about").gauge
    assert (shown.count, shown.filled, shown.right_from) == (2, 33, 50)
    assert 'data-max-words="6" data-min-words="3"' in drawn(form())


def test_what_a_part_of_an_answer_lacks_stands_at_that_part() -> None:
    shown = form(FULL)
    shown.refuse(
        [("goals.3.note", "Say more."), ("team.1.email", "No address."), ("about", "Long")]
    )
    assert [(one.anchor, one.message) for one in shown.problems()] == [
        ("id_q-about", "Long"),
        ("id_q-goals.2.note", "Say more."),
        ("id_q-team.1.email", "No address."),
    ]
    html = drawn(shown)
    for problem in shown.problems():
        assert f'id="{problem.anchor}"' in html
        assert problem.message in html


def test_rows_can_be_removed_and_filled_up_to_the_most() -> None:
    shown = form(FULL).field("team")
    assert [row.values["name"] for row in shown.rows] == ["Ada", "Bo", ""]
    sent = "shown=team&q-team.0.name=Ada&q-team.0.remove=1&q-team.1.name=Bo&q-team.2.name=Cy"
    assert [row["name"] for row in form(FULL, sent).read()["team"]] == ["Bo", "Cy"]


def test_own_organisation_is_offered_and_another_is_found_by_name() -> None:
    own = accounts.organisation("Mast People")
    other = accounts.organisation("Tower Friends")
    shown = form(own_organisations=[organisation(own.pk)])
    assert "Mast People" in drawn(shown)
    assert "Tower Friends" not in drawn(shown)
    found = form({}, "shown=owner&q-owner.find=tower")
    found.search("owner", "tower")
    assert "Tower Friends" in drawn(found)
    assert form({}, f"shown=owner&q-owner={other.pk}").read() == {"owner": {"number": other.pk}}
    gone = form({}, "shown=owner&q-owner=999999")
    assert gone.read() == {}


def test_picture_is_kept_at_once_and_only_own_files_may_be_named() -> None:
    who = accounts.person()
    sent = MultiValueDict(
        {"q-images.upload": [SimpleUploadedFile("mast.png", files.picture(), "image/png")]}
    )
    data = "shown=images&q-images.new.alt=A+mast"
    kept = form({}, data, files=sent)
    kept.store_uploads(by=who, at=AT)
    [stored] = kept.read()["images"]
    assert stored["alt"] == "A mast"
    again = f"shown=images&q-images.0.file={stored['file']}&q-images.0.alt=A+mast"
    for person, expected in ((who, [stored]), (accounts.person(), None)):
        claimed = form({}, again)
        claimed.store_uploads(by=person, at=AT)
        assert claimed.read() == {"images": expected}
    there = form({"images": [stored]}, again)
    there.store_uploads(by=accounts.person(), at=AT)
    assert there.read() == {"images": [stored]}


def test_picture_that_is_none_is_refused_and_the_rest_is_kept() -> None:
    sent = MultiValueDict(
        {"q-images.upload": [SimpleUploadedFile("evil.svg", b"<svg/>", "image/svg+xml")]}
    )
    kept = form({}, "shown=images+title&q-title=Kept&q-images.new.alt=A+mast", files=sent)
    kept.store_uploads(by=accounts.person(), at=AT)
    assert kept.read() == {"images": None, "title": "Kept"}
    assert "evil.svg" in kept.problems()[0].message
    assert 'value="A mast"' in drawn(kept)


def test_no_letter_that_a_database_refuses_gets_in() -> None:
    sent = QueryDict(mutable=True)
    sent.update({"shown": "title about", "q-title": "A\x00b\x07", "q-about": "x\r\ny\x00\u200d"})
    definition = one_section()
    read = SectionForm(definition.sections[0], definition, {}, {}, "en", sent).read()
    assert read == {"title": "Ab", "about": "x\ny\u200d"}


@pytest.mark.parametrize("many", [12, 13])
def test_long_list_of_options_is_a_list_to_open(many: int) -> None:
    options = [{"code": f"o{n}", "label": {"en": f"Option {n}"}} for n in range(many)]
    definition = one_section(question("one", Kind.CHOICE, settings={"options": options}))
    html = drawn(form({"one": "o3"}, definition=definition))
    assert ("<select" in html) is (many > 12)
    read = form({"one": "o3"}, typed_from(html), definition=definition).read()
    assert read == {"one": "o3"}
