"""The process that sets one sheet: reads it from standard input, writes a line about what was
left out and the picture to standard output. It knows nothing of the register.
"""

import json
import os
import sys
import tempfile
from contextlib import suppress
from typing import Any

import typst

from stocktaking.kernel.typesetting.letters import needed, readable, without

MEMORY = 1536 * 1024 * 1024  # bytes
POLITE = 10  # steps that pages come first


def main() -> None:
    sheet = json.load(sys.stdin)
    confine(int(sheet["seconds"]))
    fonts = typst.Fonts(font_paths=sheet["fonts"])
    texts, missing = writable(sheet["texts"], fonts, sheet["families"])
    with tempfile.TemporaryDirectory() as empty:
        picture = typst.compile(
            input=sheet["source"].encode(),
            root=empty,
            package_path=empty,
            package_cache_path=empty,
            font_paths=fonts,
            format=sheet["form"],
            ppi=sheet["ppi"],
            sys_inputs={"data": json.dumps({**sheet["data"], **texts})},
        )
    sys.stdout.buffer.write(json.dumps({"missing": missing}).encode() + b"\n" + picture)


def confine(seconds: int) -> None:
    """No more time or memory than a picture needs, and less of a busy processor than pages get,
    where the system can hold to that."""
    with suppress(AttributeError, OSError):
        os.nice(POLITE)
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def writable(
    texts: dict[str, str], fonts: Any, families: list[str]
) -> tuple[dict[str, str], list[str]]:
    """The texts without the words that no font can write, and the letters that were the reason."""
    ranks = {family: rank for rank, family in enumerate(families)}
    faces = [face for face in fonts.fonts() if face.path]
    faces.sort(key=lambda face: (ranks.get(face.family, len(ranks)), abs(face.weight - 400)))
    missing = without(needed(texts.values()), ((face.path, face.index) for face in faces))
    if not missing:
        return texts, []
    kept = {name: readable(text, missing) for name, text in texts.items()}
    return kept, sorted(map(chr, missing))


if __name__ == "__main__":
    main()
