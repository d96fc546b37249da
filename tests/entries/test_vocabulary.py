"""What may stand in the parameters of a list."""

import pytest
from tests.factories.accounts import organisation
from tests.factories.entries import AT

from stocktaking.entries.operations import create_collection
from stocktaking.entries.queries.vocabulary import vocabulary
from stocktaking.web.facets import Filters

pytestmark = pytest.mark.usefixtures("_framework")


def test_the_page_and_files_know_the_same_filters():
    assert set(vocabulary()) == set(Filters().resolves)


def test_values_are_answered_as_the_index_has_them():
    create_collection(slug="health", title={"en": "Health"}, by=None, at=AT)
    made = organisation("Ministry")
    known = vocabulary([f"00{made.number}", "x", "9" * 30])
    for name, value, expected in (
        ("goal", "3", "3"),
        ("goal", "9", None),
        ("line", "L3", None),  # a heading
        ("from-country", "KE", "KE"),
        ("language", "FR", "fr"),
        ("language", "sw", "sw"),
        ("language", "xx", None),
        ("collection", "health", "health"),
        ("collection", "none", None),
        ("organisation", f"00{made.number}", str(made.number)),
        ("organisation", "9" * 30, None),
        ("organisation", "x", None),
    ):
        assert known[name](value) == expected, (name, value)
