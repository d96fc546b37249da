"""Records of our own exports, before it is known which entry they are about."""

import pytest

from stocktaking.entries.rules.edit_table import InUse, columns
from stocktaking.entries.rules.values import PartnerValue, TermValue
from stocktaking.entries.states import Basis, PartnerRole
from stocktaking.intake.rules.profiles import documents
from stocktaking.intake.rules.profiles.framework import Framework, Scheme, Term
from stocktaking.intake.rules.profiles.mapped import Body, Mapped
from stocktaking.intake.rules.profiles.mapping import Mapper
from stocktaking.intake.rules.profiles.reach import Reach, recognise, unread
from stocktaking.intake.rules.profiles.shipped import shipped
from stocktaking.kernel.reading import FileKind, Head, Note, Record

PROFILE = shipped()["register"]
FRAMEWORK = Framework.of(
    [
        Scheme("goal", (Term("3", ("Good health",)), Term("5", ("Equality",)))),
        Scheme("country", (Term("KE", ("Kenya",)), Term("CD", ("Congo",)), Term("CG", ("Congo",)))),
    ]
)
ROW = {
    "number": "12",
    "version": "3",
    "key": "abcdefgh",
    "register": "a.example",
    "original_language": "fr",
    "title.en": "Mast",
    "title.fr": "Mât",
    "terms.goal": "3",
    "organisation_number": "7",
    "organisation": "Ministry",
    "organisation_country": "KE",
    "partners": "ITU | funder | 9\nA village",
    "organisations": "9 | Union | | KE",
}
DOCUMENT = {
    "number": 12,
    "version": 3,
    "key": "abcdefgh",
    "register": "a.example",
    "slug": "mast",
    "original_language": "en",
    "texts": [{"language": "en", "title": "Mast", "origin": "author"}],
    "terms": [{"scheme": "goal", "code": "3", "basis": "owner"}],
    "organisation": {"number": 7, "name": "Ministry", "type": None, "country": "KE"},
    "registered_on": "2026-03-02",
    "published_at": "2026-03-02T09:00:00Z",
}


def mapped(data, notes=(), profile=PROFILE) -> Mapped:
    return Mapper(profile, FRAMEWORK).map(Record(2, data, notes))


def test_the_profile_is_written_as_it_is_read():
    assert documents.parse(documents.write(PROFILE)) == PROFILE
    assert PROFILE.is_own
    assert not any(one.is_own for slug, one in shipped().items() if slug != "register")


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (FileKind.XLSX, [place.name for place in columns(InUse(["en"], [], ["goal"]))]),
        (FileKind.JSONL, [*DOCUMENT, "texts.language", "texts.title", "organisation.name"]),
    ],
)
def test_files_of_ours_are_recognised_and_read_whole(kind, names):
    head = Head(kind, "utf-8", tuple(names), {})
    assert recognise(head, shipped().values()) == PROFILE
    assert unread(PROFILE, names) == []


def test_columns_of_others_are_told():
    assert unread(PROFILE, ["number", "My remark", "title.fr", "status"]) == ["My remark", "status"]
    assert Reach(PROFILE).unread_of({"number": 1, "remark": "x", "texts": []}) == ["remark"]


def test_a_row_names_its_entry_and_what_it_states():
    found = mapped(ROW)
    assert found.faults == ()
    assert found.own.number == 12
    assert (found.own.version, found.own.key) == (3, "abcdefgh")
    assert (found.identity, found.title) == ("a.example/12", "Mât")
    assert {"texts.en.title", "terms.goal", "partners"} <= found.stated
    assert "texts.en.summary" not in found.stated
    assert found.owner == Body("Ministry", "KE")
    assert found.partners == (Body("Union", "KE", role="funder"), None)
    assert found.values.partners == (
        PartnerValue("ITU", PartnerRole.FUNDER),
        PartnerValue("A village"),
    )
    assert found.values.organisation is None  # a number of another register, perhaps
    assert found.column_of("texts.en.summary") == "title.en"
    assert found.column_of("terms.goal.3.note") == "terms.goal"
    assert found.column_of("organisation") == "organisation_number"


def test_partners_of_another_register_are_found_by_their_names():
    partners = [{"name": "ITU", "organisation": 9}, {"name": "FAO", "organisation": 8}]
    union = {"number": 9, "name": "Union", "type": None, "country": "KE", "stated": True}
    found = mapped(DOCUMENT | {"partners": partners, "organisations": [union]})
    assert found.partners == (Body("Union", "KE", role="partner"), Body("FAO", role="partner"))
    nobody = DOCUMENT["organisation"] | {"stated": False}
    assert mapped(DOCUMENT | {"organisation": nobody}).owner is None


def test_a_document_states_whole_parts():
    found = mapped(DOCUMENT)
    assert found.faults == ()
    assert (found.identity, found.title, found.own.version) == ("a.example/12", "Mast", 3)
    assert {"texts", "terms", "organisation", "registered_on"} <= found.stated
    assert found.values.terms == (TermValue("goal", "3", Basis.OWNER),)
    assert found.owner == Body("Ministry", "KE")
    assert found.column_of("texts.en.title") == "texts"


def test_a_row_without_number_is_a_new_entry_of_this_register():
    data = {"number": "", "title.en": "New", "original_language": "en", "organisation_number": "7"}
    found = mapped(data)
    assert (found.identity, found.owner, found.values.organisation) == ("", None, 7)
    found = mapped(data | {"organisation_number": "", "organisation": "Ministry"})
    assert (found.owner, found.values.organisation) == (Body("Ministry"), None)


def test_terms_may_be_named_by_their_titles_and_are_never_guessed():
    found = mapped({"terms.goal": "good HEALTH; 5", "terms.country": "ke", "terms.goal.basis": ""})
    assert [term.code for term in found.values.terms] == ["3", "5", "KE"]
    found = mapped({"terms.goal": "Health; 3", "terms.country": "Congo"})
    assert found.values is None
    assert found.unknown == (("goal", "Health"), ("country", "Congo"))
    assert found.faults == (
        Note("term_unknown", "terms.goal", {"value": "Health", "scheme": "goal"}),
        Note("term_unknown", "terms.country", {"value": "Congo", "scheme": "country"}),
    )


def test_basis_and_note_follow_the_code_that_a_title_means():
    found = mapped(
        {
            "terms.goal": "Good health",
            "terms.goal.basis": "owner | Good health",
            "terms.goal.note.en": "good health | Clinics",
        }
    )
    assert found.values.terms == (TermValue("goal", "3", Basis.OWNER, "Clinics", "en"),)


def test_cells_that_count_as_empty_elsewhere_refuse_the_row_here():
    note = Note("cell_error", "start", {"text": "#REF!"})
    found = mapped(ROW, (note, Note("markup_found", "title.en", {})))
    assert found.values is None
    assert found.faults == (note,)
    assert [one.code for one in found.notes] == ["markup_found"]


@pytest.mark.parametrize(
    ("data", "column"),
    [
        ({"number": "x"}, "number"),
        ({"number": "1", "worldwide": "maybe"}, "worldwide"),
        ({"number": 1.5}, "number"),
        ({"number": True}, "number"),
        ({"number": 1, "texts": [{"language": "en", "title": 5}]}, "texts"),
        ({"number": 1, "texts": {"en": "Mast"}}, "texts"),
        ({"number": 1, "terms": [{"scheme": "goal", "code": "3", "basis": "me"}]}, "terms"),
        ({"number": 1, "images": [{"alt": "x"}]}, "images"),
        ({"number": 1, "images": [{"file": None, "alt": "x"}]}, "images"),
        ({"number": 1, "partners": [{"name": "x", "organisation": "7"}]}, "partners"),
        ({"number": 1, "organisation": "Ministry"}, "organisation"),
        ({"number": 1, "organisation": {"name": ["x"]}}, "organisation"),
        ({"number": 1, "organisations": [7]}, "organisations"),
        ({"number": "1", "organisations": "x | Union"}, "organisations"),
        ({"number": 1, "collections": [1]}, "collections"),
        ({"number": 1, "registered_on": "soon"}, "registered_on"),
        ({"number": 1, "worldwide": "true"}, "worldwide"),
        ({"number": 1, "extra": []}, "extra"),
        ({"number": 1, "website": {}}, "website"),
    ],
)
def test_what_has_another_shape_is_refused_by_its_column(data, column):
    found = mapped(data)
    assert found.values is None
    assert [fault.column for fault in found.faults] == [column]
