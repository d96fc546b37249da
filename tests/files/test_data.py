"""Files of data: taken from who may import, never given out."""

import gzip

import pytest
from tests.factories import accounts
from tests.factories.documents import PDF
from tests.factories.files import AT
from tests.web.test_uploads import begin, send

from stocktaking.accounts.rules.roles import Role
from stocktaking.files.models import StoredFile, Upload
from stocktaking.files.operations import store_file
from stocktaking.files.operations.uploads import begin_upload
from stocktaking.files.rules.data import DATA, DATA_MAX
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db
TABLE = "Titre;Où\r\nRéseau d’écoles;Sénégal\r\n"
SOUND = {
    "csv in an old encoding": TABLE.encode("cp1252"),
    "csv in utf-16": TABLE.encode("utf-16"),
    "json lines": b'{"title": "A"}\n{"title": "B"}\n',
    "packed json lines": gzip.compress(b'{"title": "A"}\n'),
}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def store(data, **stated) -> StoredFile:
    asked = {"name": "a.csv", "kinds": (DATA,), "most": DATA_MAX, "by": None, "at": AT}
    return store_file(data=data, **{**asked, **stated})


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND.keys())
def test_what_can_be_imported_is_a_kind_of_its_own(content, tmp_path):
    path = tmp_path / "sent"
    path.write_bytes(content)
    assert store(content).media_type == DATA
    assert store(path).pk == store(content).pk


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file_empty"), (PDF, "file_not_recognised"), (b"\x00\x01\x02" * 400, None)],
)
def test_what_nobody_can_read_is_refused(content, code):
    with pytest.raises(RuleBroken) as caught:
        store(content)
    assert code in (None, caught.value.code)
    assert caught.value.field == "file"
    assert not StoredFile.objects.exists()


def test_data_are_taken_only_where_they_are_asked_for():
    with pytest.raises(RuleBroken) as caught:
        store(SOUND["packed json lines"], kinds=())
    assert caught.value.code == "file_not_allowed"


def test_same_content_sent_as_a_document_can_be_given_out_again():
    content = b"title,where\r\nA school,Kenya\r\n"
    ada = accounts.person()
    data = store(content, by=ada)
    browser = accounts.browser(ada)
    assert browser.get(f"/en/files/{data.pk}/").status_code == 404
    assert store(content, kinds=(), by=ada).pk == data.pk
    answer = browser.get(f"/en/files/{data.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv")
    assert b"".join(answer.streaming_content) == content
    assert store(content, by=ada).media_type == "text/csv"


def test_upload_of_data_may_be_larger():
    ada = accounts.person()
    asked = {"key": "k", "name": "a.csv", "by": ada, "at": AT}
    with pytest.raises(RuleBroken):
        begin_upload(size=DATA_MAX, **asked)
    assert begin_upload(size=DATA_MAX, kinds=(DATA,), **asked).size == DATA_MAX
    with pytest.raises(RuleBroken) as caught:
        begin_upload(size=DATA_MAX + 1, kinds=(DATA,), **{**asked, "key": "l"})
    assert "200" in str(caught.value)


def test_script_sends_data_for_an_organiser():
    content = SOUND["packed json lines"]
    organiser = accounts.browser(accounts.person(Role.ORGANISER))
    begun = begin(organiser, content, kinds=DATA, name="a.jsonl.gz")
    done = send(organiser, begun.json()["url"], content).json()
    assert (done["state"], StoredFile.objects.get().media_type) == ("done", DATA)


@pytest.mark.parametrize("second_factor", [True, False])
def test_script_sends_no_data_for_others(second_factor):
    who = accounts.person() if second_factor else accounts.person(Role.ORGANISER)
    browser = accounts.browser(who, second_factor=second_factor)
    begun = begin(browser, SOUND["json lines"], kinds=DATA)
    assert begun.status_code == 201
    assert Upload.objects.get().kinds == []


def test_refused_upload_says_why():
    organiser = accounts.browser(accounts.person(Role.ORGANISER))
    begun = begin(organiser, PDF, kinds=DATA)
    answer = send(organiser, begun.json()["url"], PDF)
    assert (answer.status_code, answer.json()["code"]) == (422, "file_not_recognised")
    assert "JSONL" in answer.json()["message"]
