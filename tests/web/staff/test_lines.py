"""The page on which facilitators suggest entries for their lines."""

import pytest
from tests.factories import accounts
from tests.factories.pages import visit

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.operations import revise_entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.states import Basis
from stocktaking.intake.models import Suggestion
from stocktaking.intake.rules.places import with_term

HERE = "/en/staff/lines/"


@pytest.fixture
def number(register):
    made = register.add("Village network")
    register.index()
    return made.pk


@pytest.fixture
def facilitator(number):
    accounts.usual_scope(Role.FACILITATOR)  # makes the grid whose rows are the lines
    person = accounts.person(Role.FACILITATOR, name="Fay Facilitator", scope=("line", "L2"))
    return accounts.browser(person)


def filled(browser, number):
    form = visit(browser, HERE).form(name="number")
    form["number"], form["line"], form["remark"] = str(number), "line:L2", "It trains <teachers>."
    return form


def test_facilitator_suggests_once_and_staff_read_it(facilitator, number, desk):
    form = filled(facilitator, number)
    first, second = form.send(), form.send()
    assert first.path == second.path == HERE
    assert "Your suggestion has arrived" in first.text
    assert "Village network" in visit(facilitator, HERE).text
    made = Suggestion.objects.get()
    page = desk(f"suggestions/{made.pk}/")
    assert "Fay Facilitator" in page.text
    assert "<ins>L2 " in page.html
    assert "It trains &lt;teachers&gt;." in page.html
    # a line is no text that could be put into the entry as it is
    assert "Take these words over" not in page.text
    assert "lost this part" not in page.text
    page.form(name="answer").send(act="done")
    assert "Taken over" in visit(facilitator, HERE).text


@pytest.mark.parametrize(
    ("name", "value"), [("number", "999"), ("number", "x"), ("line", "line:L3"), ("remark", "")]
)
def test_refusal_stands_at_its_field_and_keeps_the_words(facilitator, number, name, value):
    form = filled(facilitator, number)
    form[name] = value
    answer = form.send()
    assert answer.status == 422
    assert f"id_{name}_error" in answer.ids()
    assert not Suggestion.objects.exists()


@pytest.mark.usefixtures("facilitator")
def test_line_that_the_entry_carries_is_refused(number, browser):
    form = filled(browser, number)
    form["line"] = "line:L1"
    answer = form.send()
    assert answer.status == 422
    assert "This is what stands there already." in answer.text
    assert answer.form(name="number")["remark"] == "It trains <teachers>."


def test_menu_leads_there(facilitator, browser):
    for one in (facilitator, browser):
        assert HERE in visit(one, HERE).links()


def test_moderator_has_no_lines(number):
    assert accounts.browser(accounts.person(Role.MODERATOR)).get(HERE).status_code == 403


def test_moderator_adds_the_line_with_one_button(facilitator, number, desk):
    filled(facilitator, number).send()
    made = Suggestion.objects.get()
    form = desk(f"suggestions/{made.pk}/").form(name="answer")
    assert form["basis"] == "suggested"  # no owner has agreed
    form["basis"], form["answer"] = "editor", "Thank you."
    done = form.send(act="add")
    assert done.path == "/en/staff/suggestions/"
    assert "Added: the entry has the line now." in done.text
    carried = [(t.code, t.basis.value) for t in values_of(number).terms if t.scheme == "line"]
    assert carried == [("L1", "suggested"), ("L2", "editor")]
    again = form.send(act="add")
    assert again.status in (409, 422)
    assert "Taken over" in again.text
    assert len(values_of(number).terms) == 4


def test_moderator_sees_that_the_entry_was_changed_meanwhile(facilitator, number, desk):
    filled(facilitator, number).send()
    made = Suggestion.objects.get()
    form = desk(f"suggestions/{made.pk}/").form(name="answer")
    form["answer"] = "My words"
    now = values_of(number)
    stated = {"number": number, "by": None, "at": accounts.AT}
    revise_entry(values=with_term(now, "line", "L2", Basis.SUGGESTED), based_on=1, **stated)
    page = form.send(act="add")
    assert page.status == 409
    assert "The entry has this line already, confirmed by nobody." in page.text
    assert page.form(name="answer")["answer"] == "My words"
    page.form(name="answer").send(act="add")
    assert Suggestion.objects.get().state == "taken"


@pytest.mark.parametrize("basis", ["owner", "", "x"])
def test_moderator_may_not_speak_for_the_owner(facilitator, number, desk, basis):
    filled(facilitator, number).send()
    form = desk(f"suggestions/{Suggestion.objects.get().pk}/").form(name="answer")
    form["basis"] = basis
    assert form.send(act="add").status == 422
    assert Suggestion.objects.get().state == "open"
