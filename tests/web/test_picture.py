"""Pictures of entries: renditions are served, originals and everything else are not."""

import io

import pytest
from django.conf import settings
from PIL import Image
from tests.factories import files

from stocktaking.files.operations.keeping import original_path
from stocktaking.files.queries import renditions


@pytest.mark.django_db
def test_rendition_is_served_as_webp_for_ever(client):
    stored = files.stored(size=(800, 600))
    for view in renditions([stored.pk])[stored.pk]:
        answer = client.get(view.url)
        body = b"".join(answer.streaming_content)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert "immutable" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert len(body) == view.size
        assert Image.open(io.BytesIO(body)).width == view.width


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "images/",
        "images/../../keys/secret",
        "images/%2e%2e/%2e%2e/stocktaking.sqlite3",
        f"images/00/{'0' * 64}-480.webp",
        f"images/00/{'0' * 64}.webp",
    ],
)
def test_nothing_else_of_the_folder_has_an_address(client, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.django_db
def test_original_has_no_address(client):
    stored = files.stored()
    kept = original_path(stored.sha256)
    assert kept.exists()
    assert settings.MEDIA_ROOT not in kept.parents
    assert client.get(f"/media/originals/{stored.sha256[:2]}/{stored.sha256}").status_code == 404
