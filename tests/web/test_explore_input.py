"""Explore with whatever people and machines send: nothing breaks, nothing becomes markup."""

from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from tests.web.conftest import Register

EXPLORE = "/en/entries/"
XSS = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


def page(visit: Any, query: str = "", status: int = 200, path: str = EXPLORE) -> str:
    answer = visit(path, query)
    assert answer.status_code == status, (query, answer.status_code)
    return answer.content.decode()


TORTURE = [
    "page=9999",
    "page=abc",
    "page=-1",
    "page=1e9",
    "page=" + "9" * 400,
    "q=%00",
    "q=%ff%fe",
    "q=%22",
    "q=%22%22%22",
    "q=(((",
    "q=*",
    "q=-",
    "q=title:",
    "q=:",
    "q=" + "a" * 10_000,
    "q=" + "%22a" * 2_000,
    "q=" + "a+" * 4_000,
    "q=a*+b*+c*",
    "q=%F0%9F%98%80",
    "q=%E2%80%AE",
    "q=%ED%A0%80",
    "q=%2525",
    "q=AND+OR+NOT",
    "q=[1+TO+2]",
    "q=a:b:c",
    "q=~1",
    "q=^2",
    "q=%5C",
    "q=%0d%0aSet-Cookie:x",
    "q=../../etc/passwd",
    "line=%00",
    "line[]=L1",
    "line=L1;DROP",
    "line=L1%27",
    "goal=" + "1&goal=" * 900 + "2",
    "year-from=%00",
    "year-from=-1",
    "year-from=10000",
    "year-from=2020&year-to=1990",
    "year-from=%D9%A2%D9%A0%D9%A2%D9%A0",
    "registered-from=2020-13",
    "registered-to=9999-12-31",
    "registered-to=9999-12",
    "registered-from=0000",
    "sort=%00",
    "view[]=table",
    "organisation=" + "9" * 40,
    "organisation=-1",
    "organisation=0",
    "&".join(f"organisation={n}" for n in range(1, 200)),
    "language=xx",
    "language=%00",
    "language=zh",
    "=",
    "&&&",
    "a",
    "a=b=c",
    "%",
    "%zz=%zz",
    "q=a&q=b",
    "\u00e9=\u00e9",
    "&".join(f"p{n}={n}" for n in range(900)),
    urlencode({"q": XSS}),
    urlencode({XSS: XSS}),
    urlencode({"line": XSS, "sort": XSS, "view": XSS, "page": XSS, "year-from": XSS}),
]


@pytest.mark.parametrize("path", [EXPLORE, "/ar/entries/", "/en/entries.atom", "/en/entries.csv"])
def test_no_parameter_breaks_the_page(register: Register, visit: Any, path: str) -> None:
    register.add(lines="L1", goals="1")
    register.index()
    for query in TORTURE:
        answer = visit(path, query)
        assert answer.status_code in (200, 400, 404), query
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"<script>alert" not in body, query
        assert b"onerror=alert(2)>" not in body, query
        assert b"\x00" not in body, query


def test_too_many_parameters_are_refused(register: Register, visit: Any, settings: Any) -> None:
    many = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
    assert visit(EXPLORE, "&".join(f"p{n}={n}" for n in range(many))).status_code == 400


@example_settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "q",
                    "line",
                    "goal",
                    "page",
                    "sort",
                    "view",
                    "year-from",
                    "registered-to",
                    "language",
                    "organisation",
                    "collection",
                    "country",
                ]
            )
            | st.text(max_size=8),
            st.text(max_size=40)
            | st.sampled_from(["L1", "1", "2", "KE", "2019", "title", "table", '"', "-", "*"]),
        ),
        max_size=8,
    )
)
def test_any_parameters_give_a_page(
    register: Register, visit: Any, pairs: list[tuple[str, str]]
) -> None:
    if not register.made:
        register.add(lines="L1", goals="1")
        register.index()
    query = urlencode(
        [(n.encode("utf-8", "replace"), v.encode("utf-8", "replace")) for n, v in pairs]
    )
    assert visit(EXPLORE, query).status_code in (200, 404)


def test_nothing_written_by_others_becomes_markup(register: Register, visit: Any) -> None:
    register.add(XSS, summary=f"{XSS} village")
    register.index()
    for query in ("", "view=table", "q=village", "q=script", urlencode({"q": XSS})):
        html = page(visit, query)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
