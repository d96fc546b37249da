"""The folder of an index: generations, a pointer to the current one, and the writer's lock.

``<index folder>/<format>/current`` names a generation beside it. A rebuild writes a new
generation and moves the pointer; readers keep the files they have open meanwhile.
"""

import contextlib
import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stocktaking.search.engine.schema import FORMAT

POLL = 0.02  # seconds


@dataclass(frozen=True)
class Folder:
    """``root`` may vanish at any moment: nothing here assumes that it exists."""

    root: Path

    @property
    def base(self) -> Path:
        return self.root / f"format-{FORMAT}"

    @property
    def pointer(self) -> Path:
        return self.base / "current"

    def current(self) -> Path | None:
        """The generation that readers use; None where there is no index."""
        try:
            path = self.base / self.pointer.read_text().strip()
        except (OSError, ValueError):
            return None
        return path if (path / "meta.json").exists() else None

    @contextlib.contextmanager
    def new_generation(self) -> Iterator[Path]:
        """A folder to build in; it goes again where the building fails or is stopped."""
        path = self.base / f"{int(time.time()):x}-{uuid.uuid4().hex[:8]}"
        path.mkdir(parents=True)
        try:
            yield path
        except BaseException:
            if self.current() != path:  # the change-over may have come before the failure
                shutil.rmtree(path, ignore_errors=True)
            raise

    def switch_to(self, generation: Path) -> None:
        """Make a generation the current one; every other one is removed."""
        waiting = self.base / "current.new"
        with waiting.open("w") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(self.pointer)
        descriptor = os.open(self.base, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self.sweep()

    def sweep(self) -> None:
        """Remove what no reader will open again: older generations, other formats."""
        current = self.current()
        for path in [*self.base.iterdir(), *self.root.iterdir()]:
            if path.is_dir() and path not in (current, self.base):
                shutil.rmtree(path, ignore_errors=True)

    @contextlib.contextmanager
    def locked(self, wait: float) -> Iterator[bool]:
        """Hold the one writer's lock; yields False where another holds it for ``wait`` seconds.

        The lock dies with its process. A lock file that was deleted is no lock, so the file is
        compared with what stands in the folder after the lock is got.
        """
        deadline = time.monotonic() + wait
        while True:
            descriptor = self._try_lock()
            if descriptor is not None or time.monotonic() >= deadline:
                break
            time.sleep(POLL)
        try:
            yield descriptor is not None
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _try_lock(self) -> int | None:
        self.root.mkdir(parents=True, exist_ok=True)
        path = self.root / "writer.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        except OSError:
            pass
        os.close(descriptor)
        return None
