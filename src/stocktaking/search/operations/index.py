"""Keeping this node's index in step with the database: taking in changes, building anew."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from django.conf import settings

from stocktaking.search import registry
from stocktaking.search.engine.folder import Folder
from stocktaking.search.engine.reader import reader
from stocktaking.search.engine.schema import State
from stocktaking.search.engine.writer import Writer
from stocktaking.search.queries import log
from stocktaking.search.rules.values import Provider

Progress = Callable[[int, int], None]
CHUNK = 200  # documents asked of a provider at once
WAIT = 30.0  # seconds for another writer
POLL = 0.05
PATIENCE = 600.0  # seconds that a rebuild waits for its turn
TURN = 1.0  # seconds between two words of progress meanwhile

logger = logging.getLogger(__name__)


def catch_up(*, wait: float = WAIT, progress: Progress | None = None) -> int:
    """Take in every committed change that the index lacks; build it where there is none.

    Returns the number of changes taken in (of documents, where the index was built). Where
    another process writes, waits until that one has done it, at most ``wait`` seconds.
    """
    folder = Folder(settings.INDEX_DIR)
    deadline = time.monotonic() + wait
    while True:
        with folder.locked(0) as held:
            if held:
                return _caught_up(folder, progress)
        if time.monotonic() >= deadline:
            return 0
        time.sleep(POLL)


def rebuild(*, progress: Progress | None = None) -> int:
    """Build the index anew beside the old one and change over; returns the documents in it.

    ``progress(done, total)`` is called now and then, with (0, 0) while another process writes;
    what it raises ends the work. Readers go on with the old index.
    """
    folder = Folder(settings.INDEX_DIR)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with folder.locked(TURN) as held:
            if held:
                count = _rebuilt(folder, progress)
                _caught_up(folder, None)  # what changed meanwhile
                return count
        if progress:
            progress(0, 0)
    raise TimeoutError("another process has been writing the index for ten minutes")


def _caught_up(folder: Folder, progress: Progress | None) -> int:
    now = reader(folder.root).snapshot()
    if now is None or not log.follows(now.state) or not _knows_kinds(now.state):
        return _rebuilt(folder, progress)
    batch = log.batch(now.state)
    if not batch.changes:
        return 0
    current = folder.current()
    if current is None:  # deleted this very moment
        return _rebuilt(folder, progress)
    try:
        writer = Writer(current)
        for kind, keys in _by_kind(batch.changes).items():
            _take_in(writer, kind, keys)
        writer.commit(batch.state)
    except (OSError, ValueError) as error:
        logger.warning("search index unusable, building it anew: %s", error)
        return _rebuilt(folder, progress)
    return len(batch.changes)


def _knows_kinds(state: State) -> bool:
    return set(state.kinds) == {provider.kind for provider in registry.providers()}


def _by_kind(changes: Sequence[log.Change]) -> dict[str, list[str]]:
    """Keys in the order of their change, each once; one empty key stands for all of a kind."""
    kinds: dict[str, dict[str, None]] = {}
    for change in changes:
        kinds.setdefault(change.kind, {})[change.key] = None
    return {kind: [""] if "" in keys else list(keys) for kind, keys in kinds.items()}


def _take_in(writer: Writer, kind: str, keys: list[str]) -> None:
    provider = registry.provider(kind)
    if keys == [""]:
        writer.drop_kind(kind)
        keys = list(provider.keys()) if provider else []
    else:
        writer.drop(kind, keys)
    if provider:
        for chunk in _chunks(iter(keys)):
            writer.add(provider.documents(chunk))


def _rebuilt(folder: Folder, progress: Progress | None) -> int:
    providers = registry.providers()
    # the log is read before the documents: what changes meanwhile is taken in once more
    state = replace(log.head(), kinds=tuple(provider.kind for provider in providers))
    if (now := reader(folder.root).snapshot()) is not None:
        state = replace(state, version=max(state.version, now.state.version + 1))
    with folder.new_generation() as generation:
        writer = Writer(generation, fresh=True)
        try:
            count = sum(_added(writer, provider, progress) for provider in providers)
        except BaseException:
            writer.abandon()
            raise
        writer.commit(state)
        folder.switch_to(generation)
    return count


def _added(writer: Writer, provider: Provider, progress: Progress | None) -> int:
    keys = list(provider.keys())
    done = count = 0
    for chunk in _chunks(iter(keys)):
        count += writer.add(provider.documents(chunk))
        done += len(chunk)
        if progress:
            progress(done, len(keys))
    return count


def _chunks(keys: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(keys, CHUNK)):
        yield chunk
