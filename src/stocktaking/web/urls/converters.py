"""What may stand in an address of the register."""

from functools import cache

from django.urls import register_converter


class Number:
    """A public number; one too long for the database is no address at all."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Slug:
    """The words behind a number, in any script, or nothing; a wrong one is forwarded."""

    regex = "[^/]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Format(Slug):
    regex = "json|jsonld"


class ListFormat(Slug):
    regex = "csv|xlsx|jsonl|atom"


class CitationFormat(Slug):
    regex = r"bib|ris|csl\.json"


class TableFormat(Slug):
    regex = "csv|xlsx"


@cache
def register() -> None:
    """Make them known; every list of addresses that uses one asks for it."""
    register_converter(Number, "number")
    register_converter(Slug, "anyslug")
    register_converter(Format, "form")
    register_converter(ListFormat, "list_form")
    register_converter(CitationFormat, "cite_form")
    register_converter(TableFormat, "table_form")
