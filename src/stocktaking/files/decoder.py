"""Draws an image anew at several widths, in a process of its own.

Run as a script, ``decoder.py SOURCE FOLDER``: an attack on a decoder, a bomb or an endless loop
ends this process and nothing else. It imports nothing of the project. Its answer is one line of
JSON: what it drew, or ``{"error": code}``; none, and a status of failure, where the machine is
to blame.

Nothing of the original survives but its pixels: no EXIF, no XMP, no comments, no trailing bytes.
Of an animation the first picture is drawn.
"""

import errno
import json
import sys
import warnings
from pathlib import Path
from typing import Any

SECONDS = 5
MEMORY = 400 * 1024 * 1024  # bytes of private memory
PIXELS_MAX = 40_000_000
SIDE_MAX = 16_000  # a side longer than 16 383 cannot be written as WebP
WIDTHS = (320, 640, 1280)
QUALITY = 82
OPENED = ("JPEG", "PNG", "WEBP", "GIF")
FORMATS = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # what a JPEG with a second picture in it turns out to be
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
ORIENTATION = 0x0112
# faults of the machine, which say nothing of the image
OF_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE)


class Refused(Exception):  # noqa: N818 - it names what happened
    """The image will not be drawn; its only argument is a stable code."""


def limit() -> None:
    """Give up more than enough time, memory and file size for one image."""
    import resource  # noqa: PLC0415 - not there on every system

    for kind, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_AS, 2 * MEMORY),
        (resource.RLIMIT_FSIZE, 32 * 1024 * 1024),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def draw(source: Path, folder: Path) -> dict[str, Any]:
    """Write ``<width>.webp`` files into ``folder`` and say what they are."""
    from PIL import Image  # noqa: PLC0415 - after the limits are set

    Image.MAX_IMAGE_PIXELS = PIXELS_MAX
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(source, formats=OPENED) as image:
            return _draw(image, folder)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Refused("image_too_large") from None
    except Exception as problem:  # decoders raise anything for broken input
        if isinstance(problem, OSError) and problem.errno in OF_MACHINE:
            raise
        raise Refused("image_damaged") from problem


def _draw(image: Any, folder: Path) -> dict[str, Any]:
    width, height = image.size
    if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX:
        raise Refused("image_too_large")
    turned = _orientation(image)
    across = height if turned >= 5 else width  # width as people see it
    largest = min(across, WIDTHS[-1])
    upright = _upright(_reduced(image, largest / across), turned)
    drawn = []
    for target in [*(w for w in WIDTHS if w < largest), largest]:
        size = (target, max(1, round(upright.height * target / upright.width)))
        picture = upright if size == upright.size else upright.resize(size, reducing_gap=3.0)
        path = folder / f"{target}.webp"
        picture.save(path, "WEBP", quality=QUALITY, method=4)
        drawn.append({"width": picture.width, "height": picture.height, "file": path.name})
    return {"media_type": FORMATS[image.format], "renditions": drawn}


def _orientation(image: Any) -> int:
    try:
        stated = image.getexif().get(ORIENTATION, 1)
    except Exception:  # a broken block of facts does not make the picture unusable
        return 1
    return stated if stated in range(1, 9) else 1


def _reduced(image: Any, share: float) -> Any:
    """The image in RGB or RGBA at its final size; made small before anything copies it."""
    size = tuple(max(1, round(side * share)) for side in image.size)
    image.draft("RGB", size)
    image.load()
    if image.mode in ("P", "PA", "1") or "transparency" in image.info:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode.startswith("I"):
        # sixteen bits of grey; the screen shows eight
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.size != size:
        image = image.resize(size, reducing_gap=3.0)
    image = image.convert("RGBA" if image.mode in ("RGBA", "LA", "La", "RGBa") else "RGB")
    image.info.clear()  # colour profile, comments: nothing is carried over
    return image


def _upright(image: Any, turned: int) -> Any:
    from PIL import Image  # noqa: PLC0415

    method = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(turned)
    return image.transpose(method) if method is not None else image


def main(source: str, folder: str) -> None:
    try:
        limit()
        answer = draw(Path(source), Path(folder))
    except Refused as refused:
        answer = {"error": refused.args[0]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
