"""Two who merge at once."""

import pytest
from tests.factories import entries as factory
from tests.factories.parallel import together

from stocktaking.entries.models import Entry
from stocktaking.intake.operations import merge_pair
from stocktaking.kernel.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_entries_that_are_merged_both_ways_at_once_go_one_way() -> None:
    factory.framework()
    one, other = factory.entry(), factory.entry()
    stated = {"based_on": (1, 1), "chosen": {}, "by": None, "at": factory.AT}
    ways = [(one.pk, other.pk), (other.pk, one.pk)] * 2
    done = together(
        [lambda way=way: merge_pair(kept=way[0], merged=way[1], **stated) for way in ways]
    )
    assert sum(isinstance(one, Refused) for one in done) == 3
    assert Entry.objects.filter(merged_into=None, state="published").count() == 1
