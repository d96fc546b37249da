"""First bytes."""

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.files import picture

from stocktaking.files.rules.heads import IMAGE_TYPES, media_type


def test_media_type_is_read_from_the_first_bytes():
    found = [media_type(picture(form)) for form in ("JPEG", "PNG", "WEBP", "GIF")]
    assert tuple(found) == IMAGE_TYPES
    assert media_type(b"\xef\xbb\xbf<!DOCTYPE HTML>") == "text/html"
    assert media_type(b"<?xml version='1.0'?><rss/>") == "text/xml"


@given(st.binary(max_size=200))
def test_media_type_never_fails(data):
    assert isinstance(media_type(data), str)
