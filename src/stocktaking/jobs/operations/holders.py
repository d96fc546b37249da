"""Which process runs a job, told so that another on the same machine can see whether it lives.

A name holds the machine, the space in which process numbers count (containers have their own),
the number, and the moment of its start: numbers are used again.
"""

import os
import socket
from functools import lru_cache
from pathlib import Path

_PROC = Path("/proc")


def this_process() -> str:
    """The name of the running process."""
    return f"{_machine()} {os.getpid()} {_started(os.getpid())}"


def is_gone(holder: str) -> bool:
    """Whether the process of this name certainly runs no more; False for what cannot be seen
    from here, such as a process of another machine."""
    machine, _, process = holder.rpartition(" ")[0].rpartition(" ")
    if machine != _machine() or not process.isdecimal():
        return False
    return _started(int(process)) != holder.rpartition(" ")[2]


@lru_cache(maxsize=1)
def _machine() -> str:
    """Empty where a machine does not say which it is: then no holder is taken for gone."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        space = os.readlink(_PROC / "self/ns/pid")
    except OSError:
        return ""
    return f"{socket.gethostname()[:60]} {boot} {space}"


def _started(process: int) -> str:
    """When a process began, in ticks since the machine did; "" where there is none, or where it
    has ended and nobody has asked how."""
    try:
        stat = (_PROC / str(process) / "stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in ("Z", "X") else fields[19]
