"""A website of a test's own: paths and what stands there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REDIRECT = "-> "  # before the address that a path leads to


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        text = self.server.pages.get(self.path)
        if text is None:
            self.send_error(404)
        elif text.startswith(REDIRECT):
            self.send_response(302)
            self.send_header("Location", text.removeprefix(REDIRECT))
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def website() -> Iterator[ThreadingHTTPServer]:
    """A server on this machine; fill its ``pages``, read what was ``asked``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.pages, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
