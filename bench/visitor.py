"""A person's browser without scripts: keeps cookies, fills in the forms of pages, repeats what
a torn connection left open with the very same key."""

import contextlib
import http.client
import re
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

File = tuple[str, bytes, str]  # name, content, media type
Fields = dict[str, list[str]]
TORN = (OSError, http.client.HTTPException)
LATER = (429, 502, 503, 504)


@dataclass(frozen=True)
class Page:
    status: int
    path: str
    location: str
    body: str
    took: float = 0.0  # milliseconds to its last byte

    def form(self, action: str) -> Fields:
        """The fields of the form that is sent to a path, as they stand there."""
        reader = _Forms()
        reader.feed(self.body)
        for target, fields in reader.forms:
            if (target or self.path) == action:
                return fields
        raise LookupError(f"no form for {action} on {self.path} ({self.status})")


@dataclass
class Visitor:
    """``patience`` is for how many seconds a request is repeated before it counts as failed."""

    port: int
    session: str
    patience: float = 60.0
    repeated: int = 0
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Page:
        return self._insist("GET", path, None, {})

    def post(self, path: str, fields: Fields, files: Mapping[str, File] | None = None) -> Page:
        """Send a form; over torn connections the same one again, until it is answered."""
        body, kind = _multipart(fields, files or {})
        return self._insist("POST", path, body, {"Content-Type": kind})

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _insist(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        until = time.monotonic() + self.patience
        while True:
            try:
                page = self._ask(method, path, body, headers)
                if page.status not in LATER:
                    return page
            except TORN:
                self.close()
                if time.monotonic() > until:
                    raise
            if time.monotonic() > until:
                return page
            self.repeated += 1
            time.sleep(0.15)

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        known = {"session": self.session, **self.cookies}
        cookie = "; ".join(f"{name}={value}" for name, value in known.items())
        start = time.perf_counter()
        self._line.request(method, path, body, {**headers, "Cookie": cookie})
        answer = self._line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        took = (time.perf_counter() - start) * 1000
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                known_as, _equals, rest = value.partition("=")
                self.cookies[known_as] = rest.partition(";")[0]
        place = urlsplit(answer.headers.get("Location", ""))
        return Page(answer.status, path, place.path, text, took)


def _multipart(fields: Fields, files: Mapping[str, File]) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, values in fields.items()
        for value in values
    ]
    for name, (called, content, kind) in files.items():
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"'
        parts += [f"{head}\r\nContent-Type: {kind}\r\n\r\n".encode(), content, b"\r\n"]
    return b"".join([*parts, f"--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"


class _Forms(HTMLParser):
    """The forms of a page that are sent by POST, with what a browser would send of each."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self._text: str | None = None
        self._choice: str | None = None
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = known.get("method", "").lower() == "post"
            if self._inside:
                self.forms.append((known.get("action", ""), {}))
        if not self._inside:
            return
        name, kind = known.get("name", ""), known.get("type", "text")
        if tag == "input" and name and kind not in ("file", "submit", "button"):
            if kind not in ("checkbox", "radio"):
                self._add(name, known.get("value", ""))
            elif "checked" in known:
                self._add(name, known.get("value", "on"))
        elif tag == "textarea" and name:
            self._text = name
            self._add(name, "")
        elif tag == "select" and name:
            self._choice = name
        elif tag == "option" and self._choice and "selected" in known:
            self._add(self._choice, known.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        elif tag == "select":
            self._choice = None
        elif tag == "form":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            fields = self.forms[-1][1]
            # the line break after the tag is not part of the text
            first = not fields[self._text][-1]
            fields[self._text][-1] += re.sub(r"^\r?\n", "", data) if first else data

    def _add(self, name: str, value: str) -> None:
        self.forms[-1][1].setdefault(name, []).append(value)


@dataclass(frozen=True)
class Sent:
    """What was acknowledged: the reply, and what it must hold from now on."""

    key: str
    title: str
    sha256: str
    times: Mapping[str, float]  # milliseconds by step


def answer_call(
    visitor: Visitor, call: str, draft: str, *, title: str, image: bytes | None, sha256: str = ""
) -> Sent:
    """From the copy of a draft to the page that says it has arrived; every step is acknowledged."""
    times: dict[str, float] = {}
    start = f"/en/calls/{call}/reply/"
    form = visitor.get(start).form(start)
    begun = _moved(visitor.post(start, {**form, "from": [f"reply:{draft}"]}), times, "begin")
    key = begun.removesuffix("/").rpartition("/")[2]
    save_section(visitor, key, "basics", {"q-title": [title]}, times=times)
    if image is not None:
        files = {"q-images.upload": ("photo.png", image, "image/png")}
        alt = {"q-images.new.alt": ["A mast over the village"]}
        save_section(visitor, key, "media", alt, files, times=times)
    finalise(visitor, key, times=times)
    return Sent(key, title, sha256, times)


def save_section(
    visitor: Visitor,
    key: str,
    section: str,
    typed: Fields,
    files: Mapping[str, File] | None = None,
    *,
    times: dict[str, float],
) -> None:
    here = f"/en/replies/{key}/{section}/"
    form = visitor.get(here).form(here)
    sent = visitor.post(here, {**form, **typed, "act": ["next"]}, files)
    _moved(sent, times, f"save {section}")


def finalise(visitor: Visitor, key: str, *, times: dict[str, float]) -> None:
    check = f"/en/replies/{key}/check/"
    form = visitor.get(check).form(check)
    target = _moved(visitor.post(check, form), times, "send")
    if target != f"/en/replies/{key}/sent/":
        raise RuntimeError(f"not sent: {target}")


def _moved(page: Page, times: dict[str, float], step: str) -> str:
    times[step] = page.took
    if page.status != 302:
        said = re.findall(r'role="alert".*?</div>', page.body, re.S)[:2]
        raise RuntimeError(f"{step}: {page.status} at {page.path}: {said}")
    return page.location


@contextlib.contextmanager
def visiting(port: int, session: str, patience: float = 60.0) -> Iterator[Visitor]:
    visitor = Visitor(port, session, patience)
    try:
        yield visitor
    finally:
        visitor.close()
