"""An entry may name a picture that waits to be drawn, and shows it once it is."""

import pytest
from tests.factories import entries as factory
from tests.factories.documents import PDF
from tests.factories.files import AT, picture

from stocktaking.entries.queries.page import _images
from stocktaking.entries.rules.values import ImageValue
from stocktaking.files.operations import draw_pending, store_file
from stocktaking.kernel.errors import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    factory.framework()


def with_picture(data: bytes):
    stored = store_file(data=data, name="a", by=None, at=AT)
    return stored, factory.entry(images=(ImageValue(stored.pk, "A mast", "en"),))


def test_pending_picture_is_named_and_shown_when_it_is_drawn():
    stored, entry = with_picture(picture())
    assert _images(entry) == ()
    draw_pending(file_id=stored.pk, at=AT)
    assert len(_images(entry)) == 1


@pytest.mark.parametrize("data", [PDF, picture("PNG", (400, 300))[:300]], ids=["PDF", "broken"])
def test_what_is_no_picture_is_not_named(data):
    stored = store_file(data=data, name="a", by=None, at=AT)
    draw_pending(file_id=stored.pk, at=AT)
    with pytest.raises(RuleBroken):
        factory.entry(images=(ImageValue(stored.pk, "A mast", "en"),))
