"""HTML in cells: found, and made plain without losing words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.reading.markup import as_text, marked_up


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One</p>\n\n\n<p>Two</p>", "One\n\nTwo"),
        ("<ul>\n<li><p>a</p></li>\n<li>b</li></ul>", "- a\n\n- b"),
        ("<p>One<br>still <b>one</b></p>", "One\nstill one"),
        ("Aims:<ul><li>a</li><li>b &amp; c</li></ul>End", "Aims:\n- a\n- b & c\nEnd"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("R&amp;D", "R&D"),
        ("line one\nR&amp;D", "line one\nR&D"),
        ("<p>wrapped\n  in the source</p>", "wrapped in the source"),
        ('See <a href="https://example.org/">here</a>.', "See here (https://example.org/)."),
        ('<a href="https://example.org">https://example.org/</a>', "https://example.org/"),
        ('<a href="https://example.org"></a>', "https://example.org"),
        ("<script>alert(1)</script>Words", "Words"),
        ("<style>p {}</style><P CLASS=x>Words</P>", "Words"),
        ("<script>never closed", ""),
        ("a<!-- hidden <b> -->b", "ab"),
        ("<td>one</td><td>two</td>", "one two"),
        ("<h2>Head</h2>Text", "Head\nText"),
        ("&lt;b&gt;", "<b>"),
        ("<i>?a=1&copy=2&amp;b</i> &#8211; &#xe9;", "?a=1&copy=2&b – é"),
        ("<!DOCTYPE html><html><body>x</body></html>", "x"),
    ],
)
def test_markup_becomes_plain_text(markup, text):
    assert marked_up(markup)
    assert as_text(markup) == text


@pytest.mark.parametrize(
    "text",
    [
        "<5 years",
        "a < b > c",
        "<name of the project>",
        "Q&A",
        "a & b;",
        "x<y",
        "<>",
        "&;",
        "& amp;",
    ],
)
def test_what_is_no_markup_is_not_taken_for_it(text):
    assert not marked_up(text)
    assert as_text(text) == text


@given(st.text(alphabet="ab <>/&;!-=\"'\nplitd", max_size=60))
def test_any_text_can_be_made_plain(text):
    as_text(text)


@pytest.mark.parametrize(
    "piece", ["<p", "<script>", "<!--", "&", "<a href=", "<a>", "</a>", "<p>", "&#", "<!doctype "]
)
def test_hostile_markup_takes_linear_time(piece):
    text = piece * (100_000 // len(piece))
    marked_up(text)
    assert len(as_text(text)) <= len(text)
