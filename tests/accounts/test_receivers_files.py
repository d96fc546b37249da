"""Files that a person sent are exported, handed over and forgotten with the account."""

import pytest
from tests.factories import accounts
from tests.factories.documents import PDF
from tests.factories.files import AT

from stocktaking.accounts.operations import erase_person, export_person
from stocktaking.accounts.signals import people_merged
from stocktaking.files.models import Sending, StoredFile
from stocktaking.files.operations import store_file
from stocktaking.files.queries import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return accounts.person()


@pytest.fixture
def plan(ada) -> StoredFile:
    return store_file(data=PDF, name="plan of Ada.pdf", by=ada, at=AT)


def test_files_are_part_of_the_export(ada, plan):
    exported = export_person(person=ada, by=ada, at=AT)
    assert [one["name"] for one in exported["files"]] == ["plan of Ada.pdf"]


def test_erased_person_is_forgotten_as_a_sender(ada, plan):
    erase_person(person=ada, by=ada, at=AT)
    plan.refresh_from_db()
    assert (plan.name, plan.by_id) == ("file", None)
    assert not Sending.objects.exists()


def test_merged_account_hands_its_files_over(ada, plan):
    kept = accounts.person()
    people_merged.send(sender=type(ada), kept=kept, merged=ada, by=None, at=AT)
    assert sent_by(kept.pk, [plan.pk]) == {plan.pk: "plan of Ada.pdf"}
