"""What of a file a profile reads, and which profile a file was made for."""

from tests.intake.imports.mapped import profile

from stocktaking.intake.rules.profiles.reach import Reach, recognise, unread
from stocktaking.intake.rules.profiles.shipped import shipped
from stocktaking.kernel.reading import FileKind, Head

RULES = """
[[fields]]
to = "extra:n"
columns = "sectors"
whole = true
when = { kind = "x" }

[[fields]]
to = "start"
columns = "date[@type=1]@iso"

[[terms]]
scheme = "sdg"
columns = "goals"
note = "notes.{value}"

[[organisations]]
each = "organisations[role=lead]"
name = "name"
identifiers = { x = "@ref" }
"""


def head(*columns, kind=FileKind.JSONL):
    return Head(kind, "utf-8", columns, {})


def test_columns_that_no_rule_reads():
    one = profile(RULES, head='ignored = ["raw", "Budget [USD]"]\n')
    columns = (
        "id", "title", "sectors.code", "kind", "date@type", "date@iso", "date@other", "goals",
        "notes.4", "organisations.role", "organisations.name", "organisations@ref",
        "organisations.phone", "raw", "raw.a.b", "Budget [USD]", "summary", "a[b=c",
    )  # fmt: skip
    assert unread(one, columns) == ["date@other", "organisations.phone", "summary", "a[b=c"]


def test_columns_of_one_record_that_no_rule_reads():
    one = profile(RULES, head='ignored = ["raw"]\n')
    data = {
        "id": 1,
        "title": {"#text": "T", "@lang": "fr"},
        "sectors": [{"code": 3}],
        "organisations": [{"role": "lead", "name": "A", "phone": "1"}, {"name": "B", "fax": ""}],
        "date": [{"@type": "1", "@iso": "2015", "@by.whom": "me"}],
        "raw": {"x": 1},
        "empty": [],
        "summary": "S",
        "notes": {"4": "n"},
    }
    assert Reach(one).unread_of(data) == [
        "organisations.phone", 'date."@by.whom"', "summary",
    ]  # fmt: skip


def test_a_file_is_recognised_by_its_columns():
    kinds = shipped().values()
    columns = ("id", "source", "source_id", "title", "sectors", "country_codes", "repositories",
               "sdg_basis", "url")  # fmt: skip
    assert recognise(head(*columns), kinds).slug == "newamerica"
    more = ("registry_folder", "sdg_evidence.sdg", "countries_deployed", "stage", "aliases")
    assert recognise(head(*columns, *more), kinds).slug == "dpg"
    activity = ("iati-identifier", "reporting-org.narrative", "activity-status@code")
    assert recognise(head(*activity, kind=FileKind.XML), kinds).slug == "iati"
    assert recognise(head(*activity, kind=FileKind.CSV), kinds) is None
    assert recognise(head("id", "title", "a[b=c"), kinds) is None


def test_two_that_fit_alike_are_none():
    one = profile(head='recognises = "title"\n')
    assert recognise(head("id", "title"), [one]) is one
    assert recognise(head("id", "title"), [one, one]) is None
