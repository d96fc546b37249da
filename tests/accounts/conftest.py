"""A small framework: two countries and two types of organisation."""

import pytest

from stocktaking.reference.models import Scheme, Term
from stocktaking.reference.queries import forget


@pytest.fixture
def terms(db) -> None:
    country = Scheme.objects.create(slug="country", title={"en": "Country"})
    kinds = Scheme.objects.create(slug="stakeholder", title={"en": "Type"})
    for scheme, code, title in (
        (country, "KE", "Kenya"),
        (country, "FJ", "Fiji"),
        (kinds, "government", "Government"),
        (kinds, "civil-society", "Civil society"),
    ):
        Term.objects.create(scheme=scheme, code=code, title={"en": title})
    forget()
