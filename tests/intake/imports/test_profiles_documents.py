"""Profile files: read as a whole with all their faults, and written without loss."""

import contextlib
import dataclasses

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.imports.frameworks import wsis
from tests.intake.imports.mapped import HEAD, TITLE, profile

from stocktaking.entries.states import Basis
from stocktaking.intake.rules.profiles import form, model
from stocktaking.intake.rules.profiles.documents import parse, write
from stocktaking.intake.rules.profiles.faults import ProfileBroken
from stocktaking.kernel.reading import FileKind, Reading


def faults(text):
    """The faults of a file as (place, code)."""
    with pytest.raises(ProfileBroken) as caught:
        parse(text, wsis())
    return [(fault.at, fault.code) for fault in caught.value.faults]


def test_a_short_profile():
    read = profile()
    assert (read.slug, read.version, read.title) == ("partners", 1, {"en": "Partners"})
    assert read.identity == model.Identity("partners", ("id",))
    assert read.fields == (model.FieldRule("title", ("title",)),)
    assert read.reading == Reading()
    assert read.publish


def test_one_text_is_a_list_of_one():
    one = profile('[[terms]]\nscheme = "sdg"\ncolumns = "a"\nseparators = ";"')
    many = profile('[[terms]]\nscheme = "sdg"\ncolumns = ["a"]\nseparators = [";"]')
    assert one == many


def test_all_faults_are_told_at_once_with_their_places():
    text = f"""{HEAD}
    publish = "yes"
    licences = "CC0-1.0"

    {TITLE}

    [[fields]]
    to = "strat"
    column = "begin"
    order = "dym"

    [[terms]]
    scheme = "sgd"
    columns = ["goals", 3]

    [[terms]]
    scheme = "status"
    columns = "state"
    values = {{ "running" = "ongoin" }}
    """
    assert faults(text) == [
        ("licences", "key_unknown"),
        ("publish", "not_flag"),
        ("fields[2].column", "key_unknown"),
        ("fields[2].order", "not_choice"),
        ("terms[1].columns[2]", "not_text"),
        ("fields[2]", "rule_empty"),
        ("fields[2].to", "to_unknown"),
        ("terms[1].scheme", "scheme_unknown"),
        ("terms[2].values.running", "code_unknown"),
    ]


def test_the_nearest_word_is_offered():
    with pytest.raises(ProfileBroken) as caught:
        parse(f'{HEAD}licences = "x"\n{TITLE}\n[[terms]]\nscheme = "sgd"\ncolumns = "a"', wsis())
    assert [fault.params.get("known") for fault in caught.value.faults] == ["licence", "sdg"]


def test_without_a_framework_schemes_are_not_asked():
    assert (
        parse(f'{HEAD}{TITLE}\n[[terms]]\nscheme = "sgd"\ncolumns = "a"').terms[0].scheme == "sgd"
    )


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("slug = \n", "line 1", "not_toml"),
        ("a = " + "[" * 5000, "", "not_toml"),
        ("x = 1\n" * 100_000, "", "profile_too_long"),
        ("format = 2", "format", "format_unknown"),
        (f"{HEAD}fields = 3", "fields", "not_tables"),
        (f"{HEAD}fields = [3]", "fields[1]", "not_table"),
        (f"{HEAD}reading = 3\n{TITLE}", "reading", "not_table"),
        (f"{HEAD}[reading]\nheader = -1\n{TITLE}", "reading.header", "number_out_of_range"),
        (f"{HEAD}[reading]\nheader = true\n{TITLE}", "reading.header", "not_number"),
        (
            f'{HEAD}[reading]\nencodings = "utf-9"\n{TITLE}',
            "reading.encodings[1]",
            "encoding_unknown",
        ),
        (
            f'{HEAD}[reading]\nencodings = "zlib"\n{TITLE}',
            "reading.encodings[1]",
            "encoding_unknown",
        ),
        (f"{HEAD}notice = 3\n{TITLE}", "notice", "not_map"),
        (f"{HEAD}ignored = 3\n{TITLE}", "ignored", "not_list"),
        (f'{HEAD}ignored = "a[b=c"\n{TITLE}', "ignored[1]", "path_malformed"),
        (
            f'{HEAD}[language]\ndefault = "english"\n{TITLE}',
            "language.default",
            "language_malformed",
        ),
        (f'{HEAD}[language]\ndefault = "PT-br"\n{TITLE}', "language.default", "language_malformed"),
        (HEAD, "fields", "title_rule_missing"),
        (HEAD.replace("columns", "url") + TITLE, "identity", "identity_missing"),
        (HEAD.replace('system = "partners", ', "") + TITLE, "identity.system", "key_missing"),
        (HEAD.replace("version = 1", "version = 0") + TITLE, "version", "number_out_of_range"),
        (HEAD.replace("version = 1", "") + TITLE, "version", "key_missing"),
        (HEAD.replace('"partners"\nv', '"Our partners"\nv') + TITLE, "slug", "slug_malformed"),
    ],
)
def test_a_fault_and_its_place(text, place, code):
    assert (place, code) in faults(text)


@pytest.mark.parametrize(
    ("rules", "place", "code"),
    [
        ('[[fields]]\nto = "section:biography"\ncolumns = "a"', "fields[2].to", "code_unknown"),
        ('[[fields]]\nto = "section"\ncolumns = "a"', "fields[2].code_column", "key_missing"),
        ('[[fields]]\nto = "extra:imported"\ncolumns = "a"', "fields[2].to", "to_reserved"),
        (
            '[[fields]]\nto = "start"\ncolumns = "a"\nmonths = {may = 13}',
            "fields[2].months.may",
            "",
        ),
        ('[[terms]]\nscheme = "region"\ncolumns = "a"', "terms[1].scheme", "scheme_follows"),
        ('[[terms]]\nscheme = "sdg"', "terms[1]", "rule_empty"),
        ('[[terms]]\nscheme = "sdg"\nconstants = "18"', "terms[1].constants[1]", "code_unknown"),
        ('[[terms]]\nscheme = "sdg"\ncolumns = "a"\nseparators = ""', "terms[1].separators", ""),
        ('[[organisations]]\nrole = "boss"\nname = "a"', "organisations[1].role", "not_choice"),
        ('[[organisations]]\nname = "a"\nroles = {x = "boss"}', "organisations[1].roles.x", ""),
        ('[[organisations]]\nname = "a"\ntypes = {x = "y"}', "organisations[1].types.x", ""),
        ("[[organisations]]\n", "organisations[1]", "rule_empty"),
        ("[[links]]\n", "links[1]", "rule_empty"),
        ('[[identifiers]]\ncolumns = "a"', "identifiers[1].system", "key_missing"),
    ],
)
def test_a_fault_of_a_rule(rules, place, code):
    found = dict(faults(f"{HEAD}{TITLE}{rules}"))
    assert place in found
    assert code in ("", found[place])


def test_every_key_of_the_model_has_a_place_in_the_file():
    for table in form.TABLES:
        assert {one.name for one in dataclasses.fields(table.of)} == set(table.keys), table.name
    known = {*form.HEAD, *(table.name for table in form.TABLES)}
    assert {one.name for one in dataclasses.fields(model.Profile)} == known - {"format"}


def test_rules_are_written_as_tables_that_people_can_read():
    text = write(
        dataclasses.replace(
            profile(),
            terms=(model.TermRule("status", ("state",), values={"läuft": "ongoing"}),),
        )
    )
    assert '[[terms]]\nscheme = "status"\ncolumns = "state"\n\n[terms.values]\n"läuft"' in text


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
PATHS = st.from_regex(
    r"[A-Za-zäé][A-Za-z é_]{0,8}[a-z](\.[a-z]{1,5}|@[a-z]{1,4}|\[x=y\])?", fullmatch=True
)
PATH_LISTS = st.lists(PATHS, min_size=1, max_size=3).map(tuple)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
WHENS = st.dictionaries(
    PATHS,
    st.lists(st.text(WORDS, max_size=0) | WORDS, min_size=1, max_size=2).map(tuple),
    max_size=2,
)
LANGUAGES = st.sampled_from(["en", "fr", "pt-BR", "zh-Hant", "es-419"])
FIELDS = st.builds(
    model.FieldRule,
    to=st.sampled_from(["title", "summary", "section:goals", "start", "extra:x y", "website"]),
    columns=PATH_LISTS,
    each=st.just("") | PATHS,
    value=st.just("") | WORDS,
    language=st.just("") | LANGUAGES,
    join=st.booleans(),
    separators=LISTS,
    order=st.sampled_from(model.ORDERS),
    precision=st.sampled_from(["day", "month", "year"]),
    months=st.dictionaries(WORDS, st.integers(1, 12), max_size=2),
    values=st.dictionaries(WORDS, st.just("") | WORDS, max_size=3),
    origin=st.sampled_from(["author", "human", "machine"]),
    cut=st.integers(0, 500),
    whole=st.booleans(),
    faulty=st.sampled_from(model.FAULTY),
    when=WHENS,
)
TERMS = st.builds(
    model.TermRule,
    scheme=st.sampled_from(["sdg", "country", "status"]),
    columns=PATH_LISTS,
    each=st.just("") | PATHS,
    values=st.dictionaries(WORDS, st.just(""), max_size=3),
    separators=LISTS,
    after=st.just("") | WORDS,
    until=st.just("") | WORDS,
    basis=st.sampled_from(Basis),
    note=st.just("") | PATHS | st.just("notes.{value}"),
    unknown=st.sampled_from(model.UNKNOWN),
    when=WHENS,
)
BODIES = st.builds(
    model.OrganisationRule,
    role=st.sampled_from(form.ROLES),
    each=st.just("") | PATHS,
    name=PATHS,
    types=st.dictionaries(WORDS, st.sampled_from(["", "government"]), max_size=2),
    roles=st.dictionaries(WORDS, st.sampled_from(["", *form.ROLES]), max_size=2),
    identifiers=st.dictionaries(WORDS, PATHS, max_size=2),
    nobody=LISTS,
    further=st.sampled_from(["", "partner"]),
    when=WHENS,
)
PROFILES = st.builds(
    model.Profile,
    slug=st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True),
    version=st.integers(1, 99),
    title=st.dictionaries(LANGUAGES, WORDS, min_size=1, max_size=3),
    reading=st.builds(
        Reading,
        kind=st.none() | st.sampled_from(FileKind),
        encodings=st.lists(st.sampled_from(["utf-8", "windows-1252"]), unique=True).map(tuple),
        mixed=st.booleans(),
        sheet=st.just("") | WORDS,
        header=st.integers(0, 40),
        html=st.sampled_from(["report", "text"]),
        empty=LISTS,
    ),
    identity=st.builds(
        model.Identity, system=WORDS, columns=PATH_LISTS, number=st.just("") | PATHS
    ),
    language=st.builds(
        model.LanguageRule,
        columns=st.just(()) | PATH_LISTS,
        values=st.dictionaries(WORDS, LANGUAGES | st.just(""), max_size=2),
        default=LANGUAGES,
    ),
    fields=st.lists(FIELDS, max_size=3).map(lambda some: (model.FieldRule("title", ("t",)), *some)),
    terms=st.lists(TERMS, max_size=3).map(tuple),
    organisations=st.lists(BODIES, max_size=2).map(tuple),
    links=st.lists(st.builds(model.LinkRule, columns=PATH_LISTS, when=WHENS), max_size=2).map(
        tuple
    ),
    ignored=st.just(()) | PATH_LISTS,
    notice=st.dictionaries(LANGUAGES, WORDS, max_size=2),
    licence=st.just("") | WORDS,
    conflict=st.sampled_from(model.CONFLICT),
    publish=st.booleans(),
)


@given(PROFILES)
def test_what_is_written_is_read_back(written):
    assert parse(write(written), wsis()) == written


@given(st.text(max_size=300))
def test_any_text_is_a_profile_or_refused(text):
    with pytest.raises(ProfileBroken):
        parse(text)


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)


@given(
    st.dictionaries(
        st.sampled_from([*form.HEAD, *(table.name for table in form.TABLES), "x"]),
        st.recursive(
            _LEAVES,
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["to", "columns", "values", "when", "x"]), inner)
            ),
            max_leaves=8,
        ),
    )
)
def test_whatever_stands_behind_the_keys_is_read_or_refused(document):
    def plain(value):
        if isinstance(value, dict):
            return {key: plain(one) for key, one in value.items() if one is not None}
        if isinstance(value, list):
            return [plain(one) for one in value if one is not None]
        return value

    with contextlib.suppress(ProfileBroken):
        parse(tomli_w.dumps(plain(document)), wsis())
