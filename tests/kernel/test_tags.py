"""What templates say: dates no more precise than known, languages, tags of terms."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.template import Context, Template
from django.test import SimpleTestCase
from django.utils import translation

from stocktaking.kernel.periods import PartialDate
from stocktaking.kernel.templatetags import stocktaking as tags


@dataclass
class Word:
    """A term, as far as the tags look at it."""

    code: str
    name: str
    colour: str = ""
    scheme: str = "line"
    css: str = "t-line"
    position: int = 0

    @property
    def group_code(self) -> str:
        return self.code

    def short_label(self) -> str:
        return self.name


@dataclass
class Mark:
    term: Word
    confirmed: bool = True


def drawn(template: str, **context) -> str:
    return Template("{% load stocktaking %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        (PartialDate(dt.date(2019, 1, 1), "year"), "en", ">2019<"),
        (PartialDate(dt.date(2019, 5, 1), "month"), "en", ">May 2019<"),
        (PartialDate(dt.date(2019, 5, 17)), "en", ">17 May 2019<"),
        (dt.date(2019, 5, 17), "fr", ">17 mai 2019<"),
        (dt.datetime(2019, 5, 17, 9, 5, tzinfo=dt.UTC), "en", ">17 May 2019, 09:05 UTC<"),
    ],
)
def test_dates_are_no_more_precise_than_known(value, language, shown):
    with translation.override(language):
        assert shown in tags.when(value)
    assert tags.when(None) == ""


def test_precision_stands_in_the_machine_form_too():
    assert 'datetime="2019-05"' in tags.when(PartialDate(dt.date(2019, 5, 1), "month"))


def test_text_in_another_language_is_marked():
    assert tags.foreign("ar") == 'lang="ar" dir="rtl"'
    assert tags.foreign("sw") == 'lang="sw" dir="ltr"'
    assert tags.foreign("en") == ""
    assert tags.foreign("") == ""


def test_coloured_term_is_a_number_with_its_name_hidden():
    goal = Word("3", "Health <3", "#4c9f38", "goal", "t-goal-3")
    tag = drawn("{% term_tag goal %}", goal=goal, explore_url="/en/entries/")
    SimpleTestCase().assertHTMLEqual(
        tag,
        '<a class="goal t-goal-3" href="/en/entries/?goal=3"><b>3</b>'
        '<span class="hide">Health &lt;3</span></a>',
    )
    assert "hide" not in drawn("{% term_tag goal named=True %}", goal=goal)


def test_border_of_a_term_says_who_confirmed_it():
    line = Word("C7", "E-health")
    assert 'class="line"' in drawn("{% term_tag m %}", m=Mark(line))
    assert 'class="line maybe"' in drawn("{% term_tag m %}", m=Mark(line, confirmed=False))
    assert "<b>C7</b> E-health" in drawn("{% term_tag m %}", m=Mark(line))


def test_code_that_is_a_word_is_not_repeated():
    assert "<b>" not in drawn("{% term_tag m %}", m=Word("government", "Government"))


def test_pictures_of_the_grid_are_left_out_without_one():
    assert drawn("{% weave card %}{% heat_grid counts %}", card=None, counts={}) == ""


def test_addresses_of_own_files_carry_their_content():
    assert drawn("{% asset 'kernel/site.css' %}").startswith("/static/kernel/site.css?v=")
    with pytest.raises(FileNotFoundError):
        drawn("{% asset 'kernel/nothing.css' %}")


def test_alternates_name_all_languages():
    page = drawn("{% alternates %}", base_url="https://r.example", canonical="/fr/entries/?goal=3")
    assert '<link rel="canonical" href="https://r.example/fr/entries/?goal=3">' in page
    assert 'href="https://r.example/zh/entries/?goal=3" hreflang="zh"' in page
    assert page.count("hreflang") == 7
    assert 'hreflang="x-default"' in page
