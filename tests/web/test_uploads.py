"""Files in pieces, as a script sends them."""

import base64
import hashlib

import pytest
from tests.factories import accounts
from tests.factories.documents import zip_bomb
from tests.factories.files import picture

from stocktaking.files.models import StoredFile, Upload
from stocktaking.files.operations.keeping import original_path
from stocktaking.files.operations.locks import lock
from stocktaking.files.operations.uploads import OPEN_MAX, part_path

pytestmark = pytest.mark.django_db
TEXT = b"A plan in words.\n" * 900


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def ada():
    return accounts.browser(accounts.person())


def begin(browser, content=TEXT, **stated):
    values = {"key": "k", "name": "plan.txt", "size": len(content), **stated}
    return browser.post("/en/uploads/", values)


def send(browser, url, piece, offset=0, **headers):
    return browser.patch(
        url,
        piece,
        content_type="application/octet-stream",
        headers={"upload-offset": str(offset), **headers},
    )


def test_file_is_sent_in_pieces(ada):
    begun = begin(ada, kinds="text/plain,text/csv,nonsense")
    assert begun.status_code == 201
    assert begun["Upload-Offset"] == "0"
    assert Upload.objects.get().kinds == ["text/csv", "text/plain"]
    url = begun.json()["url"]
    first = send(ada, url, TEXT[:1000])
    assert (first.status_code, first.json()["state"], first["Upload-Offset"]) == (
        200,
        "open",
        "1000",
    )
    head = ada.head(url)
    assert (head.status_code, head["Upload-Offset"], head.content) == (200, "1000", b"")
    last = send(ada, url, TEXT[1000:], 1000)
    file = StoredFile.objects.get()
    assert last.json() | {"state": "done", "file": file.pk, "name": "plan.txt"} == last.json()
    assert original_path(file.sha256).read_bytes() == TEXT
    # the answer was lost, and the same piece is sent again
    again = send(ada, url, TEXT[1000:], 1000)
    assert (again.status_code, again.json()) == (200, last.json())
    assert StoredFile.objects.count() == 1


def test_key_that_was_used_gives_the_same_upload(ada):
    first, second = begin(ada), begin(ada)
    assert second.status_code == 200
    assert first.json()["id"] == second.json()["id"]
    other = begin(ada, size=5)
    assert (other.status_code, other.json()["code"]) == (422, "upload_conflict")


def test_wrong_offset_is_told_the_right_one(ada):
    url = begin(ada).json()["url"]
    send(ada, url, TEXT[:1000])
    answer = send(ada, url, TEXT, 0)
    assert (answer.status_code, answer["Upload-Offset"]) == (409, "1000")
    assert answer.json()["code"] == "upload_offset"


def test_piece_may_carry_a_checksum(ada):
    url = begin(ada).json()["url"]
    digest = base64.b64encode(hashlib.sha256(TEXT).digest()).decode()
    wrong = send(ada, url, TEXT[:-1] + b"!", **{"upload-checksum": f"sha256 {digest}"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "upload_checksum")
    right = send(ada, url, TEXT, **{"upload-checksum": f"sha256 {digest}"})
    assert right.json()["state"] == "done"


@pytest.mark.parametrize(
    "headers",
    [
        {"upload-offset": "x"},
        {"upload-offset": "-1"},
        {"upload-offset": ""},
        {"upload-offset": "9" * 30},
        {"upload-checksum": "md5 abc"},
        {"upload-checksum": "sha256 !"},
        {"upload-checksum": "sha256 YQ=="},
    ],
)
def test_malformed_piece_is_told(ada, headers):
    url = begin(ada).json()["url"]
    assert send(ada, url, TEXT, **headers).status_code == 400


@pytest.mark.parametrize(
    "stated",
    [
        {"key": ""},
        {"key": "k" * 101},
        {"key": "a\0b"},
        {"size": "x"},
        {"size": "-3"},
        {"size": ""},
        {"size": "9" * 20},
        {"sha256": "zz"},
    ],
)
def test_malformed_announcement_is_told(ada, stated):
    assert begin(ada, **stated).status_code == 400
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("size", "code"), [(0, "file_empty"), (30 << 20, "file_too_large")])
def test_announcement_that_cannot_be_taken_is_refused_in_words(ada, size, code):
    answer = begin(ada, size=size)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["message"].endswith(".")


def test_file_that_is_refused_says_why_and_again(ada):
    bomb = zip_bomb(40)
    url = begin(ada, bomb, name="a.xlsx").json()["url"]
    for answer in (send(ada, url, bomb), send(ada, url, bomb), ada.get(url)):
        assert answer.status_code == 422
        assert (answer.json()["state"], answer.json()["code"]) == ("refused", "file_bomb")
        assert "unpacks" in answer.json()["message"]


def test_too_many_unfinished_are_answered_429(ada):
    for number in range(OPEN_MAX):
        begin(ada, key=str(number))
    answer = begin(ada, key="one more")
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert answer.json()["code"] == "upload_too_many_open"


def test_upload_that_is_being_received_is_busy(ada):
    begun = begin(ada).json()
    with lock(part_path(Upload.objects.get().pk)):
        answer = send(ada, begun["url"], TEXT)
    assert (answer.status_code, answer["Retry-After"]) == (409, "1")


def test_uploads_of_others_are_not_found(ada):
    url = begin(ada).json()["url"]
    bo = accounts.browser(accounts.person())
    assert [bo.get(url).status_code, bo.head(url).status_code] == [404, 404]
    assert send(bo, url, TEXT).status_code == 404
    assert Upload.objects.get().received == 0


def test_piece_needs_the_token_of_the_page(ada):
    url = begin(ada).json()["url"]
    ada.handler.enforce_csrf_checks = True
    assert send(ada, url, TEXT).status_code == 403
    assert begin(ada, key="other").status_code == 403
    token = "t" * 32
    ada.cookies["csrftoken"] = token
    assert send(ada, url, TEXT, **{"x-csrftoken": token}).json()["state"] == "done"


def test_picture_may_be_sent_in_pieces(ada):
    data = picture("PNG", (64, 64))
    url = begin(ada, data, name="a.png").json()["url"]
    assert send(ada, url, data).json()["state"] == "done"
    assert StoredFile.objects.get().state == "pending"
