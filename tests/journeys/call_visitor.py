"""Somebody without a script: follows links that are there, fills in fields that are there."""

from typing import Any
from xml.etree import ElementTree

from django.test import Client
from tests.factories.pages import Fields, Page, values_of

Element = ElementTree.Element


class Visitor:
    """One browser; ``page`` is what it shows."""

    page: Page
    address = ""  # of the page, with its query

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()

    def open(self, address: str) -> Page:
        """Type an address, or come from a mail."""
        response = self.client.get(address, follow=True)
        return self._show(response, address)

    def follow(self, words: str = "", *, to: str = "") -> Page:
        """Click the first link of these words, or to an address with ``to``: in the main part
        where it has one."""
        for link in [*self.page.tree.findall(".//main//a"), *self.page.tree.iter("a")]:
            href = link.get("href", "")
            if (said(link) == words or not words) and to in href:
                return self.open(href)
        raise AssertionError(f"{self.page.path}: no link {words or to}: {self.page.text}")

    def press(self, words: str = "", fields: Fields | None = None, *, act: str = "") -> Page:
        """Press the first button of these words, or of this value, whose form has the fields.

        Without words the button is found in every language of the page.
        """
        form, button = self._button(words, act, set(fields or ()))
        controls = self._controls(form)
        sent: Fields = {}
        for control in controls:
            if values := values_of(control):
                sent.setdefault(control.get("name", ""), []).extend(values)
        for name, values in (fields or {}).items():
            sent[name] = [self._allowed(controls, name, value) for value in values]
        if button.get("name"):
            sent[button.get("name", "")] = [button.get("value", "")]
        address = (form.get("action") or self.address).split("#")[0]
        call = self.client.post if form.get("method", "get").lower() == "post" else self.client.get
        return self._show(call(address, sent, follow=True), address)

    def reads(self, *words: str) -> None:
        """The page says this."""
        for one in words:
            assert one in self.page.text, f"{self.page.path} ({self.page.status}): {self.page.text}"

    def _show(self, response: Any, address: str) -> Page:
        end = response.redirect_chain[-1][0] if response.redirect_chain else address
        assert response.status_code in (200, 409, 422), f"{end}: {response.status_code}"
        self.page = Page(self.client, response, end.split("?")[0].split("#")[0])
        self.address = end
        return self.page

    def _button(self, words: str, act: str, wanted: set[str]) -> tuple[Element, Element]:
        for form in self.page.tree.findall(".//main//form"):
            if not wanted <= {one.get("name") for one in self._controls(form)}:
                continue
            for button in self._parts(form):
                fits = said(button) == words if words else button.get("value", "") == act
                if button.tag == "button" and fits and button.get("disabled") is None:
                    return form, button
        raise AssertionError(f"{self.page.path}: no button {words or act}: {self.page.text}")

    def _parts(self, form: Element) -> list[Element]:
        """All inside a form, and what belongs to it from elsewhere by its name."""
        name = form.get("id")
        beyond = [one for one in self.page.tree.iter() if name and one.get("form") == name]
        return [*(one for one in form.iter() if one.get("form") in (None, name)), *beyond]

    def _controls(self, form: Element) -> list[Element]:
        usual = ("input", "select", "textarea")
        return [one for one in self._parts(form) if one.tag in usual and one.get("name")]

    def _allowed(self, controls: list[Element], name: str, value: str) -> str:
        """What somebody can enter in the field of this name: text, or one of what is offered."""
        found = [one for one in controls if one.get("name") == name]
        assert found, f"{self.page.path}: no field {name}: {[one.get('name') for one in controls]}"
        if found[0].tag == "select":
            offered = {said(one): one.get("value", "") for one in found[0].iter("option")}
            assert value in offered, f"{name}: {list(offered)}"
            return offered[value]
        if found[0].get("type") in ("radio", "checkbox"):
            offered = {one.get("value", "on"): "" for one in found}
            assert value in offered, f"{name}: {list(offered)}"
        return value


def said(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
