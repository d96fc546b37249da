"""Loading: what is stated becomes what is kept, and nothing of the operator's is lost."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.factories import reference as make

from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import RulesBroken
from stocktaking.reference.models import (
    Crosswalk,
    CrosswalkLink,
    Revision,
    Scheme,
    Term,
    TermMembership,
)
from stocktaking.reference.operations import override_term
from stocktaking.reference.queries import catalogue
from stocktaking.reference.signals import framework_changed

pytestmark = pytest.mark.django_db
CRAFT, GRID = "schemes/craft.json", "crosswalks/craft-purpose.json"
MEMBERS = "memberships/place-valley.json"
ALL = 4 + 10 + 3 + 1 + 2  # schemes, terms, memberships, crosswalk, links
LATER = make.AT + dt.timedelta(days=30)


def change(folder: Path, files: dict[str, Any], **known: Any) -> Any:
    return make.load(make.write(folder, files), at=LATER, **known)


def test_an_invented_framework_becomes_the_grid(folder: Path) -> None:
    summary = make.load(folder)
    assert str(summary) == f"created {ALL}, updated 0, unchanged 0, refused 0"
    grid = catalogue().grid()
    assert grid is not None
    assert (len(list(grid.rows)), len(list(grid.columns))) == (3, 2)
    assert [term.code for term in grid.rows] == ["wood", "iron", "wool"]
    assert [s.slug for s in catalogue().facets()] == ["craft", "purpose", "place", "valley"]
    assert [s.slug for s in catalogue().direct()] == ["craft", "purpose", "place"]
    link = grid.link("wool", "art")
    assert link is not None
    assert link.targets == ("1.a",)
    art = catalogue().term("purpose", "art")
    assert art is not None
    assert (art.label("pt"), art.facts) == ("art (pt)", {"since": 1400})


@pytest.mark.parametrize("shipped", [True, False])
def test_loading_again_changes_nothing(shipped: bool, folder: Path) -> None:
    folder = make.WSIS if shipped else folder
    first = make.load(folder)
    number, told = Revision.objects.get().number, HistoryRecord.objects.count()
    again = make.load(folder)
    assert (again.changes, again.unchanged) == ((), first.created)
    assert Revision.objects.get().number == number
    assert HistoryRecord.objects.count() == told


def test_a_dry_run_tells_all_and_writes_nothing(folder: Path) -> None:
    summary = make.load(folder, dry_run=True)
    assert (summary.created, summary.dry_run) == (ALL, True)
    assert not Scheme.objects.exists()
    assert not Revision.objects.exists()
    make.load(folder)
    files = make.tiny()
    files[CRAFT]["terms"][0]["title"]["en"] = "timber"
    (changed,) = change(folder, files, dry_run=True).changes
    assert (changed.kind, changed.what, changed.name) == ("updated", "term", "craft wood")
    assert changed.fields["title"][1]["en"] == "timber"
    assert Term.objects.get(code="wood").title["en"] == "wood"


def test_every_object_gets_one_record(folder: Path) -> None:
    make.load(folder)
    verbs = list(HistoryRecord.objects.values_list("verb", "object_type"))
    assert verbs.count(("created", "reference.scheme")) == 4
    assert verbs.count(("created", "reference.term")) == 10
    assert verbs.count(("created", "reference.crosswalk")) == 1
    assert verbs.count(("links_changed", "reference.crosswalk")) == 1
    assert verbs.count(("members_changed", "reference.term")) == 2
    loaded = HistoryRecord.objects.get(verb="framework_loaded")
    assert loaded.detail["framework"] == "valley"
    assert loaded.at == make.AT


def test_a_change_is_announced_once_and_only_a_change(folder: Path) -> None:
    heard: list[dict[str, Any]] = []

    def hear(sender: object, **told: Any) -> None:
        heard.append(told)

    framework_changed.connect(hear)
    try:
        make.load(folder)
        make.load(folder)
    finally:
        framework_changed.disconnect(hear)
    assert [told["schemes"] for told in heard] == [{"craft", "purpose", "place", "valley"}]
    assert heard[0]["revision"] == Revision.objects.get().number == catalogue().revision


def test_the_operators_words_survive(folder: Path) -> None:
    make.load(folder)
    wood = Term.objects.get(code="wood")
    override_term(term_id=wood.pk, title={"en": "Timber"}, short={}, by=None, at=make.AT)
    files = make.tiny()
    files[CRAFT]["terms"][0]["title"] = {"en": "Lumber", "pt": "madeira"}
    change(folder, files)
    term = catalogue().term("craft", "wood")
    assert term is not None
    assert (term.label("en"), term.title["pt"]) == ("Timber", "madeira")
    assert Term.objects.get(code="wood").title["en"] == "Lumber"


def test_a_vanished_term_is_retired_and_comes_back(folder: Path) -> None:
    make.load(folder)
    files = make.tiny()
    del files[CRAFT]["terms"][1]
    summary = change(folder, files)
    assert (summary.retired, summary.removed) == (1, 0)
    iron = Term.objects.get(code="iron")
    assert (iron.assignable, iron.valid_to) == (False, LATER.date())
    grid = catalogue().grid()
    assert grid is not None
    assert [term.code for term in grid.rows] == ["wood", "wool"]
    assert grid.rows.get("iron") is not None
    assert change(folder, files).changes == ()
    change(folder, make.tiny())
    iron.refresh_from_db()
    assert (iron.assignable, iron.valid_to) == (True, None)


def test_a_vanished_scheme_is_retired(folder: Path) -> None:
    make.load(folder)
    files = make.tiny()
    del files["schemes/purpose.json"], files[GRID]
    files["framework.json"].update(schemes=["craft", "place", "valley"], crosswalks=[])
    summary = change(folder, files)
    assert (summary.retired, summary.removed) == (1, 1)
    assert Scheme.objects.get(slug="purpose").retired_on == LATER.date()
    assert "purpose" not in [scheme.slug for scheme in catalogue().facets()]
    assert catalogue().grid() is None
    assert change(folder, files).changes == ()


def test_memberships_and_links_follow_the_files(folder: Path) -> None:
    make.load(folder)
    files = make.tiny()
    files[MEMBERS]["memberships"] = [
        {"group": "east", "member": "hill", "to": "2001-12-31", "remark": "surveyed"},
        {"group": "east", "member": "mill"},
    ]
    files[GRID]["links"] = [{"row": "wood", "column": "use", "note": "seen"}]
    summary = change(folder, files)
    assert (summary.created, summary.updated, summary.removed) == (1, 2, 3)
    kept = TermMembership.objects.order_by("id").values_list(
        "group__code", "member__code", "valid_to", "remark"
    )
    assert list(kept) == [
        ("east", "hill", dt.date(2001, 12, 31), "surveyed"),
        ("east", "mill", None, ""),
    ]
    assert [link.note for link in CrosswalkLink.objects.all()] == ["seen"]


def test_terms_move_below_a_heading_and_away(folder: Path) -> None:
    make.load(folder)
    files = make.tiny()
    del files[CRAFT]["terms"][3]["parent"]
    files[CRAFT]["terms"][0]["parent"] = "cloth"
    change(folder, files)
    assert dict(Term.objects.filter(scheme__slug="craft").values_list("code", "parent__code")) == {
        "wood": "cloth", "iron": None, "cloth": None, "wool": None,
    }  # fmt: skip


def test_the_ends_of_a_crosswalk_may_change(folder: Path) -> None:
    make.load(folder)
    files = make.tiny()
    files[GRID].update(rows="place", links=[{"row": "hill", "column": "use"}])
    change(folder, files)
    grid = catalogue().grid()
    assert grid is not None
    assert (grid.rows.slug, list(grid.links)) == ("place", [("hill", "use")])


def test_one_fault_refuses_the_whole(folder: Path) -> None:
    make.load(folder)
    before = list(Term.objects.order_by("id").values())
    files = make.tiny()
    files[CRAFT]["terms"][0]["title"]["en"] = "timber"
    files[GRID]["links"][0]["column"] = "fun"
    with pytest.raises(RulesBroken) as refused:
        change(folder, files)
    (error,) = refused.value.errors
    assert (error.code, error.field) == ("term_unknown", f"{GRID} links[0]")
    assert list(Term.objects.order_by("id").values()) == before


def second(folder: Path) -> Path:
    """A framework beside the first that draws its grid with the first one's places."""
    two = {"en": "X"}
    files = {
        "framework.json": {
            "format": 1, "slug": "weather", "title": two, "languages": ["en"],
            "schemes": ["wind"], "uses": ["place"], "crosswalks": ["wind-place"],
            "memberships": ["places"],
        },
        "schemes/wind.json": {
            "slug": "wind", "title": two, "terms": [{"code": "N", "title": two}]
        },
        "memberships/places.json": {
            "groups": "wind", "members": "place",
            "memberships": [{"group": "N", "member": "hill"}],
        },
        "crosswalks/wind-place.json": {
            "slug": "wind-place", "title": two, "rows": "wind", "columns": "place",
            "primary": True, "links": [{"row": "N", "column": "mill"}],
        },
    }  # fmt: skip
    return make.write(folder, files)


def test_two_frameworks_stand_side_by_side(folder: Path, tmp_path_factory: Any) -> None:
    make.load(folder)
    other = second(tmp_path_factory.mktemp("weather"))
    summary = make.load(other)
    assert (summary.created, summary.updated, summary.retired) == (5, 1, 0)
    grid = catalogue().grid()
    assert grid is not None
    assert grid.slug == "wind-place"
    assert list(Crosswalk.objects.filter(primary=True).values_list("slug", flat=True)) == [
        "wind-place"
    ]
    assert make.load(other).changes == ()
    assert not Scheme.objects.exclude(retired_on=None).exists()


def test_a_framework_keeps_its_hands_off_another(folder: Path, tmp_path_factory: Any) -> None:
    make.load(folder)
    files = make.tiny()
    files["framework.json"]["slug"] = "copy"
    with pytest.raises(RulesBroken) as refused:
        make.load(make.write(tmp_path_factory.mktemp("copy"), files))
    codes = [error.code for error in refused.value.errors]
    assert codes == ["scheme_taken"] * 4 + ["crosswalk_taken"]


def test_groups_stay_in_the_hands_of_their_framework(folder: Path, tmp_path_factory: Any) -> None:
    make.load(folder)
    other = second(tmp_path_factory.mktemp("weather"))
    (other / "memberships/places.json").write_text(
        '{"groups": "place", "members": "wind", "memberships": [{"group": "hill", "member": "N"}]}'
    )
    with pytest.raises(RulesBroken) as refused:
        make.load(other)
    assert [error.code for error in refused.value.errors] == ["group_not_own"]


def test_rows_without_a_framework_are_taken_in(folder: Path) -> None:
    Scheme.objects.create(slug="craft", title={"en": "old"})
    make.load(folder)
    assert Scheme.objects.get(slug="craft").framework == "valley"
