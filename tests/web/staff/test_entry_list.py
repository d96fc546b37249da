import pytest
from tests.factories import accounts, entries

from stocktaking.entries.operations import create_collection, withdraw_entry
from stocktaking.entries.rules.values import TextValue


@pytest.fixture
def three(register):
    owner = accounts.organisation("Ministère des Villages")
    draft = register.add("Draft of roads", publish=False)
    shown = register.add("Сеть деревень", original_language="ru", organisation=owner.pk)
    gone = register.add("Gone network")
    withdraw_entry(number=gone.pk, reason="Twice", by=None, at=entries.AT)
    return draft, shown, gone


def listed(page) -> list[str]:
    return ["".join(a.itertext()) for a in page.tree.findall(".//main//table//th//a")]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Draft of roads", "Сеть деревень", "Gone network"}),
        ("?state=unpublished", {"Draft of roads"}),
        ("?state=published", {"Сеть деревень"}),
        ("?state=withdrawn", {"Gone network"}),
        ("?state=nonsense", {"Draft of roads", "Сеть деревень", "Gone network"}),
        ("?q=ROADS", {"Draft of roads"}),
        ("?q=сеть", {"Сеть деревень"}),
        ("?q=villages", {"Сеть деревень"}),
        ("?language=ru", {"Сеть деревень"}),
        ("?q=nothing", set()),
        ("?page=99", set()),
        ("?page=-1&q=%00&state=%00", {"Draft of roads", "Сеть деревень", "Gone network"}),
    ],
)
def test_list_finds_by_state_words_and_language(desk, three, query, titles) -> None:
    page = desk(f"entries/{query}")
    assert page.status == 200
    assert set(listed(page)) == titles


def test_list_finds_by_number(desk, three) -> None:
    assert listed(desk(f"entries/?q={three[2].pk}")) == ["Gone network"]
    assert listed(desk("entries/?q=" + "9" * 40)) == []


def test_list_finds_by_collection_and_organisation(desk, three, register) -> None:
    create_collection(slug="health", title={"en": "Health"}, by=None, at=entries.AT)
    register.add("In collection", collections=("health",))
    owner = three[1].organisation_id
    assert listed(desk("entries/?collection=health")) == ["In collection"]
    assert listed(desk(f"entries/?organisation={owner}")) == ["Сеть деревень"]


def test_number_of_queries_is_the_same_for_one_and_three(statements, register) -> None:
    counts = []
    for number in (1, 3):
        while len(register.made) < number:
            register.add(
                organisation=accounts.organisation().pk,
                texts=(TextValue("en", f"Title {len(register.made)}"), TextValue("fr", "Titre")),
            )
        counts.append(len(statements("entries/")))
    assert counts[0] == counts[1]
    assert counts[0] <= 16
