"""The operator's own words."""

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.reference.rules.wording import clean, fault, stamp

texts = st.dictionaries(st.sampled_from(["ar", "en", "zh"]), st.text(max_size=20))


@given(texts)
def test_cleaning_twice_is_cleaning_once(given_texts: dict[str, str]) -> None:
    once = clean(given_texts)
    assert clean(once) == once
    assert all(text == text.strip() and text for text in once.values())


@given(texts)
def test_stamp_does_not_depend_on_the_order(given_texts: dict[str, str]) -> None:
    backwards = dict(reversed(given_texts.items()))
    assert stamp({"title": given_texts}) == stamp({"title": backwards})
    assert stamp({"title": {**given_texts, "fr": "x"}}) != stamp({"title": given_texts})


def test_faults_are_named_with_their_language() -> None:
    assert fault({"en": "fine"}, most=4) is None
    assert fault({"en": "ok", "fr": "trop"}, most=3) == ("fr", "text_too_long")
    assert fault({"en": "a\x00"}, most=9) == ("en", "text_unclean")
    assert fault({"English": "a"}, most=9) == ("English", "language_unknown")
