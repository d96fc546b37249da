"""Who is asked, and who may send how much."""

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.calls.rules import quota
from stocktaking.calls.rules.audience import Asker, Audience, GroupRule, refusal
from stocktaking.calls.rules.quota import Quota

codes = st.sampled_from(["", "KE", "FR", "SD"])
kinds = st.sampled_from(["", "government", "academia"])
some_kinds = st.frozensets(st.sampled_from(["government", "academia"]))
some_codes = st.frozensets(st.sampled_from(["KE", "FR", "SD"]))
audiences = st.builds(Audience, some_kinds, some_codes, st.booleans(), st.booleans())
askers = st.builds(Asker, kinds, codes, st.booleans(), st.booleans())


@given(audiences, askers)
def test_whoever_fits_every_condition_is_asked_and_nobody_else(audience, asker):
    fits = (
        (not audience.stakeholders or asker.stakeholder in audience.stakeholders)
        and (not audience.countries or asker.country in audience.countries)
        and (asker.invited or not audience.invited)
        and (asker.organisation or not audience.organisation)
    )
    assert (refusal(audience, asker) == "") is fits


def test_what_is_not_stated_is_said_as_such():
    asked = Audience(stakeholders=frozenset({"academia"}), countries=frozenset({"KE"}))
    assert refusal(asked, Asker(country="KE")) == "stakeholder_unknown"
    assert refusal(asked, Asker("government", "KE")) == "stakeholder_not_asked"
    assert refusal(asked, Asker("academia")) == "country_unknown"
    assert refusal(asked, Asker("academia", "FR")) == "country_not_asked"


@given(audiences)
def test_an_audience_survives_its_row(audience):
    assert Audience.from_json(audience.as_json()) == audience


def test_a_rule_that_says_nothing_finds_nobody():
    assert GroupRule().finds_nobody
    assert GroupRule.from_json({}).finds_nobody
    rule = GroupRule(countries=frozenset({"KE"}), owners=True)
    assert GroupRule.from_json(rule.as_json()) == rule
    assert not rule.finds_nobody


@given(
    st.none() | st.integers(1, 9), st.none() | st.integers(1, 9), st.integers(0, 9),
    st.integers(0, 9),
)  # fmt: skip
def test_one_more_is_refused_exactly_at_the_quota(person, organisation, of_person, of_body):
    code = quota.refusal(Quota(person, organisation), of_person, of_body)
    too_many = person is not None and of_person >= person
    too_many_there = organisation is not None and of_body >= organisation
    assert (code == "quota_of_person") is too_many
    assert bool(code) is (too_many or too_many_there)
    assert Quota(person, organisation).limits is not (person is None and organisation is None)
