"""``stocktaking search`` on the command line."""

import json

import pytest
from click.testing import CliRunner, Result
from tests.factories.reference import load

from stocktaking.console.nouns.search import group
from stocktaking.search import queries
from stocktaking.search.rules.values import Query


def run(*arguments: str) -> Result:
    return CliRunner().invoke(group, arguments, catch_exceptions=False)


@pytest.mark.django_db
def test_query_of_an_empty_register_answers() -> None:
    given = json.loads(run("query", "anything", "--facets", "--json").stdout)

    assert (given["total"], given["items"], given["problems"]) == (0, [], [])
    assert given["facets"]["region"] == {}


@pytest.mark.django_db
def test_query_names_problems() -> None:
    given = run("query", '"open')

    assert given.exit_code == 0
    assert "quotation mark" in given.stderr
    assert given.stdout.splitlines()[-1] == "found 0"


@pytest.mark.django_db
def test_filter_of_a_wrong_form_is_refused() -> None:
    given = run("query", "--filter", "sdg")

    assert given.exit_code == 2
    assert "facet=value" in given.stderr


@pytest.mark.django_db
def test_filter_of_an_unknown_facet_is_refused() -> None:
    given = run("query", "--filter", "colour=red")

    assert given.exit_code == 2
    assert "'colour' is not a facet" in given.stderr


@pytest.mark.django_db
def test_filter_of_an_unknown_value_names_some() -> None:
    load()
    given = run("query", "--filter", "from-region=africa")

    assert given.exit_code == 2
    assert "'africa' is not a value of 'from-region' (AFR, " in given.stderr


@pytest.mark.django_db
def test_filter_takes_a_code_in_any_case() -> None:
    load()
    assert run("query", "--filter", "from-region=afr").stdout.splitlines()[-1] == "found 0"


@pytest.mark.django_db
def test_rebuild_tells_what_it_indexed() -> None:
    assert run("rebuild").stdout.splitlines()[-1] == "indexed 0"
    assert queries.answer(Query()).problems == ()
