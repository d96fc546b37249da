"""Every code that can be told has a sentence, and its parameters fit."""

import re
from pathlib import Path

import pytest
from tests.factories import reference as make
from tests.intake.imports.frameworks import wsis
from tests.intake.imports.mapped import HEAD, mapped

from stocktaking import intake, kernel
from stocktaking.entries.operations.refusals import MESSAGES as OF_ENTRIES
from stocktaking.intake.operations.imports import words
from stocktaking.intake.operations.imports.words import told, told_of_profile
from stocktaking.intake.operations.imports.words_of_files import OF_FILES
from stocktaking.intake.operations.imports.words_of_profiles import OF_PROFILES
from stocktaking.intake.rules.profiles.documents import parse
from stocktaking.intake.rules.profiles.faults import ProfileBroken, ProfileFault
from stocktaking.kernel.reading import Note

PROFILES = Path(intake.__file__).parent / "rules" / "profiles"
READING = Path(kernel.__file__).parent / "reading"
OF_RULES = ("stated.py", "checking.py", "documents.py", "faults.py")
# draft.note("code", draft.faulty(then, part, "code", NoDateError("code", Note("code"
ROW_CODES = re.compile(
    r'(?:\.(?:note|fault)\(\s*|(?:Error|Note)\(\s*|faulty\([^"]*"(?:links|end)", )"([a-z_]+)"'
)
PROFILE_CODES = re.compile(r'(?:ProfileFault|self\.fault|_expected)\([^"]*"([a-z_]+)"')
PLACEHOLDER = re.compile(r"%\(([a-z]+)\)s")


@pytest.fixture
def _no_framework(monkeypatch):
    """Schemes go by their names."""
    monkeypatch.setattr(words, "catalogue", lambda: Nothing())


class Nothing:
    def scheme(self, slug):
        return None


def codes(folder, expression, names=None, without=()):
    found = set()
    for path in folder.glob("*.py"):
        if path.name not in without and (names is None or path.name in names):
            found |= set(expression.findall(path.read_text("utf-8")))
    return found


def test_every_code_of_mapping_has_a_sentence():
    found = codes(PROFILES, ROW_CODES, without=("register.py", *OF_RULES))
    assert len(found) > 25
    assert found <= set(words.OF_ROWS)


def test_every_code_of_profiles_has_a_sentence():
    found = codes(PROFILES, PROFILE_CODES, names=OF_RULES)
    assert len(found) > 25
    assert found - {"line"} <= set(OF_PROFILES)


def test_every_code_of_reading_has_a_sentence_with_its_parameters():
    text = (READING / "records.py").read_text("utf-8")
    listed = re.findall(r"^- ``([a-z_]+)``(?: column)?(?: \{([a-z, ]+)\})?", text, re.MULTILINE)
    assert len(listed) > 20
    for code, params in listed:
        assert code in OF_FILES, code
        placeholders = set(PLACEHOLDER.findall(str(OF_FILES[code])))
        assert placeholders <= set(filter(None, params.split(", "))), code
    assert codes(READING, ROW_CODES) <= set(OF_FILES)


@pytest.mark.usefixtures("_no_framework")
def test_a_sentence_names_what_is_wrong():
    found = mapped('[[terms]]\nscheme = "country"\ncolumns = "a"', {"a": "Atlantis"})
    assert told(found.notes[0]) == "“Atlantis” is no term of country."
    order = Note("date_order", "a", {"value": "13/02/2015", "order": "mdy"})
    assert told(order) == "“13/02/2015” is no date in the order month, day, year."


@pytest.mark.usefixtures("_no_framework")
def test_rules_of_entries_share_codes_with_other_parameters():
    assert told(Note("date_malformed", "a", {"value": "x"})) == "“x” cannot be read as a date."
    assert told(Note("date_malformed", "a")) == str(OF_ENTRIES["date_malformed"])
    assert told(Note("term_unknown", "a", {"term": "X"})) == "There is no term with the code X."
    assert told(Note("entry_withdrawn")) == str(OF_ENTRIES["entry_withdrawn"])


def test_a_code_of_another_release_is_told_as_it_is():
    assert told(Note("colour_unknown", "a", {"value": "beige"})) == "colour_unknown beige"
    assert told(Note("text_cut", "a", {"value": "beige"})) == "text_cut beige"


def test_faults_of_a_profile_with_their_places_and_the_nearest_word():
    text = f'{HEAD}\n[[terms]]\nscheme = "sgd"\ncolum = "a"'
    with pytest.raises(ProfileBroken) as caught:
        parse(text, wsis())
    assert [told_of_profile(fault) for fault in caught.value.faults] == [
        "terms[1].colum: There is no key “colum”. Is “columns” meant?",
        "fields: No rule fills the title.",
        "terms[1]: The rule names no column and no value.",
        "terms[1].scheme: There is no scheme “sgd”. Is “sdg” meant?",
    ]
    assert told_of_profile(ProfileFault("not_toml", "line 3", {"reason": "x"})) == (
        "line 3: The file is no valid TOML: x."
    )


@pytest.mark.django_db
def test_schemes_are_told_by_their_titles():
    make.load()
    note = Note("term_unknown", "a", {"scheme": "sdg", "value": "X"})
    assert "Sustainable Development Goal" in told(note)
