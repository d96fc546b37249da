"""One line of the doctor's report."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it stands, and what to do where it is not well."""

    name: str
    level: Level
    message: str
    advice: str = ""


def well(name: str, message: str) -> Finding:
    return Finding(name, Level.OK, message)


def risky(name: str, message: str, advice: str) -> Finding:
    return Finding(name, Level.WARN, message, advice)


def failed(name: str, message: str, advice: str) -> Finding:
    return Finding(name, Level.FAIL, message, advice)
