"""Files are sent in pieces from a form, go on after the connection was away, and after a reload."""

import os
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import FilePayload, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.browser.audit import faults
from tests.browser.conftest import NewPage
from tests.factories import accounts

from stocktaking.accounts.models import Person
from stocktaking.files.models import StoredFile, Upload
from stocktaking.files.operations.keeping import original_path

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.upload_form"),
]
TEXT = "Наша школа у реки.\n".encode() * 40_000  # 1.3 MB: several pieces


@pytest.fixture
def ada(live_server: LiveServer, settings: Settings, tmp_path: Path) -> Person:
    settings.ALLOWED_HOSTS = ["*"]
    settings.DATA_DIR = tmp_path
    return accounts.person()


@pytest.fixture
def page(new_page: NewPage, live_server: LiveServer, ada: Person) -> Page:
    made = new_page()
    session = accounts.browser(ada).cookies[django_settings.SESSION_COOKIE_NAME].value
    made.context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    made.goto(f"{live_server.url}/files/")
    return made


def choose(page: Page, *contents: bytes, name: str = "plan.txt", kind: str = "text/plain") -> None:
    files: list[FilePayload] = [
        {"name": name, "mimeType": kind, "buffer": content} for content in contents
    ]
    page.get_by_label("Your files").set_input_files(files)


def only_file() -> StoredFile:
    return StoredFile.objects.get()


def sent(page: Page) -> set[str]:
    page.get_by_role("button", name="Save").click()
    expect(page.locator("pre")).to_contain_text("=")
    return set(page.locator("pre").inner_text().split("\n")) - {""}


def test_file_arrives_before_the_form_is_saved(page: Page) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    choose(page, TEXT)
    expect(page.get_by_text("Sent. It is kept when you save.")).to_be_visible()
    file = only_file()
    assert original_path(file.sha256).read_bytes() == TEXT
    assert Upload.objects.get().sha256 == file.sha256
    assert sent(page) == {"q.0.file=7", f"q.1.file={file.pk}", "q.1.name=plan.txt"}
    assert told == []


def test_several_files_arrive_one_after_the_other(page: Page) -> None:
    choose(page, TEXT, b"Another one.")
    expect(page.get_by_text("Sent. It is kept when you save.")).to_be_visible()
    assert StoredFile.objects.count() == 2
    assert len(sent(page)) == 5


def test_sending_goes_on_after_the_connection_was_away(page: Page) -> None:
    cut = iter(["answer", "request", "answer", "server", "request"])

    def tear(route: Route) -> None:
        what = next(cut, "") if route.request.method == "PATCH" else ""
        if what == "answer":  # it arrived, and nobody hears of it
            route.fetch()
            route.abort()
        elif what == "request":
            route.abort()
        elif what == "server":
            route.fulfill(status=503, headers={"Retry-After": "1"})
        else:
            route.continue_()

    page.route("**/uploads/**", tear)
    choose(page, TEXT)
    expect(page.get_by_text("The connection is away.")).to_be_visible()
    expect(page.get_by_text("Sent. It is kept when you save.")).to_be_visible(timeout=40_000)
    assert original_path(only_file().sha256).read_bytes() == TEXT
    assert next(cut, None) is None


def test_sending_goes_on_after_a_reload(page: Page, tmp_path: Path) -> None:
    chosen = tmp_path / "plan.txt"
    chosen.write_bytes(TEXT)
    let = iter([True])

    def first_piece_only(route: Route) -> None:
        if route.request.method != "PATCH" or next(let, False):
            route.continue_()
        else:
            route.abort()

    page.route("**/uploads/**", first_piece_only)
    page.get_by_label("Your files").set_input_files(chosen)
    expect(page.get_by_text("The connection is away.")).to_be_visible()
    received = Upload.objects.get().received
    assert 0 < received < len(TEXT)
    page.unroute("**/uploads/**")
    page.reload()
    page.get_by_label("Your files").set_input_files(chosen)
    expect(page.get_by_text("Sent. It is kept when you save.")).to_be_visible()
    assert Upload.objects.count() == 1
    assert original_path(only_file().sha256).read_bytes() == TEXT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><script>alert(1)</script>", "cannot be sent here"),
        (os.urandom(4 << 20), "The file is too large."),
    ],
)
def test_file_that_is_refused_says_why_and_stays_in_the_form(
    page: Page, content: bytes, words: str
) -> None:
    choose(page, content)
    expect(page.locator("p.error")).to_contain_text(words)
    assert "q.upload=plan.txt" in sent(page)


def test_without_a_script_the_form_sends_its_files(
    new_page: NewPage, live_server: LiveServer, page: Page
) -> None:
    plain = new_page(script=False)
    plain.context.add_cookies(page.context.cookies())
    plain.goto(f"{live_server.url}/files/")
    choose(plain, b"words")
    assert sent(plain) == {"q.0.file=7", "q.upload=plan.txt"}


def test_page_while_sending_is_accessible(new_page: NewPage, page: Page) -> None:
    page.route("**/uploads/**", lambda route: route.abort())
    choose(page, TEXT)
    expect(page.get_by_text("The connection is away.")).to_be_visible()
    watching = new_page(bypass_csp=True)
    watching.context.add_cookies(page.context.cookies())
    watching.route("**/uploads/**", lambda route: route.abort())
    watching.goto(page.url)
    choose(watching, TEXT)
    expect(watching.get_by_text("The connection is away.")).to_be_visible()
    assert faults(watching) == []
