"""Pages are read from a server of the test's own, which the gate is told of."""

import ipaddress
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from stocktaking.kernel.outgoing import Gate, OutgoingError, fetch

HOME = "127.0.0.1"
Gates = Callable[..., Gate]


class Answers(BaseHTTPRequestHandler):
    """A small site with everything that may go wrong."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"], self.client_address[0]))
        act = self.path.split("?")[0].strip("/").split("/")
        match act:
            case ["to", *rest]:
                self._redirect("/" + "/".join(rest))
            case ["away"]:
                self._redirect(self.server.leads_to)
            case ["loop"]:
                self._redirect("/loop")
            case ["big"]:
                self._answer(b"x" * 5000)
            case ["slow"]:
                self._dribble()
            case _:
                self._answer(b"code-1")

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "Text/Plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def _dribble(self) -> None:
        """A header a byte at a time: each read is quick, the whole never ends."""
        with suppress(OSError):
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            while not self.server.over.wait(0.02):
                self.wfile.write(b"X")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer((HOME, 0), Answers)
    made.asked, made.over = [], threading.Event()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.over.set()
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def gate(server: ThreadingHTTPServer) -> Gates:
    """A gate that knows ``site.example`` and lets this server's port pass."""

    def make(**changed: object) -> Gate:
        stated = {
            "ports": frozenset({server.server_port, 80, 443}),
            "also": (ipaddress.ip_network("127.0.0.0/8"),),
            "resolver": lambda host, port: [HOME],
            "seconds": 5.0,
        }
        return Gate(**{**stated, **changed})

    return make


@pytest.fixture
def site(server: ThreadingHTTPServer) -> str:
    return f"http://site.example:{server.server_port}"


def refusal(url: str, gate: Gate) -> str:
    with pytest.raises(OutgoingError) as caught:
        fetch(url, gate=gate)
    return caught.value.code


def test_page_is_read_under_the_name_of_its_host(server, gate, site) -> None:
    page = fetch(f"{site}/a?b=1", gate=gate())
    assert (page.status, page.type, page.body, page.whole) == (200, "text/plain", b"code-1", True)
    [(path, host, _)] = server.asked
    assert (path, host) == ("/a?b=1", f"site.example:{server.server_port}")


def test_redirects_are_followed_as_far_as_allowed(gate, site) -> None:
    page = fetch(f"{site}/to/to/end", gate=gate(redirects=2))
    assert page.url == f"{site}/end"
    assert refusal(f"{site}/to/to/to/end", gate(redirects=2)) == "too_many_redirects"
    assert refusal(f"{site}/loop", gate()) == "too_many_redirects"


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("http://10.0.0.1/", "address_not_public"),
        ("http://[::1]/", "address_not_public"),
        ("http://2130706433/", "address_malformed"),
        ("file:///etc/passwd", "address_malformed"),
        ("gopher://x.example/", "address_malformed"),
        ("http://site.example:22/", "port_not_allowed"),
        ("//user@site.example/", "address_malformed"),
    ],
)
def test_every_redirect_is_judged(server, gate, site, to, code) -> None:
    def names(host: str, port: int) -> list[str]:
        return [HOME] if host == "site.example" else [host]

    server.leads_to = to
    assert refusal(f"{site}/away", gate(resolver=names)) == code
    assert len(server.asked) == 1


def test_name_that_moves_inside_after_it_was_judged_is_not_followed(server, site) -> None:
    """A name server that answers first with an address that may be opened, then with ours."""
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.2"] if len(asked) == 1 else [HOME]

    gate = Gate(
        ports=frozenset({server.server_port}),
        also=(ipaddress.ip_network("127.0.0.2/32"),),
        resolver=rebinding,
    )
    assert refusal(f"{site}/", gate) == "no_answer"  # nobody listens there
    assert (len(asked), server.asked) == (1, [])


def test_one_inner_address_among_public_ones_refuses_the_name(server, site) -> None:
    port = frozenset({server.server_port})
    mixed = Gate(ports=port, resolver=lambda host, port: ["8.8.8.8", HOME])
    assert refusal(f"{site}/", mixed) == "address_not_public"
    assert server.asked == []


def test_page_is_cut_at_its_limit(gate, site) -> None:
    page = fetch(f"{site}/big", gate=gate(bytes=100))
    assert (len(page.body), page.whole) == (100, False)
    assert fetch(f"{site}/big", gate=gate(bytes=5000)).whole


def test_answer_that_never_ends_is_left(gate, site) -> None:
    assert refusal(f"{site}/slow", gate(seconds=0.3)) == "too_slow"


def test_host_without_an_address_or_a_server(gate, site) -> None:
    assert refusal(f"{site}/", gate(resolver=lambda host, port: [])) == "host_unknown"
    closed = gate(ports=frozenset({1}))
    assert refusal("http://site.example:1/", closed) == "no_answer"


def test_host_that_is_not_known_is_said_so() -> None:
    assert refusal("http://nowhere.invalid/", Gate()) == "host_unknown"


def test_server_that_speaks_no_tls_does_not_answer(gate, site) -> None:
    assert refusal(site.replace("http:", "https:"), gate()) == "no_answer"
