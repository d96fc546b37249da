"""A question as it is kept: its parameters in canonical order, and the name it goes by."""

from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from stocktaking.search.rules.parameters import Asked, Vocabulary, default_sort, parse, tidy

NAME_MAX = 200


def kept_form(asked: Asked) -> str:
    """What is kept of a question: what it asks, and not how its answer is shown."""
    query = replace(asked.query, page=1, sort=default_sort(asked.query.text))
    return urlencode(Asked(query).pairs())


def asked_again(kept: str, vocabulary: Vocabulary) -> Asked:
    """The question. ``ignored`` names what the register does not know any more: without it the
    question would be another, wider one."""
    return parse(parse_qsl(kept), vocabulary)


def organisations_in(kept: str) -> list[str]:
    """The numbers of organisations that a question names."""
    return [value for name, value in parse_qsl(kept) if name == "organisation"]


def key_of_search(kept: str) -> str:
    """What tells one search of a person from another."""
    return f"search:{sha256(kept.encode()).hexdigest()}"


def key_of_entry(number: int) -> str:
    return f"entry:{number}"


def tidy_name(typed: str) -> str:
    return tidy(typed)[:NAME_MAX].rstrip()
