"""The index follows the change log, and is built anew where it cannot."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings
from tests.factories.search import KIND, Shelf, asking, contents, document, shelf_in_registry

from stocktaking.kernel import clock
from stocktaking.search import operations, queries
from stocktaking.search.engine.folder import Folder
from stocktaking.search.models import Change
from stocktaking.search.operations import following


def keys(text: str = "") -> set[str]:
    return {hit.key for hit in queries.answer(asking(text)).hits}


def test_change_is_taken_in_once(shelf: Shelf) -> None:
    operations.catch_up()
    shelf.put(document("1", "Alpha"), document("2", "Beta"))

    assert operations.catch_up() == 2
    assert operations.catch_up() == 0
    assert keys() == {"1", "2"}


def test_changed_document_replaces_the_old_one(shelf: Shelf) -> None:
    shelf.index(document("1", "Alpha"))
    shelf.index(document("1", "Beta"))

    assert (keys("alpha"), keys("beta")) == (set(), {"1"})


def test_document_that_went_is_dropped(shelf: Shelf) -> None:
    shelf.index(document("1", "Alpha"), document("2", "Beta"))
    shelf.take("1")
    operations.catch_up()

    assert keys() == {"2"}


def test_empty_key_renews_the_whole_kind(shelf: Shelf) -> None:
    shelf.index(document("1", "Alpha"), document("2", "Beta"))
    shelf.held = {"3": document("3", "Gamma")}
    operations.note_change(kind=KIND, keys=[""], at=clock.now())
    operations.catch_up()

    assert keys() == {"3"}


def test_version_grows_with_every_change(shelf: Shelf) -> None:
    versions = [queries.data_version()]
    for title in ("Alpha", "Beta", "Gamma"):
        shelf.index(document("1", title))
        versions.append(queries.data_version())
    operations.rebuild()
    versions.append(queries.data_version())

    assert versions == sorted(set(versions))


def test_rebuild_tells_its_progress_and_keeps_everything(shelf: Shelf) -> None:
    shelf.index(*(document(str(n), f"School {n}") for n in range(1, 451)))
    before, told = contents(), []

    assert operations.rebuild(progress=lambda done, total: told.append((done, total))) == 450
    assert told == [(200, 450), (400, 450), (450, 450)]
    assert contents() == before


class Stopped(Exception):  # noqa: N818 - it is what happens to the work, not a fault of it
    pass


def stop(done: int, total: int) -> None:
    raise Stopped


def test_rebuild_that_waits_for_its_turn_can_be_stopped(shelf: Shelf, settings: Settings) -> None:
    with Folder(settings.INDEX_DIR).locked(0) as held:
        assert held
        with pytest.raises(Stopped):
            operations.rebuild(progress=stop)


def test_rebuild_that_is_stopped_leaves_the_old_index_alone(
    shelf: Shelf, settings: Settings
) -> None:
    shelf.index(document("1", "Alpha"))
    folder = Folder(settings.INDEX_DIR)
    before = folder.current()

    with pytest.raises(Stopped):
        operations.rebuild(progress=stop)

    assert folder.current() == before
    assert [path for path in folder.base.iterdir() if path.is_dir()] == [before]
    assert keys() == {"1"}


def test_failure_after_the_change_over_keeps_the_new_index(
    shelf: Shelf, settings: Settings
) -> None:
    folder = Folder(settings.INDEX_DIR)
    shelf.index(document("1", "Alpha"))

    generations = []

    def build() -> None:
        with folder.new_generation() as generation:
            generations.append(generation)
            (generation / "meta.json").write_text("{}")
            folder.switch_to(generation)
            raise Stopped

    with pytest.raises(Stopped):
        build()

    assert [folder.current()] == generations


def test_rebuild_leaves_one_generation(shelf: Shelf, settings: Settings) -> None:
    (settings.INDEX_DIR / "format-0").mkdir(parents=True)
    for _ in range(3):
        operations.rebuild()

    base = Folder(settings.INDEX_DIR).base
    assert [path for path in settings.INDEX_DIR.iterdir() if path.is_dir()] == [base]
    assert len([path for path in base.iterdir() if path.is_dir()]) == 1


@pytest.fixture
def damaged(shelf: Shelf, settings: Settings) -> Iterator[Path]:
    """The folder of an index that held one document; afterwards it must hold it again."""
    shelf.index(document("1", "Alpha"))
    current = Folder(settings.INDEX_DIR).current()
    assert current is not None
    yield current
    operations.catch_up()
    assert keys("alpha") == {"1"}


def test_index_without_its_description_is_built_anew(damaged: Path) -> None:
    (damaged / "meta.json").unlink()


def test_index_with_a_damaged_description_is_built_anew(damaged: Path) -> None:
    (damaged / "meta.json").write_text("{")


def test_index_without_its_pointer_is_built_anew(damaged: Path) -> None:
    (damaged.parent / "current").write_text("nowhere\0")


def test_index_of_another_database_is_built_anew(damaged: Path) -> None:
    Change.objects.update(at=clock.now())


def test_index_that_was_away_for_too_long_is_built_anew(damaged: Path) -> None:
    operations.note_change(kind=KIND, keys=["1"], at=clock.now())
    assert operations.prune_changes(before=clock.now()) == 1


def test_pruning_keeps_the_newest_row(shelf: Shelf) -> None:
    shelf.index(document("1", "Alpha"))

    assert operations.prune_changes(before=clock.now()) == 0
    assert operations.catch_up() == 0
    assert operations.prune_changes(before=clock.now()) == 0


def test_change_that_is_rolled_back_is_not_noted(shelf: Shelf) -> None:
    with transaction.atomic():
        shelf.put(document("1", "Alpha"))
        transaction.set_rollback(True)

    assert not Change.objects.exists()


def test_only_one_may_write(settings: Settings) -> None:
    folder = Folder(settings.INDEX_DIR)

    with folder.locked(0) as first, folder.locked(0) as second:
        assert (first, second) == (True, False)
        (settings.INDEX_DIR / "writer.lock").unlink()
        with folder.locked(0) as third:  # a deleted lock is no lock
            assert third
    with folder.locked(0) as again:
        assert again


def test_late_commit_of_an_early_change_is_not_lost(transactional_db: None) -> None:
    for shelf in shelf_in_registry():
        operations.catch_up()
        shelf.held = {key: document(key, "Alpha") for key in ("1", "2")}
        noted, release = threading.Event(), threading.Event()

        def early(noted: threading.Event = noted, release: threading.Event = release) -> None:
            with transaction.atomic():
                operations.note_change(kind=KIND, keys=["1"], at=clock.now())
                noted.set()
                release.wait(30)
            connection.close()

        thread = threading.Thread(target=early)
        thread.start()
        noted.wait(30)
        if connection.vendor == "postgresql":  # SQLite lets no second writer begin
            operations.note_change(kind=KIND, keys=["2"], at=clock.now())
            operations.catch_up()
            assert "1" not in keys()
        release.set()
        thread.join()
        if connection.vendor != "postgresql":
            operations.note_change(kind=KIND, keys=["2"], at=clock.now())
        for _ in range(600):  # another transaction of the cluster may still run
            operations.catch_up()
            if keys() == {"1", "2"}:
                break
            time.sleep(0.1)
        assert keys() == {"1", "2"}


def test_following_ends_when_told(transactional_db: None) -> None:
    for shelf in shelf_in_registry():
        shelf.put(document("1", "Alpha"))
        stop = threading.Event()
        thread = threading.Thread(target=operations.follow, args=(stop,))
        thread.start()
        for _ in range(600):
            if keys() == {"1"}:
                break
            stop.wait(0.05)
        stop.set()
        thread.join(30)

        assert keys() == {"1"}
        assert not thread.is_alive()


def test_step_looks_before_it_writes(shelf: Shelf) -> None:
    shelf.put(document("1", "Alpha"))

    assert following.step() == 1  # no index yet: built with its one document
    assert following.step() == 0


def test_index_with_emptied_files_is_built_anew(damaged: Path) -> None:
    for path in damaged.iterdir():
        if path.suffix and path.name != "meta.json":
            path.write_bytes(b"")
    operations.note_change(kind=KIND, keys=["1"], at=clock.now())
