"""The small framework with all that trends ask for."""

import pytest
from tests.web.conftest import Register, register

from stocktaking.reference import queries as reference
from stocktaking.reference.models import Revision, Scheme, Term, TermMembership

__all__ = ["register"]

MORE = {
    "technology": ("ai", "web", "radio"),
    "target-group": ("youth", "poor"),
    "country-group": ("LDC", "SIDS"),
}


def widen() -> None:
    """Technologies, target groups and groups of countries; INT is where a ministry of all is."""
    terms = {}
    for order, (slug, codes) in enumerate(MORE.items(), start=20):
        scheme = Scheme.objects.create(
            slug=slug,
            title={"en": slug.title()},
            plural={"en": f"{slug.title()}s"},
            many=True,
            facet=True,
            order=order,
            direct=slug != "country-group",
        )
        for place, code in enumerate(codes):
            terms[code] = Term.objects.create(
                scheme=scheme, code=code, order=place, title={"en": code.upper()}
            )
    country = {one.code: one for one in Term.objects.filter(scheme__slug="country")}
    for group, members in {"LDC": ("KE", "SD"), "SIDS": ("FR",)}.items():
        for member in members:
            TermMembership.objects.create(group=terms[group], member=country[member])
    region = Scheme.objects.get(slug="region")
    Term.objects.create(scheme=region, code="INT", order=9, title={"en": "region INT"})
    Term.objects.filter(code="academia").update(facts={"from_region": "INT"})
    Revision.objects.update(number=3)
    reference.forget()


@pytest.fixture
def wide(register: Register) -> Register:
    widen()
    return register
