"""Every string of the code stands, translated, in all six catalogues."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from scripts import messages
from tests.architecture.sources import PACKAGE

LANGUAGES = list(messages.PLURALS)


@pytest.fixture(scope="module")
def strings() -> dict[messages.Key, messages.Message]:
    return messages.strings()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(
    language: str, strings: dict[messages.Key, messages.Message]
) -> None:
    assert list(messages.problems(language, strings)) == []


def test_catalogues_are_those_of_the_interface() -> None:
    named = {code.replace("-hans", "_Hans") for code, _ in settings.LANGUAGES}
    assert named == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_compiled(language: str) -> None:
    po = messages.catalogue_path(language)
    assert po.with_suffix(".mo").stat().st_mtime >= po.stat().st_mtime, "scripts/compile_messages"


def test_strings_are_marked_by_the_names_that_are_looked_for() -> None:
    """Under a name of its own a function marks nothing: its strings stay English unseen."""
    alias = re.compile(r"\b(?:np|n|p)?gettext\w* as (\w+)")
    found = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in PACKAGE.rglob("*.py")
        for name in alias.findall(path.read_text())
        if name not in messages.KEYWORDS
    }
    assert found == set()


TEMPLATE = """
{% load i18n %}
  <p title="{% translate "Home" %}">It's {% translate "May" context "month" %}</p>
    {% blocktranslate trimmed count n=total %}
      {{ n }} entry
    {% plural %}
      {{ n }} entries
    {% endblocktranslate %}
  {{ _("Inside a variable") }} (unbalanced
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(TEMPLATE)
    (tmp_path / "code.py").write_text('x = _("Give %(number)s of them")\n')
    return tmp_path


def test_strings_are_found_in_templates_and_code(source: Path) -> None:
    assert [(m.context, m.id, m.plural) for m in messages.strings(source).values()] == [
        (None, "Give %(number)s of them", None),
        (None, "Home", None),
        ("month", "May", None),
        (None, "%(n)s entry", "%(n)s entries"),
        (None, "Inside a variable", None),
    ]


def test_faults_of_a_catalogue_are_found(source: Path) -> None:
    strings = messages.strings(source)
    messages.update("fr", strings, source)
    assert len(list(messages.problems("fr", strings, source))) == len(strings)

    catalogue = messages.read("fr", source)
    for entry in catalogue:
        entry.msgstr = "Du texte" if not entry.msgid_plural else ""
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "une fiche", 1: "des fiches"}
    catalogue.save()
    assert list(messages.problems("fr", strings, source)) == [
        "fr: placeholders differ: 'Give %(number)s of them' / 'Du texte'",
        "fr: placeholders differ: '%(n)s entries' / 'des fiches'",
    ]


def test_update_keeps_translations_and_sets_unused_ones_aside(source: Path) -> None:
    messages.update("ru", messages.strings(source), source)
    catalogue = messages.read("ru", source)
    catalogue.find("Home").msgstr = "Начало"
    catalogue.find("Inside a variable").msgstr = "Внутри"
    catalogue.save()
    (source / "page.html").write_text(TEMPLATE.replace("Inside a variable", "Other"))
    messages.update("ru", messages.strings(source), source)
    after = {entry.msgid: entry for entry in messages.read("ru", source)}
    assert after["Home"].msgstr == "Начало"
    assert after["Inside a variable"].obsolete
    assert len(after["%(n)s entry"].msgstr_plural) == 4
    assert not after["Other"].translated()


def test_no_translation_is_marked_doubtful() -> None:
    for path in PACKAGE.glob("locale/*/LC_MESSAGES/django.po"):
        assert polib.pofile(str(path)).fuzzy_entries() == []
