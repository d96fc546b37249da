"""Files that arrive in pieces, over connections that tear."""

import datetime as dt
import hashlib
import itertools
import os
import threading

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import accounts
from tests.factories.documents import PDF, zip_bomb
from tests.factories.files import AT, picture

from stocktaking.files.models import Sending, StoredFile, Upload
from stocktaking.files.operations import (
    begin_upload,
    expire_uploads,
    finish_upload,
    forget_person,
    hand_over,
    receive_piece,
    store_file,
)
from stocktaking.files.operations.keeping import original_path
from stocktaking.files.operations.locks import lock
from stocktaking.files.operations.uploads import (
    BYTES_A_DAY,
    OPEN_MAX,
    WrongOffset,
    message_of,
    part_path,
)
from stocktaking.files.queries import files_of_person, sent_by, upload_of
from stocktaking.files.states import UploadState
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db
TEXT = "Наша школа. 我们的学校。 مدرستنا. ".encode() * 400
_keys = itertools.count()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def ada():
    return accounts.person()


def begin(by, content=TEXT, key="", **stated) -> Upload:
    values = {"name": "plan.txt", "size": len(content), "at": AT, **stated}
    return begin_upload(key=key or f"key {next(_keys)}", by=by, **values)


class Torn(OSError):  # noqa: N818 - it names what happened
    """The connection broke."""


def reader(content: bytes, *, breaks: bool = False):
    """Gives the content in the sizes that are asked for, and then ends, or tears."""
    left = bytearray(content)

    def read(most: int) -> bytes:
        if not left and breaks:
            raise Torn
        piece = bytes(left[:most])
        del left[:most]
        return piece

    return read


def send(upload, content, by, offset=0, *, breaks=False, **stated) -> Upload:
    read = reader(content, breaks=breaks)
    return receive_piece(
        upload_id=upload.pk, offset=offset, read=read, by=by, **{"at": AT, **stated}
    )


def refusal(work, *args, **stated) -> str:
    with pytest.raises(RuleBroken) as caught:
        work(*args, **stated)
    return caught.value.code


def test_file_arrives_in_pieces_and_is_stored_with_the_last(ada):
    upload = begin(ada)
    half = len(TEXT) // 2
    assert send(upload, TEXT[:half], ada).state == UploadState.OPEN
    assert upload_of(ada.pk, upload.pk).received == half
    done = send(upload, TEXT[half:], ada, half)
    assert done.state == UploadState.DONE
    assert original_path(done.file.sha256).read_bytes() == TEXT
    assert sent_by(ada.pk, [done.file_id]) == {done.file_id: "plan.txt"}
    assert not part_path(upload.pk).exists()


def test_image_that_arrived_is_pending_like_any_other(ada):
    data = picture("PNG", (64, 64))
    done = send(begin(ada, data, name="a.png"), data, ada)
    assert done.file.state == "pending"


def test_torn_piece_is_kept_as_far_as_it_came(ada):
    upload = begin(ada)
    with pytest.raises(Torn):
        send(upload, TEXT[:5000], ada, breaks=True)
    assert upload_of(ada.pk, upload.pk).received == 5000
    done = send(upload, TEXT[5000:], ada, 5000)
    assert original_path(done.file.sha256).read_bytes() == TEXT


def test_torn_piece_with_a_checksum_is_not_kept(ada):
    upload, digest = begin(ada), hashlib.sha256(TEXT).digest()
    with pytest.raises(Torn):
        send(upload, TEXT[:5000], ada, breaks=True, checksum=digest)
    assert upload_of(ada.pk, upload.pk).received == 0
    assert refusal(send, upload, TEXT[:-1] + b"!", ada, checksum=digest) == "upload_checksum"
    assert send(upload, TEXT, ada, checksum=digest).state == UploadState.DONE


def test_piece_for_another_place_is_refused_and_told_where(ada):
    upload = begin(ada)
    send(upload, TEXT[:100], ada)
    for offset in (0, 50, 101, 10**12):
        with pytest.raises(WrongOffset) as caught:
            send(upload, TEXT, ada, offset)
        assert caught.value.expected == 100


def test_more_than_announced_is_refused_whole(ada):
    upload = begin(ada)
    assert refusal(send, upload, TEXT + b"!", ada) == "upload_too_long"
    assert upload_of(ada.pk, upload.pk).received == 0


def test_finished_upload_stays_as_it_is(ada):
    upload = begin(ada)
    done = send(upload, TEXT, ada)
    assert refusal(send, upload, b"", ada, len(TEXT)) == "upload_closed"
    assert finish_upload(upload_id=upload.pk, by=ada, at=AT) == done
    assert StoredFile.objects.count() == 1


def test_upload_whose_process_died_before_the_end_is_finished_by_an_empty_piece(ada):
    upload = begin(ada)
    part_path(upload.pk).parent.mkdir(parents=True)
    part_path(upload.pk).write_bytes(TEXT)
    Upload.objects.update(received=len(TEXT))
    assert send(upload, b"", ada, len(TEXT)).state == UploadState.DONE


def test_bytes_of_a_process_that_died_before_noting_them_are_written_again(ada):
    upload = begin(ada)
    send(upload, TEXT[:100], ada)
    with part_path(upload.pk).open("ab") as part:
        part.write(b"half a piece")
    done = send(upload, TEXT[100:], ada, 100)
    assert original_path(done.file.sha256).read_bytes() == TEXT


def test_upload_whose_bytes_the_disk_lost_begins_again(ada):
    upload = begin(ada)
    send(upload, TEXT[:100], ada)
    os.truncate(part_path(upload.pk), 30)
    with pytest.raises(WrongOffset) as caught:
        send(upload, TEXT[100:], ada, 100)
    assert caught.value.expected == 0
    assert send(upload, TEXT, ada).state == UploadState.DONE


def test_file_that_is_refused_says_why_and_leaves_nothing(ada):
    bomb = zip_bomb(40)
    upload = begin(ada, bomb, name="a.xlsx")
    ended = send(upload, bomb, ada)
    assert (ended.state, ended.refusal) == (UploadState.REFUSED, "file_bomb")
    assert "unpacks" in message_of(ended)
    assert not StoredFile.objects.exists()
    assert not part_path(upload.pk).exists()
    assert refusal(send, upload, bomb, ada) == "upload_closed"


def test_kinds_and_hash_are_judged_at_the_end(ada):
    ended = send(begin(ada, kinds=["application/pdf"]), TEXT, ada)
    assert ended.refusal == "file_not_allowed"
    assert "PDF." in message_of(ended)
    assert send(begin(ada, sha256="0" * 64), TEXT, ada).refusal == "upload_checksum"
    right = hashlib.sha256(TEXT).hexdigest()
    assert send(begin(ada, sha256=right), TEXT, ada).state == UploadState.DONE


def test_key_begins_one_upload(ada):
    first = begin(ada, key="k")
    assert begin(ada, key="k") == first
    assert refusal(begin, ada, key="k", size=7) == "upload_conflict"
    assert begin(accounts.person(), key="k") != first
    assert Upload.objects.count() == 2


def test_announcement_is_judged(ada):
    assert refusal(begin, ada, size=0) == "file_empty"
    assert refusal(begin, ada, size=21 << 20) == "file_too_large"


def test_quota_is_of_a_person_and_a_day(ada):
    for number in range(BYTES_A_DAY // (20 << 20)):
        upload = begin(ada, size=20 << 20, at=AT)
        if number:
            Upload.objects.filter(pk=upload.pk).update(state="done")
    assert refusal(begin, ada) == "upload_quota"
    begin(accounts.person())
    assert begin(ada, at=AT + dt.timedelta(days=1, seconds=1))


def test_unfinished_uploads_are_few(ada):
    for _ in range(OPEN_MAX):
        begin(ada)
    assert refusal(begin, ada) == "upload_too_many_open"


def test_upload_of_somebody_else_does_not_exist(ada):
    upload, bo = begin(ada), accounts.person()
    assert upload_of(bo.pk, upload.pk) is None
    with pytest.raises(Upload.DoesNotExist):
        send(upload, TEXT, bo)
    assert not part_path(upload.pk).exists()


def test_piece_that_is_being_received_keeps_others_out(ada):
    upload = begin(ada)
    with lock(part_path(upload.pk)) as locked:
        assert locked
        assert refusal(send, upload, TEXT, ada) == "upload_busy"
        assert refusal(finish_upload, upload_id=upload.pk, by=ada, at=AT) == "upload_busy"
    assert send(upload, TEXT, ada).state == UploadState.DONE


@pytest.mark.django_db(transaction=True)
def test_pieces_at_the_same_time_never_mix():
    ada = accounts.person()
    upload, start, told = begin(ada), threading.Barrier(5), []

    def hurry() -> None:
        try:
            start.wait()
            told.append(send(upload, TEXT, ada).state)
        except RuleBroken as error:
            told.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=hurry) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count(UploadState.DONE) == 1
    assert set(told) <= {UploadState.DONE, "upload_busy", "upload_closed", "upload_offset"}
    assert original_path(StoredFile.objects.get().sha256).read_bytes() == TEXT


steps = st.lists(
    st.tuples(
        st.sampled_from(["piece", "torn", "replay", "wrong", "begin", "die"]), st.integers(1, 9000)
    ),
    max_size=14,
)


@given(steps)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_tears_the_file_arrives_once_and_whole(ada, settings, tmp_path_factory, told):
    """A client that only ever asks where to go on, over the worst of lines."""
    settings.DATA_DIR = tmp_path_factory.mktemp("data")
    key, content = f"key {next(_keys)}", TEXT + str(next(_keys)).encode()
    upload = begin(ada, content, key=key)
    for what, amount in told:
        at = upload_of(ada.pk, upload.pk).received
        piece = content[at : at + amount]
        if what == "begin":
            assert begin(ada, content, key=key) == upload
        elif what == "wrong":
            with pytest.raises((WrongOffset, RuleBroken)):
                send(upload, piece, ada, at + amount)
        elif what == "die" and part_path(upload.pk).exists():
            with part_path(upload.pk).open("ab") as part:
                part.write(os.urandom(amount))
        elif what == "torn" and at < len(content):
            with pytest.raises(Torn):
                send(upload, piece, ada, at, breaks=True)
        elif at < len(content):
            send(upload, piece, ada, at)
            if what == "replay":
                with pytest.raises(RuleBroken):
                    send(upload, piece, ada, at)
    ended = upload_of(ada.pk, upload.pk)
    if ended.state == UploadState.OPEN:
        ended = send(upload, content[ended.received :], ada, ended.received)
    assert ended.state == UploadState.DONE
    assert original_path(ended.file.sha256).read_bytes() == content
    assert StoredFile.objects.filter(sha256=ended.file.sha256).count() == 1


def test_expired_uploads_go_with_their_bytes(ada):
    old, new, done = begin(ada), begin(ada), begin(ada)
    send(old, TEXT[:50], ada)
    send(new, TEXT[:50], ada, at=AT + dt.timedelta(days=2))
    send(done, TEXT, ada)
    orphan = part_path(old.pk).with_name("0" * 32)
    orphan.write_bytes(b"x")
    os.utime(orphan, (0, 0))
    assert expire_uploads(at=AT + dt.timedelta(days=3)) == 2
    assert not part_path(old.pk).exists()
    assert not orphan.exists()
    assert part_path(new.pk).exists()
    assert set(Upload.objects.all()) == {new, done}
    assert expire_uploads(at=AT + dt.timedelta(days=8)) == 2
    assert StoredFile.objects.exists()


def test_who_sent_a_file_is_forgotten(ada, django_capture_on_commit_callbacks):
    bo = accounts.person()
    mine = store_file(data=PDF, name="my plan.pdf", by=ada, at=AT)
    shared = store_file(data=TEXT, name="of Ada.txt", by=ada, at=AT)
    store_file(data=TEXT, name="of Bo.txt", by=bo, at=AT)
    upload = begin(ada)
    send(upload, TEXT[:50], ada)
    assert [one["name"] for one in files_of_person(ada.pk)] == ["my plan.pdf", "of Ada.txt"]
    with django_capture_on_commit_callbacks(execute=True):
        forget_person(person_id=ada.pk)
    mine.refresh_from_db()
    shared.refresh_from_db()
    assert (mine.by_id, mine.name) == (None, "file")
    assert (shared.by_id, shared.name) == (bo.pk, "of Bo.txt")
    assert not part_path(upload.pk).exists()
    assert files_of_person(ada.pk) == []
    assert original_path(mine.sha256).exists()


def test_files_are_handed_over_when_accounts_are_merged(ada):
    bo = accounts.person()
    both = store_file(data=TEXT, name="of Ada.txt", by=ada, at=AT)
    store_file(data=TEXT, name="of Bo.txt", by=bo, at=AT)
    mine = store_file(data=PDF, name="plan.pdf", by=ada, at=AT)
    hand_over(of=ada.pk, to=bo.pk)
    assert sent_by(bo.pk, [both.pk, mine.pk]) == {both.pk: "of Bo.txt", mine.pk: "plan.pdf"}
    assert not Sending.objects.filter(person_id=ada.pk).exists()
