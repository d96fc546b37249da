"""A mapping profile: how the columns of a foreign file become the parts of an entry.

A profile is a readable file (TOML) with a version; ``documents`` reads and writes it. Columns
are named by paths (``kernel/reading/paths``): the head of a column, or for nested records
``organisations[role=reporting].name``, ``title.narrative``, ``recipient-country@code``.

Rules with ``each`` go through a list (of texts, bodies, addresses ...): their other paths are
relative to its items, and an item that is a plain text is its own ``#text``. ``when`` names
columns of the record and what one of them must say (without case; "" is nothing) for the rule
to be used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stocktaking.entries.states import Basis
from stocktaking.kernel.reading import Reading

FORMAT = 1  # of profile files
# a value that maps to no term; leave: the column is not about this scheme only, say nothing
UNKNOWN = ("report", "refuse", "keep", "leave")
FAULTY = ("refuse", "report", "keep")  # a date, an address ... that cannot be used
CONFLICT = ("keep", "replace", "refuse")  # both sides changed the same part since last time
ORDERS = ("ymd", "dmy", "mdy")
PLAIN = (  # parts of an entry that one value fills; besides: section:CODE, extra:NAME
    "title",
    "summary",
    "section",
    "start",
    "end",
    "website",
    "licence",
    "attribution",
    "worldwide",
    "registered_on",
    "registered_on_assumed",
    "source",
    "collections",
    "extra",
)
OWN = "register"  # ``to`` of the one rule of profiles for our own exports: it reads all columns
AS_STATED = "as_stated"  # name of the additional fact that keeps what mapped to nothing

When = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Identity:
    """What makes two records the same entry.

    Either an identifier of somebody else's list (``system`` and the columns of its value; with
    several, all of them joined by " / "), or, for our own exports, the columns of the entry's
    ``number`` and of the ``version`` it was taken from. ``url`` is the column of its address.
    """

    system: str = ""
    columns: tuple[str, ...] = ()
    url: str = ""
    number: str = ""
    version: str = ""


@dataclass(frozen=True)
class LanguageRule:
    """Language of the record's texts: the first column that says one, else ``default``.

    ``values`` maps what the file says (without case) to a tag; an empty one says nothing.
    """

    columns: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    default: str = "en"


@dataclass(frozen=True)
class FieldRule:
    """Where one part of the entry comes from.

    ``to``: one of ``PLAIN``, ``section:CODE`` or ``extra:NAME``; or ``OWN``, and nothing else.
    ``columns``: the first that says something counts; with ``join`` all of them, one below the
    other. ``value`` is a constant. ``language`` is that of the text where it is not the record's,
    or stands in ``language_column``; ``code_column`` names the section (``to = "section"``).
    ``order`` is the order of numeric dates, ``months`` the names of months in dates,
    ``precision`` what at most is believed of dates (day, month, year). ``values`` replaces what
    the file says (without case); an empty one says nothing. ``origin``: author, human or machine.
    ``cut``: longest text, in characters; the rest is reported. ``whole``: an additional fact
    takes lists and objects as they stand. ``faulty``: what becomes of a value that cannot be
    used.
    """

    to: str
    columns: tuple[str, ...] = ()
    each: str = ""
    value: str = ""
    language: str = ""
    language_column: str = ""
    code_column: str = ""
    join: bool = False
    separators: tuple[str, ...] = ()
    order: str = "ymd"
    precision: str = "day"
    months: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    origin: str = "author"
    origin_column: str = ""
    cut: int = 0
    whole: bool = False
    prefix: str = ""
    faulty: str = "refuse"
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class TermRule:
    """Terms of one scheme, from all ``columns``. ``values`` maps what the file says (without
    case) to codes; what it does not name is looked up as a code, then as a title in any
    language of the framework. An empty code says nothing: known, and no term.

    ``separators`` divide a value that is no term as a whole. ``after`` and ``until`` take a part
    of each value ("SDG 4: Education"). ``basis`` is ``import`` for what the source states,
    ``suggested`` for what somebody computed. ``note`` is the column of the note, which goes to
    the first term; ``{value}`` in it stands for what the file says, and then each term has its
    own note.
    """

    scheme: str
    columns: tuple[str, ...] = ()
    each: str = ""
    constants: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    separators: tuple[str, ...] = ()
    after: str = ""
    until: str = ""
    basis: Basis = Basis.IMPORT
    basis_column: str = ""
    note: str = ""
    note_language_column: str = ""
    unknown: str = "report"
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class OrganisationRule:
    """The owner, or partners (``role``) of the entry: one body per value of ``name``.

    ``role_column`` says the role where it differs; ``roles`` maps what it says to roles, and an
    empty one leaves the body out. The first owner found is the owner, others are reported, or
    partners of the role ``further``. ``types`` maps what the file says
    of a body to codes of the scheme of types. ``identifiers`` maps a system to the column of
    the value, ``number`` is the column of our own number. ``nobody`` are names that name nobody.
    """

    role: str = "owner"
    role_column: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    each: str = ""
    name: str = ""
    country: str = ""
    type: str = ""
    types: Mapping[str, str] = field(default_factory=dict)
    website: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    separators: tuple[str, ...] = ()
    nobody: tuple[str, ...] = ()
    value: str = ""  # a constant name
    further: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class LinkRule:
    """Addresses: website goes to the field; these are further ones.

    A ``source`` that is no address is kept as a reference in words.
    """

    kind: str = "source"
    kind_column: str = ""
    columns: tuple[str, ...] = ()
    each: str = ""
    label: str = ""
    separators: tuple[str, ...] = ()
    prefix: str = ""
    faulty: str = "refuse"
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class IdentifierRule:
    """Further identifiers of the entry, besides the one that makes it the same."""

    system: str = ""
    system_column: str = ""
    columns: tuple[str, ...] = ()
    each: str = ""
    url: str = ""
    when: When = field(default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """A mapping profile. ``ignored`` are columns that are left out on purpose; any other column
    that no rule reads is named in the report. ``recognises`` are columns that tell a file of
    this kind: a file that has all of them is read with this profile when none is named.
    ``suggest``: a new entry gets the lines and goals that its texts speak for, as suggested,
    where its record states none."""

    slug: str
    version: int
    title: Mapping[str, str]
    reading: Reading
    identity: Identity
    language: LanguageRule = field(default_factory=LanguageRule)
    fields: tuple[FieldRule, ...] = ()
    terms: tuple[TermRule, ...] = ()
    organisations: tuple[OrganisationRule, ...] = ()
    links: tuple[LinkRule, ...] = ()
    identifiers: tuple[IdentifierRule, ...] = ()
    ignored: tuple[str, ...] = ()
    recognises: tuple[str, ...] = ()
    notice: Mapping[str, str] = field(default_factory=dict)  # of the Source, shown on its entries
    source: str = ""  # slug of the Source its entries belong to; registered with the first import
    licence: str = ""
    attribution: str = ""
    conflict: str = "keep"
    publish: bool = True
    suggest: bool = False

    @property
    def is_own(self) -> bool:
        """Whether it reads our own exports."""
        return any(rule.to == OWN for rule in self.fields)
