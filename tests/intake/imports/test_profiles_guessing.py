"""A first profile for a file that nobody knows."""

import pytest
from tests.intake.imports.frameworks import wsis

from stocktaking.intake.rules.profiles.checking import check
from stocktaking.intake.rules.profiles.column_names import PARTS, folded, likeness
from stocktaking.intake.rules.profiles.documents import parse, write
from stocktaking.intake.rules.profiles.guessing import guess
from stocktaking.kernel.reading import FileKind, Head

TABLES = {
    "en": (
        "Project ID", "Project name", "Description", "Country", "Start date", "End date",
        "Organisation", "Website", "SDGs", "Action lines",
    ),
    "fr": (
        "Identifiant", "Titre du projet", "Description du projet", "Pays", "Date de début",
        "Date de fin", "Nom de l’organisation", "Site web", "ODD", "Grandes orientations",
    ),
    "es": (
        "Código", "Título", "Descripción", "País", "Fecha de inicio", "Fecha de finalización",
        "Organización", "Sitio web", "ODS", "Líneas de acción",
    ),
    "ru": (
        "Номер", "Название проекта", "Описание", "Страна", "Дата начала", "Дата окончания",
        "Организация", "Сайт", "ЦУР", "Направления деятельности",
    ),
    "zh": (
        "编号", "项目名称", "描述", "国家", "开始日期", "结束日期", "组织", "网站",
        "可持续发展目标", "行动方面",
    ),
    "ar": (
        "رقم", "عنوان المشروع", "الوصف", "البلد", "تاريخ البدء", "تاريخ الانتهاء", "المنظمة",
        "الموقع الإلكتروني", "أهداف التنمية المستدامة", "خطوط العمل",
    ),
}  # fmt: skip


def head(columns, samples=None, kind=FileKind.CSV, **parts):
    return Head(kind, "utf-8", tuple(columns), samples or {}, **parts)


def where(guessed):
    """Which column was taken for what."""
    found = {rule.to: rule.columns for rule in guessed.fields}
    found |= {rule.scheme: rule.columns for rule in guessed.terms}
    found |= {rule.role: (rule.name,) for rule in guessed.organisations}
    return found | {"id": guessed.identity.columns}


@pytest.mark.parametrize("language", TABLES)
def test_heads_in_six_languages(language):
    names = TABLES[language]
    parts = ("id", "title", "section:description", "country", "start", "end", "owner", "website",
             "sdg", "action-line")  # fmt: skip
    guessed = guess(head(names), wsis())
    assert where(guessed) == {part: (name,) for part, name in zip(parts, names, strict=True)}
    assert check(guessed, wsis()) == []
    assert parse(write(guessed), wsis()) == guessed


def test_no_head_is_taken_twice_and_what_is_not_clear_is_left():
    names = ("title", "Title (2)", "url", "notes", "year of the dragon", "budget")
    guessed = guess(head(names), wsis())
    assert where(guessed) == {"title": ("title",), "website": ("url",), "id": ()}
    assert [fault.code for fault in check(guessed, wsis())] == ["identity_missing"]


def test_titles_in_several_languages():
    guessed = guess(head(["title_en", "Titre (FR)", "title.es", "Summary [fr]"]), wsis())
    assert [(rule.to, rule.columns[0], rule.language) for rule in guessed.fields] == [
        ("title", "title_en", "en"),
        ("title", "Titre (FR)", "fr"),
        ("title", "title.es", "es"),
        ("summary", "Summary [fr]", "fr"),
    ]


def test_the_language_of_the_texts():
    samples = {"titre": ("Accès des femmes aux marchés de la région",)}
    assert guess(head(["titre"], samples), wsis()).language.default == "fr"
    rule = guess(head(["title", "Language"]), wsis()).language
    assert (rule.columns, rule.default) == (("Language",), "en")


def test_the_order_of_dates_where_it_is_seen():
    for samples, order in [
        (("13/02/2015", "01/03/2016"), "dmy"),
        (("02/13/2015", "01/03/2016"), "mdy"),
        (("2015-02-13",), "ymd"),
        (("01/02/2015",), "ymd"),  # either: the dates are refused until a person says
        (("13/02/2015", "02/13/2015"), "ymd"),
    ]:
        guessed = guess(head(["Start date"], {"Start date": samples}), wsis())
        assert guessed.fields[0].order == order


def test_terms_by_what_stands_in_the_column():
    samples = {"Where": ("Kenya; Togo", "Fiji"), "Answer": ("no", "no"), "Count": ("1", "2")}
    guessed = guess(head(["Where", "Answer", "Count"], samples), wsis())
    assert [(rule.scheme, rule.columns, rule.separators) for rule in guessed.terms] == [
        ("country", ("Where",), (";",))
    ]


def test_names_of_an_operators_own_scheme():
    own = wsis().schemes["target-group"].names[0]
    guessed = guess(head([own]), wsis())
    assert [rule.scheme for rule in guessed.terms] == ["target-group"]


def test_lists_and_objects():
    columns = ("organisations.name", "organisations.role", "partner.name", "links.href")
    samples = {"links.href": ("https://a.example", "https://b.example")}
    guessed = guess(head(columns, samples, FileKind.JSONL), wsis())
    assert [(r.role, r.each, r.name, r.role_column) for r in guessed.organisations] == [
        ("partner", "organisations", "name", "role"),
        ("partner", "partner", "name", ""),
    ]
    assert guessed.links[0].columns == ("links.href",)


def test_elements_of_xml():
    columns = ("@lang", "iati-identifier", "title.narrative", "recipient-country@code")
    guessed = guess(head(columns, kind=FileKind.XML, record="iati-activity"), wsis())
    assert guessed.reading.record == "iati-activity"
    assert guessed.language.columns == ("@lang",)
    title = guessed.fields[0]
    assert (title.each, title.columns, title.language_column) == (
        "title.narrative", ("#text",), "@lang",
    )  # fmt: skip
    assert guessed.terms[0].columns == ("recipient-country@code",)


def test_facts_about_people_are_left_out():
    guessed = guess(head(["Title", "E-mail", "Téléphone", "联系人"]), wsis())
    assert guessed.ignored == ("E-mail", "Téléphone", "联系人")


def test_words_of_heads():
    assert folded("startDate") == folded("Start_date") == folded(" START  DATE:") == "start date"
    assert likeness("title", PARTS["title"]) == 1
    assert 0 < likeness("the title of it", PARTS["title"]) < 0.9
    assert likeness("subtitle", PARTS["title"]) == 0
