"""Templates obey the content security policy and speak through the catalogues."""

import re
from pathlib import Path

import pytest
from tests.architecture.sources import Offences, files, name

FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=\s*[\"']|<style\b"),
    "inline script": re.compile(
        r"<script\b(?![^>]*\s(?:src=|type=\"application/(?:ld\+)?json\"))", re.I
    ),
    "event attribute": re.compile(r"\son[a-z]{3,}\s*=\s*[\"']"),
    "script address": re.compile(r"[\"']\s*javascript:", re.I),
    "foreign host": re.compile(r"(?:src|srcset|action)\s*=\s*[\"'](?:https?:)?//"),
    "address without a mark of its content": re.compile(r"\{% static "),
    "clock of its own": re.compile(r"\{% now\b"),
}
# Names that are the same in every language.
NAMES = {
    "CSV",
    "SVG",
    "XLSX",
    "JSON",
    "JSONL",
    "Atom",
    "UTC",
    "RSS",
    "PDF",
    "API",
    "JSON-LD",
    "schema.org",
}
TRANSLATED = re.compile(
    r"\{% (blocktranslate|blocktrans)\b.*?%\}.*?\{% end\1 %\}|\{% comment\b.*?\{% endcomment %\}"
    r"|<svg\b.*?</svg>|<script\b.*?</script>|<!--.*?-->|<code\b.*?</code>",
    re.S,
)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
SPOKEN = re.compile(r"\s(?:aria-label|alt|title|placeholder|aria-description)=\"([^\"]*)\"")


def offences(template: str) -> Offences:
    return [
        f"line {template[: match.start()].count(chr(10)) + 1}: {what}"
        for what, pattern in FORBIDDEN.items()
        for match in pattern.finditer(template)
    ]


def untranslated(template: str) -> Offences:
    """Words that stand in a template itself instead of in the catalogues."""
    text = TAG.sub(" ", TRANSLATED.sub(" ", template))
    spoken = " ".join(SPOKEN.findall(text))
    words = re.sub(r"<[^>]*>", " ", text)
    words = re.sub(r"&#?\w+;", " ", f"{words} {spoken}")
    return [
        word
        for word in re.findall(r"[A-Za-z][A-Za-z.-]*[A-Za-z]", words)
        if len(word) > 2 and word not in NAMES
    ]


def pages() -> list[Path]:
    return list(files(".html"))


@pytest.mark.parametrize("path", pages(), ids=name)
def test_template_has_nothing_the_policy_forbids(path: Path) -> None:
    assert offences(path.read_text()) == []


@pytest.mark.parametrize("path", pages(), ids=name)
def test_template_speaks_through_the_catalogues(path: Path) -> None:
    assert untranslated(path.read_text()) == []


@pytest.mark.parametrize(
    ("planted", "what"),
    [
        ('<p style="color:red">', "inline style"),
        ("<script>go()</script>", "inline script"),
        ('<a onclick="go()">', "event attribute"),
        ('<a href="javascript:go()">', "script address"),
        ('<img src="https://example.org/x.png">', "foreign host"),
        ("{% static 'x.css' %}", "address without a mark of its content"),
        ("{% now 'Y' %}", "clock of its own"),
    ],
)
def test_forbidden_markup_is_found(planted: str, what: str) -> None:
    assert offences(f"\n{planted}") == [f"line 2: {what}"]


def test_untranslated_words_are_found() -> None:
    planted = '<p title="Read more">{% translate "Fine" %} Hello {{ name }}</p>'
    assert untranslated(planted) == ["Hello", "Read", "more"]
    assert (
        untranslated('<a href="/x">{% blocktranslate %}All {{ n }}{% endblocktranslate %}</a>')
        == []
    )


def sheets_in_bodies(template: str) -> Offences:
    """Style sheets outside of a head: a part that is included twice would bring them twice, and
    what stands above would be drawn without them first."""
    heads = re.compile(r"\{% block head %\}.*?\{% endblock|<head>.*?</head>", re.S)
    return re.findall(r"<link\b[^>]*rel=\"stylesheet\"", heads.sub("", template))


@pytest.mark.parametrize("path", pages(), ids=name)
def test_style_sheets_stand_in_heads(path: Path) -> None:
    assert sheets_in_bodies(path.read_text()) == []


def test_style_sheet_in_a_body_is_found() -> None:
    link = '<link rel="stylesheet" href="{% asset "web/x.css" %}">'
    assert len(sheets_in_bodies(f"{{% load i18n %}}{link}<p></p>")) == 1
    assert sheets_in_bodies(f"{{% block head %}}{link}{{% endblock %}}") == []


# A number that names something is no amount: "1,503" in an address or a field leads nowhere.
NAMING = re.compile(
    r"\{\{ *(?:[\w.]+\.)?(?:number|pk|id|person_id|based_on|lock)"
    r"(?: *\|(?!unlocalize|stringformat)[^}]*)? *\}\}"
)


def grouped_names(template: str) -> Offences:
    """Numbers that name something and would be written with separators of thousands."""
    bare = re.sub(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}", "", template, flags=re.S)
    inside = re.findall(r"\{% blocktranslate\b[^%]*\bnumber=[\w.]+(?![\w.|])[^%]*%\}", template)
    return [*NAMING.findall(bare), *inside]


@pytest.mark.parametrize("path", pages(), ids=name)
def test_numbers_that_name_something_are_not_grouped(path: Path) -> None:
    allowed = {"{{ step.number|figure }}"}  # of a page in a list: an amount
    assert set(grouped_names(path.read_text())) - allowed == set()


def test_grouped_name_is_found() -> None:
    assert grouped_names('<input value="{{ entry.number }}">') == ["{{ entry.number }}"]
    planted = (
        "{% blocktranslate with number=entry.number %}Entry {{ number }}{% endblocktranslate %}"
    )
    assert grouped_names(planted) == ["{% blocktranslate with number=entry.number %}"]
    assert grouped_names('{{ entry.number|stringformat:"d" }}') == []
