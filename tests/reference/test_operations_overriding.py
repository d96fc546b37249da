"""The operator's own words over the shipped ones."""

from pathlib import Path

import pytest
from tests.factories import reference as make

from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import RuleBroken, StaleVersion
from stocktaking.reference.models import Scheme, Term
from stocktaking.reference.operations import clear_override, override_scheme, override_term
from stocktaking.reference.queries import catalogue, scheme_wording, term_wording
from stocktaking.reference.signals import wording_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def wool(folder: Path) -> Term:
    make.load(folder)
    return Term.objects.get(code="wool")


def test_own_words_show_where_they_are_given(wool: Term) -> None:
    override_term(
        term_id=wool.pk, title={"en": " Fine  wool ", "pt": ""}, short={"pt": "lã"}, by=None,
        at=make.AT,
    )  # fmt: skip
    view = catalogue().terms[wool.pk]
    assert (view.title["en"], view.title["pt"]) == ("Fine wool", "wool (pt)")
    assert (view.short["en"], view.short["pt"]) == ("wl", "lã")
    # what the operator wrote is nobody's official wording
    assert not view.is_official("en")
    record = HistoryRecord.objects.get(verb="wording_overridden")
    assert record.detail == {
        "old": {},
        "new": {"title": {"en": "Fine wool"}, "short": {"pt": "lã"}},
    }


def test_shipped_words_come_back(wool: Term) -> None:
    override_term(term_id=wool.pk, title={"en": "Fleece"}, short={}, by=None, at=make.AT)
    clear_override(term_id=wool.pk, by=None, at=make.AT)
    assert catalogue().terms[wool.pk].label("en") == "wool"
    assert catalogue().terms[wool.pk].is_official("en")
    assert HistoryRecord.objects.filter(verb="wording_cleared").count() == 1


def test_a_scheme_is_named_anew(wool: Term) -> None:
    craft = Scheme.objects.get(slug="craft")
    override_scheme(
        scheme_id=craft.pk, title={"en": "Trade"}, plural={"en": "Trades"}, by=None, at=make.AT
    )
    view = catalogue().schemes["craft"]
    assert (view.label("en"), view.plural_label("en")) == ("Trade", "Trades")
    wording = scheme_wording(craft.pk)
    assert wording is not None
    assert (wording.title["en"], wording.own_title) == ("Craft", {"en": "Trade"})
    clear_override(scheme_id=craft.pk, based_on=wording.stamp, by=None, at=make.AT)
    assert catalogue().schemes["craft"].plural_label("en") == "Crafts"


def test_who_saved_later_does_not_overwrite_unseen(wool: Term) -> None:
    seen = term_wording(wool.pk)
    assert seen is not None
    first = {"term_id": wool.pk, "short": {}, "by": None, "at": make.AT, "based_on": seen.stamp}
    override_term(title={"en": "Fleece"}, **first)  # type: ignore[arg-type]
    with pytest.raises(StaleVersion) as refused:
        override_term(title={"en": "Yarn"}, **first)  # type: ignore[arg-type]
    assert refused.value.code == "stale_version"
    assert catalogue().terms[wool.pk].label("en") == "Fleece"


def test_saving_the_same_words_is_no_change(wool: Term) -> None:
    heard: list[str] = []

    def hear(sender: object, scheme: str, **told: object) -> None:
        heard.append(scheme)

    wording_changed.connect(hear)
    try:
        for _ in range(2):
            override_term(term_id=wool.pk, title={"en": "Fleece"}, short={}, by=None, at=make.AT)
    finally:
        wording_changed.disconnect(hear)
    assert heard == ["craft"]
    assert HistoryRecord.objects.filter(verb="wording_overridden").count() == 1


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ({"en": "x" * 501}, "text_too_long"),
        ({"en": "a\x00b"}, "text_unclean"),
        ({"no such": "word"}, "language_unknown"),
    ],
)
def test_faulty_words_are_refused_at_their_field(
    wool: Term, title: dict[str, str], code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        override_term(term_id=wool.pk, title=title, short={}, by=None, at=make.AT)
    assert (refused.value.code, refused.value.field) == (code, f"title_{next(iter(title))}")
    assert "%(" not in str(refused.value)


def test_a_word_that_is_gone_is_told(wool: Term) -> None:
    with pytest.raises(RuleBroken) as refused:
        override_term(term_id=0, title={}, short={}, by=None, at=make.AT)
    assert refused.value.code == "not_found"
    assert term_wording(0) is scheme_wording(0) is None
