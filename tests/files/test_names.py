"""Names of files as people sent them."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.files.rules.names import NAME_MAX, clean_name


@given(st.text(max_size=600))
def test_clean_name_is_harmless_and_never_empty(sent):
    name = clean_name(sent)
    assert 0 < len(name) <= NAME_MAX
    assert not set(name) & {"/", "\\"}
    assert not any(unicodedata.category(c)[0] == "C" for c in name)
    assert name not in {".", ".."}
    assert clean_name(name) == name


def test_clean_name_keeps_what_people_call_it():
    assert clean_name("C:\\Users\\ada\\Фото школы.jpg") == "Фото школы.jpg"
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("x\u202egpj.exe") == "xgpj.exe"
    assert clean_name("...") == "image"
    assert clean_name("a" * 400 + ".jpeg").endswith("a.jpeg")
