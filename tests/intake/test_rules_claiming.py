"""Where the code of a claim may stand."""

import pytest

from stocktaking.intake.rules.claiming import (
    file_of,
    in_file,
    in_head,
    new_code,
    same_site,
    tag_of,
)

CODE = "stocktaking-0123456789abcdef0123456789abcdef"
TAG = tag_of(CODE)


def test_codes_differ():
    assert len({new_code() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "body", [CODE, f"{CODE}\n", f"\ufeff{CODE}\r\n", f"# ours\n  {CODE}  \nother"]
)
def test_code_on_a_line_of_its_own_is_found(body):
    assert in_file(body.encode(), CODE)


@pytest.mark.parametrize("body", ["", f"x{CODE}", f"{CODE}x", f"<p>{CODE}</p>", "\x00\xff"])
def test_code_within_something_else_is_not(body):
    assert not in_file(body.encode(), CODE)


@pytest.mark.parametrize(
    "page",
    [
        f"<!doctype html><html><head>{TAG}</head><body></body></html>",
        f"<html><head><title>x</title><META NAME='Stocktaking-Claim' content=' {CODE} '/>",
        TAG,
    ],
)
def test_tag_in_the_head_is_found(page):
    assert in_head(page.encode(), CODE)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head></head><body>{TAG}</body></html>",
        f"<html><head></head>{TAG}",
        f"<p>A comment</p>{TAG}",
        f"<html><head><title>{TAG}</title></head>",
        f"<html><head><script>'{TAG}'</script></head>",
        f"<html><head><!-- {TAG} --></head>",
        f"<html><head><meta name=description content='{CODE}'></head>",
        f"<html><head><meta name=stocktaking-claim content='{CODE}x'></head>",
        f"<html><head>{' ' * 60_000}{TAG}</head>",
        "",
        "\x00<\x00",
    ],
)
def test_tag_elsewhere_proves_nothing(page):
    assert not in_head(page.encode(), CODE)


def test_file_stands_on_the_host():
    assert file_of("https://masts.example/a/b?c") == (
        "https://masts.example/.well-known/stocktaking.txt"
    )


def test_redirects_stay_on_the_site():
    assert same_site("http://masts.example/", "https://www.masts.example/x")
    for elsewhere in ("https://evil.example/", "https://a.masts.example/", "https://8.8.8.8/", ""):
        assert not same_site("http://masts.example/", elsewhere)
    assert not same_site("https://8.8.8.8/", "https://8.8.8.8/")
