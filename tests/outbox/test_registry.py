"""Kinds of mail: known once, and filled in every language."""

import pytest
from django.utils import translation
from tests.factories.mail import EXAMPLES

from stocktaking.kernel import languages
from stocktaking.outbox.operations import compose_example, faults_of
from stocktaking.outbox.registry import ACCOUNT, KINDS, MailKind, label_of, register
from stocktaking.outbox.states import Category


def kind(name: str) -> MailKind:
    return MailKind(name, Category.NEWS, "Label", "Subject", "Body {name}", EXAMPLES)


@pytest.mark.parametrize("name", ["test.news", ACCOUNT])
def test_name_is_given_once(name: str) -> None:
    with pytest.raises(ValueError, match="two kinds"):
        register(kind(name))


def test_link_is_known_by_its_example() -> None:
    assert kind("x").links == {"link"}


def test_kind_of_an_older_version_keeps_its_name() -> None:
    assert label_of("gone.away") == "gone.away"
    assert label_of("test.news") == "Test of news"
    assert str(label_of(ACCOUNT)) == "Signing in and security"


@pytest.mark.django_db
@pytest.mark.parametrize("language", languages.CODES)
def test_every_shipped_mail_is_whole_in_every_language(language: str) -> None:
    faults = {}
    for name, found in KINDS.items():
        with translation.override(languages.BY_CODE[language].django):
            broken = faults_of(found, str(found.subject), str(found.body))
        composed = compose_example(name, language)
        if broken or not composed.html or len(composed.html.encode()) > 16_000:
            faults[name] = [str(one) for one in broken]
    assert faults == {}
