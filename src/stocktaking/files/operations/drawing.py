"""Having an image drawn anew by the decoder's own process."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stocktaking.files import decoder

WAIT = 2 * decoder.SECONDS  # seconds of the clock; the process itself is limited in its own time
COMPLAINT = 300  # characters that are kept of why it could not work


@dataclass(frozen=True)
class Drawn:
    """One picture as it came from the decoder."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Decoded:
    media_type: str
    pictures: tuple[Drawn, ...]


class DrawingError(Exception):
    """The decoder could not do its work, by no fault of the image: another time it may."""


def draw(data: bytes) -> Decoded | str:
    """The pictures drawn from an image, or the code of the reason why there are none.

    DrawingError or OSError where this machine is to blame: nothing is known of the image then.
    """
    with tempfile.TemporaryDirectory(prefix="image-") as name:
        folder = Path(name)
        source = folder / "source"
        source.write_bytes(data)
        try:
            done = subprocess.run(  # noqa: S603 - our own script, no words of the sender
                [sys.executable, "-I", decoder.__file__, str(source), str(folder)],
                capture_output=True,
                timeout=WAIT,
                env={},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "image_too_slow"
        if done.returncode < 0:
            return "image_too_slow"  # ended by its limits, or it broke the decoder
        if done.returncode > 0:
            raise DrawingError(done.stderr.decode(errors="replace").strip()[-COMPLAINT:])
        if not done.stdout:
            return "image_damaged"  # whatever ended it there is not to be trusted
        answer = json.loads(done.stdout)
        if "error" in answer:
            return str(answer["error"])
        pictures = tuple(
            Drawn(one["width"], one["height"], (folder / one["file"]).read_bytes())
            for one in answer["renditions"]
        )
        return Decoded(answer["media_type"], pictures)
