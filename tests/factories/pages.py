"""A page as a browser has it: its forms filled in and sent without any script."""

from typing import Any
from xml.etree import ElementTree

import html5lib
from django.http import HttpResponse
from django.test import Client

Fields = dict[str, list[Any]]


class Page:
    """The answer to a request, looked at; ``send`` submits the form that a button is in."""

    def __init__(self, client: Client, response: HttpResponse, path: str) -> None:
        self.client, self.response, self.path = client, response, path
        self.status = response.status_code
        self.html = response.content.decode()
        self.tree = html5lib.parse(self.html, namespaceHTMLElements=False)

    @property
    def text(self) -> str:
        """The words of the main part, single spaces between them."""
        main = self.tree.find(".//main")
        return " ".join("".join(main.itertext()).split())

    def ids(self) -> set[str]:
        return {found.get("id") for found in self.tree.iter() if found.get("id")}

    def links(self) -> list[str]:
        return [a.get("href", "") for a in self.tree.findall(".//main//a")]

    def form(self, **having: str) -> "Form":
        """The form in ``main`` that has a button or field with these attributes."""
        for form in self.tree.findall(".//main//form"):
            for control in form.iter():
                if all(control.get(name) == value for name, value in having.items()):
                    return Form(self, form)
        raise AssertionError(f"no form with {having}")


class Form:
    """Fields as they are sent: ticked boxes, chosen options, texts."""

    def __init__(self, page: Page, form: ElementTree.Element) -> None:
        self.page = page
        self.action = (form.get("action") or page.path).split("#")[0]
        self.method = form.get("method", "get")
        self.fields: Fields = {}
        for control in form.iter():
            name = control.get("name")
            if name and (values := values_of(control)):
                self.fields.setdefault(name, []).extend(values)

    def __setitem__(self, name: str, value: Any) -> None:
        self.fields[name] = list(value) if isinstance(value, list | tuple) else [value]

    def __getitem__(self, name: str) -> Any:
        return self.fields[name][0]

    def tick(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)

    def untick(self, name: str, value: str) -> None:
        self.fields[name].remove(value)

    def send(self, **pressed: str) -> Page:
        """Press a button (its name and value) and follow where the answer leads."""
        fields = {**self.fields, **{name: [value] for name, value in pressed.items()}}
        call = self.page.client.post if self.method == "post" else self.page.client.get
        response = call(self.action, fields, follow=True)
        end = response.redirect_chain[-1][0] if response.redirect_chain else self.action
        return Page(self.page.client, response, end)


def visit(client: Client, path: str) -> Page:
    return Page(client, client.get(path), path.split("?")[0])


def values_of(control: ElementTree.Element) -> list[str]:
    kind = control.get("type", "text")
    if control.tag == "textarea":
        text = "".join(control.itertext())
        return [text]
    if control.tag == "select":
        options = control.findall(".//option")
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return [one.get("value", "") for one in chosen]
    if control.tag != "input" or kind in ("submit", "file", "button"):
        return []
    if kind in ("checkbox", "radio") and control.get("checked") is None:
        return []
    return [control.get("value", "on" if kind == "checkbox" else "")]
