"""Markdown of operators: whatever they paste, a reader's browser runs none of it."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.pages.rules.rendering import render

SAFE_TAGS = {
    *("h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "a", "em", "strong", "code", "pre"),
    *("blockquote", "br", "hr", "table", "thead", "tbody", "tr", "th", "td"),
}
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "<javascript:alert(1)>",
    "![x](https://elsewhere.example/pixel.gif)",
    "![x](javascript:alert(1))",
    '[x](/a "\\" onmouseover=alert(1) x=\\"")',
    "[x]: javascript:alert(1)\n\n[x]",
    "<style>body{display:none}</style>",
    "<iframe src=//elsewhere.example></iframe>",
    "<form action=//elsewhere.example><button>go</button></form>",
    "<div style='position:fixed'>x</div>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "`<script>alert(1)</script>`",
    "| a |\n|:-:|\n| <b onclick=alert(1)>x</b> |",
    "<meta http-equiv=refresh content='0;url=//elsewhere.example'>",
    "<base href=//elsewhere.example>",
]


def harmless(markdown: str) -> None:
    tree = html5lib.parseFragment(render(markdown), namespaceHTMLElements=False)
    for found in tree.iter():
        if not isinstance(found.tag, str) or found.tag == "DOCUMENT_FRAGMENT":
            continue
        assert found.tag in SAFE_TAGS, found.tag
        assert set(found.attrib) <= {"href", "title", "rel", "start"}, found.attrib
        address = found.get("href", "")
        scheme = address.split(":")[0].lower() if ":" in address else ""
        if scheme and "/" not in scheme and "?" not in scheme and "#" not in scheme:
            assert scheme in {"http", "https", "mailto"}, address
        assert not address.startswith(("//", "/\\", "\\")), address


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_runs_and_nothing_loads(payload: str) -> None:
    harmless(payload)
    harmless(f"# Title\n\n> {payload}\n\n- {payload}\n")


@given(st.text(st.sampled_from("<>[]()!\"'`:/\\&;#*\n jx=a1-|script"), max_size=60))
def test_any_text_is_rendered_harmless(text: str) -> None:
    harmless(text)


def test_addresses_of_the_site_and_of_the_web_stay() -> None:
    html = render("[here](../method/) [web](https://example.org/a?b=1) <mail@example.org>")
    assert 'href="../method/"' in html
    assert 'href="https://example.org/a?b=1"' in html
    assert 'href="mailto:mail@example.org"' in html


def test_an_address_without_its_scheme_stays_on_this_site() -> None:
    assert 'href="/elsewhere.example"' in render("[x](//elsewhere.example)")


def test_the_first_level_of_headings_is_the_pages_own() -> None:
    html = render("# One\n\n## Two\n\n### Three")
    assert "<h1" not in html
    assert html.count("<h2>") == 2


def test_tables_lists_and_emphasis_are_kept() -> None:
    html = render("| a |\n|---|\n| *b* |\n\n3. c")
    assert "<td><em>b</em></td>" in html
    assert '<ol start="3">' in html
