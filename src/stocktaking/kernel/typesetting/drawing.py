"""A sheet is set in a process of its own: what goes wrong there ends there."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Form = Literal["png", "svg", "pdf"]
PACKAGES = Path(__file__).resolve().parents[3]  # the folder that holds our package
CHILD = "stocktaking.kernel.typesetting.child"
SECONDS = 8.0
MOST = 4 * 1024 * 1024  # bytes of a picture
TOLD = 500  # characters of what went wrong
NOWHERE = "http://127.0.0.1:9"


class CannotDraw(Exception):  # noqa: N818 - said of the sheet, as RuleBroken of a rule
    """The sheet could not be set, or not in time."""


@dataclass(frozen=True)
class Sheet:
    """What is set. ``source`` is ours and never made of what people wrote.

    What people wrote is in ``texts``, which it reads from ``sys.inputs.data`` together with
    ``data``, as plain text. ``families`` are the fonts that it names, the first choice first.
    """

    source: str
    texts: Mapping[str, str]
    data: Mapping[str, Any] = field(default_factory=dict)
    families: Sequence[str] = ()


@dataclass(frozen=True)
class Drawn:
    """The picture, and the letters that no font has: the words with them were left out."""

    content: bytes
    missing: tuple[str, ...] = ()


def draw(
    sheet: Sheet,
    *,
    form: Form = "png",
    ppi: int = 72,
    fonts: Sequence[Path] = (),
    seconds: float = SECONDS,
) -> Drawn:
    """Set a sheet. ``fonts`` are folders besides those of the system."""
    order = {
        "source": sheet.source,
        "texts": dict(sheet.texts),
        "data": dict(sheet.data),
        "families": list(sheet.families),
        "fonts": [str(folder) for folder in fonts],
        "form": form,
        "ppi": ppi,
        "seconds": max(1, int(seconds)),
    }
    try:
        with tempfile.TemporaryDirectory() as empty:
            done = subprocess.run(  # noqa: S603 - our own program, and nothing of the order is in its arguments
                [sys.executable, "-P", "-m", CHILD],
                input=json.dumps(order).encode(),
                capture_output=True,
                timeout=seconds,
                check=False,
                cwd=empty,
                env=_environment(),
            )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotDraw(str(error)) from error
    if done.returncode:
        raise CannotDraw(done.stderr.decode(errors="replace")[-TOLD:])
    head, _line, picture = done.stdout.partition(b"\n")
    if not picture or len(picture) > MOST:
        raise CannotDraw(f"a picture of {len(picture)} bytes")
    return Drawn(picture, tuple(json.loads(head)["missing"]))


def _environment() -> dict[str, str]:
    """Where fonts and our package are; no keys, no passwords, no way to the network."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "XDG_DATA_HOME", "FONTCONFIG_PATH")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return {
        **found,
        "PYTHONPATH": str(PACKAGES),
        "PYTHONDONTWRITEBYTECODE": "1",
        # Typst fetches packages that a sheet names; behind this proxy there is none
        "HTTPS_PROXY": NOWHERE,
        "HTTP_PROXY": NOWHERE,
    }
