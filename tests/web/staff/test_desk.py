from tests.factories import accounts
from tests.factories.pages import visit

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.operations import create_entry
from stocktaking.entries.rules.values import EntryValues, TextValue
from stocktaking.jobs.operations import start_job
from stocktaking.web.desk import PROVIDERS


def test_desk_shows_what_waits_and_who_did_what(desk, register, administrator) -> None:
    values = EntryValues("en", (TextValue("en", "Waiting <b>network</b>"),))
    made = create_entry(values=values, by=administrator, at=accounts.AT)
    start_job(kind="search.rebuild", by=None, at=accounts.AT)
    page = desk()
    assert "Waiting <b>network</b>" in page.text
    assert ["Ada Administrator", "created", f"Entry {made.pk}"] in [
        ["".join(cell.itertext()) for cell in row][1:] for row in page.tree.findall(".//main//tr")
    ]
    assert "Build the index anew Waiting" in page.text


def test_menu_offers_what_the_person_may_open(register) -> None:
    moderator = visit(accounts.browser(accounts.person(Role.MODERATOR)), "/en/staff/")
    organiser = visit(accounts.browser(accounts.person(Role.ORGANISER)), "/en/staff/")
    assert "/en/staff/entries/" in moderator.links()
    assert "/en/staff/terms/" not in moderator.links()
    assert "/en/staff/terms/" in organiser.links()
    assert "/en/staff/people/" not in organiser.links()
    assert not [link for link in moderator.links() if "/staff/people/" in link]


def test_number_of_queries_is_the_same_for_one_and_three(statements, register) -> None:
    counts = []
    for number in (1, 3):
        while len(register.made) < number:
            register.add(publish=False, organisation=accounts.organisation().pk)
        counts.append(len(statements()))
    assert counts[0] == counts[1]
    # the desk itself, and what each area says is waiting: a provider may ask three times
    assert counts[0] <= 20 + 3 * len(PROVIDERS)
