"""Files for tests of reading, and what was read of them in few words."""

from pathlib import Path
from typing import Any

from stocktaking.kernel.reading import Head, Note, Reading, Record, look, records


class Folder:
    """Writes files and reads them; the name of a file never counts."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, content: bytes | str) -> Path:
        path = self.path / "file"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def records(self, content: bytes | str, **reading: Any) -> list[Record]:
        return list(records(self.write(content), Reading(**reading)))

    def data(self, content: bytes | str, **reading: Any) -> list[dict[str, Any]]:
        return [dict(record.data) for record in self.records(content, **reading)]

    def look(self, content: bytes | str, **reading: Any) -> Head:
        return look(self.write(content), Reading(**reading))


def codes(notes: tuple[Note, ...]) -> list[str]:
    return [note.code for note in notes]
