"""The address to serve on."""

import socket

import pytest

from stocktaking.console.server import require_free
from stocktaking.kernel.errors import RuleBroken


def test_taken_address_is_refused_before_anything_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        other.listen()
        with pytest.raises(RuleBroken, match=f"127.0.0.1, port {port}") as refused:
            require_free("127.0.0.1", port)
    assert refused.value.code == "address_taken"
    require_free("127.0.0.1", port)


def test_address_of_another_machine_is_refused() -> None:
    with pytest.raises(RuleBroken, match="--port"):
        require_free("192.0.2.1", 8000)
