import pytest
from tests.factories import entries

from stocktaking.reference.operations import override_term
from stocktaking.reference.queries import catalogue, forget

PAYLOAD = "\"'><script>alert(1)</script>"


def test_schemes_and_crosswalks_are_shown(desk) -> None:
    page = desk("terms/")
    assert "/en/staff/terms/goal/" in page.links()
    assert "/en/staff/crosswalks/line-goal/" in page.links()
    assert "Because L1 serves 1." in desk("crosswalks/line-goal/").text


def test_labels_stand_side_by_side_with_their_standing(desk) -> None:
    page = desk("terms/goal/")
    row = next(
        r for r in page.tree.findall(".//main//tbody/tr") if "goal 3" in "".join(r.itertext())
    )
    cells = ["".join(cell.itertext()).strip() for cell in row]
    assert cells == ["3", "–", "–", "goal 3", "goal 3 (fr) (unofficial)", "–", "–"]


def test_own_words_are_laid_over_and_cleared(desk) -> None:
    form = desk("terms/goal/3/").form(name="title_en")
    form["title_en"], form["other_ar"] = "Health first", "صحة"
    form.send(act="save")
    forget()
    term = catalogue().term("goal", "3")
    assert (term.title["en"], term.title["fr"], term.short["ar"]) == (
        "Health first",
        "goal 3 (fr)",
        "صحة",
    )
    desk("terms/goal/3/").form(name="title_en").send(act="clear")
    forget()
    assert catalogue().term("goal", "3").title["en"] == "goal 3"


def test_name_of_a_scheme_is_overridden(desk) -> None:
    form = desk("terms/goal/").form(name="title_en")
    form["title_en"], form["other_en"] = "Aim", "Aims"
    form.send(act="save")
    forget()
    assert catalogue().scheme("goal").plural_label("en") == "Aims"


def test_errors_keep_what_was_typed(desk) -> None:
    form = desk("terms/goal/3/").form(name="title_en")
    form["title_en"], form["title_fr"] = "x" * 501, "Typed"
    answer = form.send(act="save")
    assert answer.status == 422
    assert "id_title_en_error" in answer.ids()
    assert answer.form(name="title_en")["title_fr"] == "Typed"


def test_faulty_form_does_not_hide_what_somebody_else_saved(desk) -> None:
    form = desk("terms/goal/3/").form(name="title_en")
    override_term(
        term_id=entries.term_id("goal", "3"),
        title={"en": "Theirs"},
        short={},
        by=None,
        at=entries.AT,
    )
    form["title_en"] = "x" * 501
    again = form.send(act="save").form(name="title_en")
    again["title_en"] = "Mine"
    assert again.send(act="save").status == 409
    forget()
    assert catalogue().term("goal", "3").title["en"] == "Theirs"


def test_stale_form_shows_both_and_then_lets_the_person_decide(desk) -> None:
    form = desk("terms/goal/3/").form(name="title_en")
    override_term(
        term_id=entries.term_id("goal", "3"),
        title={"en": "Theirs"},
        short={},
        by=None,
        at=entries.AT,
    )
    form["title_en"] = "Mine"
    clash = form.send(act="save")
    assert clash.status == 409
    assert "Theirs" in clash.text
    clash.form(name="title_en").send(act="save")
    forget()
    assert catalogue().term("goal", "3").title["en"] == "Mine"


def test_own_words_cannot_become_markup(desk) -> None:
    form = desk("terms/goal/3/").form(name="title_en")
    form["title_en"] = PAYLOAD
    form.send(act="save")
    forget()
    entry = entries.entry()
    for path in ("terms/goal/", "terms/goal/3/", f"entries/{entry.pk}/", "crosswalks/line-goal/"):
        assert desk(path).tree.findall(".//script") == []


@pytest.mark.parametrize("path", ["terms/none/", "terms/goal/99/", "crosswalks/none/"])
def test_unknown_words_are_not_found(desk, path) -> None:
    assert desk(path).status == 404
