"""An entry from the first word to the tombstone, as a moderator makes it."""

from tests.factories import accounts
from tests.factories.pages import visit

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries.models import Entry
from stocktaking.kernel import clock
from stocktaking.search import operations as search

pytest_plugins = ["tests.web.conftest"]


def test_moderator_registers_publishes_corrects_and_withdraws(register, client) -> None:
    moderator = accounts.browser(accounts.person(Role.MODERATOR))
    form = visit(moderator, "/en/staff/entries/new/").form(name="idempotency_key")
    form["texts-0-title"] = "Clinics on the net"
    form["new_organisation"], form["new_organisation_country"] = "Ministry of Health", "KE"
    form = form.send(act="create_organisation").form(name="idempotency_key")
    form.tick("terms-goal", "3")
    form["note-goal-3"] = "Nurses ask doctors."
    form["country_name"] = "KE"
    form = form.send(act="add_country").form(name="idempotency_key")
    draft = form.send(act="save")
    entry = Entry.objects.get()
    public = f"/en/entries/{entry.pk}-{entry.slug}/"
    assert client.get(public).status_code == 404

    draft.form(name="based_on").send(act="publish")
    search.catch_up()
    page = client.get(public).content.decode()
    assert "Clinics on the net" in page
    assert "Nurses ask doctors." in page
    assert "Ministry of Health" in page
    assert "Clinics on the net" in client.get("/en/entries/?q=clinics").content.decode()

    form = visit(moderator, f"/en/staff/entries/{entry.pk}/").form(name="based_on")
    form["texts-0-title"] = "Clinics on the network"
    form.send(act="save")
    entry.refresh_from_db()
    assert "Clinics on the network" in (
        client.get(f"/en/entries/{entry.pk}-{entry.slug}/").content.decode()
    )

    form = visit(moderator, f"/en/staff/entries/{entry.pk}/withdraw/").form(name="reason")
    form["reason"] = "Registered twice"
    form.send()
    search.catch_up()
    tombstone = client.get(f"/en/entries/{entry.pk}-{entry.slug}/")
    assert tombstone.status_code == 410
    assert "Registered twice" in tombstone.content.decode()
    assert "Clinics" not in client.get("/en/entries/?q=clinics").content.decode().partition(
        "<main"
    )[2].replace("clinics", "")
    assert entry.changed_at <= clock.now()
