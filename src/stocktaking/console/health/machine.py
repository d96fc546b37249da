"""Python, disk and clock."""

import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from stocktaking.console.health.finding import Finding, failed, risky, well
from stocktaking.kernel import clock

FREE_FAIL = 100 * 1024**2  # bytes: below, even a day's uploads may not fit
FREE_WARN = 2 * 1024**3
OFFSET_WARN = 1.0  # seconds


def python() -> Iterator[Finding]:
    yield well("python", platform.python_version())


def data_folder() -> Iterator[Finding]:
    folder: Path = settings.DATA_DIR
    if not os.access(folder, os.W_OK | os.X_OK):
        advice = "Create it, writable for the user that runs the site, or set STOCKTAKING_DATA_DIR."
        yield failed("data folder", f"{folder} cannot be written", advice)
        return
    yield well("data folder", str(folder))
    free = shutil.disk_usage(folder).free
    told = f"{free / 1024**3:.1f} GB free"
    if free < FREE_FAIL:
        yield failed("disk", told, "Free some space: nothing can be saved when the disk is full.")
    elif free < FREE_WARN:
        yield risky("disk", told, "Free some space, or move the data folder.")
    else:
        yield well("disk", told)


def clock_offset() -> Iterator[Finding]:
    offset = clock.offset().total_seconds()
    told = f"{offset:+.3f} s to the database's clock"
    if abs(offset) > OFFSET_WARN:
        yield risky(
            "clock", told, "Set this machine's clock by NTP; deadlines follow the database."
        )
    else:
        yield well("clock", told)
