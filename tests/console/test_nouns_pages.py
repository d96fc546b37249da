"""The site's texts on the command line."""

import pytest
from click.testing import CliRunner

from stocktaking.console.main import cli
from stocktaking.pages.models import Page


@pytest.mark.django_db
def test_texts_are_loaded_once() -> None:
    first = CliRunner().invoke(cli, ["pages", "load"])
    number = Page.objects.count()
    assert first.exit_code == 0
    assert number > 0
    assert first.output.startswith("created ")
    second = CliRunner().invoke(cli, ["pages", "load"])
    assert second.output.startswith("created 0, updated 0, unchanged ")
    assert Page.objects.count() == number
