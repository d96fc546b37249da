"""A real server with the demo register, and a real browser in front of it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All in one process: one server and one browser serve them all."""
    for item in items:
        if HERE in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session", autouse=True)
def chromium_present() -> None:
    if CHROMIUM:
        return
    reason = "no chromium on this machine: install the package chromium to run browser tests"
    if os.environ.get("BROWSER") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass
class Site:
    """The running server: its address, its data folder, the demo's sign-in links by role."""

    url: str
    data_dir: Path
    environment: dict[str, str]
    links: dict[str, str] = field(default_factory=dict)

    def path(self, language: str, rest: str) -> str:
        return f"{self.url}/{language}{rest}"


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with status {process.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError("the server did not become ready in 30 seconds")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data_dir = tmp_path_factory.mktemp("site")
    port = free_port()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "PYTEST_"))},
        "STOCKTAKING_DATA_DIR": str(data_dir),
        "STOCKTAKING_BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": "",
    }
    command = [str(Path(sys.executable).parent / "stocktaking")]
    prepared = subprocess.run(
        [*command, "demo", "--prepare-only"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    links = dict(re.findall(r"^\s*(\w+)\s.*?(http://\S+/account/once/\S+)", prepared.stdout, re.M))
    log = (data_dir / "server.log").open("wb")
    process = subprocess.Popen(
        [*command, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log
    )
    running = Site(f"http://127.0.0.1:{port}", data_dir, environment, links)
    try:
        wait_until_ready(running.url, process)
        yield running
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Pages in fresh contexts; ``width``, ``dark``, ``script``, ``bypass_csp`` by argument."""
    contexts: list[BrowserContext] = []

    def make(
        *,
        width: int = 1280,
        dark: bool = False,
        script: bool = True,
        bypass_csp: bool = False,
        state: dict[str, object] | None = None,
        locale: str = "en",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            bypass_csp=bypass_csp,
            storage_state=state,  # type: ignore[arg-type]
            locale=locale,
            # a square that is still inking in has the contrast of no state that anybody reads
            reduced_motion="reduce",
        )
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def signed_in(site: Site, browser: Browser) -> Callable[[str], dict[str, object]]:
    """The browser's state after signing in as a role, by its one-time link, once a session."""
    known: dict[str, dict[str, object]] = {}

    def state(role: str) -> dict[str, object]:
        if role not in known:
            context = browser.new_context(java_script_enabled=False)
            page = context.new_page()
            page.goto(site.links[role])
            page.get_by_role("main").get_by_role("button").first.click()
            known[role] = dict(context.storage_state())
            context.close()
        return known[role]

    return state
