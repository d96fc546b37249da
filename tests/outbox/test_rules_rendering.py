"""No value of any kind becomes markup, a link, an element or a header of its own."""

import email
import email.policy
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.factories import mail as factory

from stocktaking.outbox.models import Message
from stocktaking.outbox.operations.composing import compose
from stocktaking.outbox.operations.envelopes import envelope
from stocktaking.outbox.registry import KINDS
from stocktaking.outbox.rules.placeholders import SUBJECT_MAX, fill_line, line, unknown
from stocktaking.outbox.rules.rendering import clean, render

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](https://evil.example)",
    "<https://evil.example>",
    "https://evil.example",
    "![x](https://evil.example/x.png)",
    "a\r\nBcc: all@evil.example",
    "a\nSubject: other",
    "a\r\n\r\nbody of another",
    "\u2028Bcc: x@evil.example",
    "\x0bBcc: x@evil.example",
    "# heading\n\n- list\n\n> quote\n\n    code\n\n***\n===",
    "{link} {name} {note}",
    "%7Bnote%7D",
    "&lt;b&gt;&#60;b&#62;",
    "``` \n code",
    "`code` **bold** _em_ \\",
    '"><a href="https://evil.example">x</a>',
    "javascript:alert(1)",
    "https://evil.example/ onclick=alert(1)",
    "https://evil.example/\"onmouseover='x'",
    "=?utf-8?q?=0D=0ABcc:_x@evil.example?=",
    "\u202eevil\u2066",
    "\ud800",
    "[x]: https://evil.example\n\n[x]",
    "| a | b |\n|---|---|\n| 1 | 2 |",
]
values = st.one_of(
    st.sampled_from(PAYLOADS),
    st.text(max_size=60),
    st.text(alphabet="<>[](){}`*_#&!\\\"'=:/\r\n ab", max_size=60),
)


class Elements(HTMLParser):
    """Elements and the addresses of links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "bdi"):  # a value of several lines keeps its lines
            self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.words += data


def rendered(name: str, note: str) -> Elements:
    filled = factory.EXAMPLES | {"name": name, "note": note}
    html = render(factory.BODY, filled, frozenset({"link"})).html
    return Elements(html)


@given(values, values)
@example(PAYLOADS[0], PAYLOADS[2])
def test_values_add_no_element_and_no_link(name: str, note: str) -> None:
    usual, found = rendered("Ann", "Well done."), rendered(name, note)
    assert found.tags == usual.tags
    assert found.links == usual.links == ["https://example.org/replies/1/"]


@given(values)
def test_value_is_read_as_it_was_typed(value: str) -> None:
    assert line(value) in line(rendered("Ann", value).words)


@given(values)
@example("https://evil.example/ onclick=alert(1)")
def test_link_leads_to_a_web_address_or_nowhere(value: str) -> None:
    template = "{link} and [words]({link}) and [more](https://example.org/{link})"
    found = Elements(render(template, {"link": value}, frozenset({"link"})).html)
    for link in found.links:
        assert link.startswith(("https://", "http://"))
    assert set(found.tags) <= {"p", "a"}
    assert "words" in found.words


@given(values, values, values)
@example("a\r\nBcc: b@example.org", "c\nX: y", "d")
def test_values_add_no_header(name: str, to_name: str, note: str) -> None:
    filled = factory.EXAMPLES | {"name": name, "note": note}
    composed = compose(
        KINDS["test.news"], language="en", values=filled, to="ann@example.org",
        subject="News for {name}", body=factory.BODY,
    )  # fmt: skip
    message = Message(
        kind="test.news", category="news", language="en", to="ann@example.org",
        to_name=line(to_name), subject=composed.subject, text=composed.text, html=composed.html,
    )  # fmt: skip
    raw = envelope(message).message().as_bytes()
    parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
    assert sorted(set(parsed.keys())) == [
        "Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "List-Unsubscribe",
        "List-Unsubscribe-Post", "MIME-Version", "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert len(parsed.keys()) == 11
    assert len(parsed.get_payload()) == 2
    recipients = email.message_from_bytes(raw, policy=email.policy.default)["To"].addresses
    assert [one.addr_spec for one in recipients] == ["ann@example.org"]


@given(values)
def test_subject_is_one_line_of_bounded_length(value: str) -> None:
    subject = fill_line("{a} {b} {a}", {"a": value, "b": value * 20})
    assert subject == line(subject)
    assert len(subject) <= SUBJECT_MAX
    assert len(subject.splitlines()) <= 1


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    html = render(text, {}, frozenset()).html
    assert clean(html) == html


def test_both_forms_of_a_letter() -> None:
    found = render(
        "# Call\n\nDear {name},\n\n1. first\n2. **second**\n   - under it\n\n> {note}\n\n***\n\n"
        "Write to <help@example.org> or [open it]({link}).\n\n`code`\n\n    block",
        {"name": "Ann", "note": "one\ntwo", "link": "https://example.org/a?b=1&c=2"},
        frozenset({"link"}),
    )
    assert found.text == (
        "Call\n\nDear Ann,\n\n1. first\n2. second\n   - under it\n\n> one\n> two\n\n* * *\n\n"
        "Write to help@example.org or open it <https://example.org/a?b=1&c=2>.\n\ncode\n\nblock"
    )
    assert "<h2>Call</h2>" in found.html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in found.html


def test_list_of_addresses_is_linked_line_by_line() -> None:
    found = render(
        "{all}", {"all": "One\nhttps://a.example/1\nno"}, frozenset(), frozenset({"all"})
    )
    assert Elements(found.html).links == ["https://a.example/1"]
    assert found.text == "One\nhttps://a.example/1\nno"


@pytest.mark.parametrize(
    ("template", "missing"),
    [
        ("Dear {name}", []),
        ("Dear {nobody}, {nobody}, {name}", ["{nobody}"]),
        ("{Name} { name } {name!r} {0} {}", ["{Name}", "{ name }", "{name!r}", "{0}", "{}"]),
        ("{{name}}", []),
    ],
)
def test_places_that_nothing_fills_are_listed(template: str, missing: list[str]) -> None:
    assert unknown(template, {"name": "x"}) == missing
