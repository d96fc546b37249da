"""Taking files of data: whatever can be read as records, record by record, later on."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stocktaking.files.operations.keeping import Source
from stocktaking.kernel.reading import look


def check_data(data: Source) -> None:
    """``kernel.reading.Unreadable`` where the content is nothing that can be imported.

    Only its beginning is read; what its records say is for whoever imports them.
    """
    with _on_disk(data) as path:
        look(path, most_samples=1)


@contextmanager
def _on_disk(data: Source) -> Iterator[Path]:
    if isinstance(data, Path):
        yield data
        return
    with tempfile.NamedTemporaryFile(prefix="data-") as file:
        file.write(data)
        file.flush()
        yield Path(file.name)
