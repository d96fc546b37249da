"""Lookups: they find what Django's own find."""

import pytest
from django.db.models import F
from tests.factories.accounts import organisation

from stocktaking.accounts.models import Organisation
from stocktaking.kernel.lookups import Among


@pytest.mark.django_db
def test_among_finds_what_in_finds():
    held = sorted(organisation().number for _ in range(5))
    for wanted in ([], held[:1], held[1:3], [held[4], held[0], -7, 10**9]):
        found = Organisation.objects.filter(Among(F("number"), wanted))
        assert set(found) == set(Organisation.objects.filter(number__in=wanted))
        assert found.count() == len(set(wanted) & set(held))


def test_among_takes_nothing_but_numbers():
    with pytest.raises(ValueError, match="invalid literal"):
        str(Organisation.objects.filter(Among(F("number"), ["1) OR (1=1"])).query)
