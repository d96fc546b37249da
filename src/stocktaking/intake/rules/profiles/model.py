"""A mapping profile: how the columns of a foreign file become the parts of an entry.

A profile is a readable file (TOML) with a version; ``documents`` reads and writes it. Columns
are named by paths (``rules/profiles/paths``): the head of a column, or for nested records
``organisations[role=reporting].name``, ``title.narrative``, ``recipient-country@code``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from stocktaking.entries.states import Basis
from stocktaking.kernel.reading import Reading

FORMAT = 1  # of profile files
UNKNOWN = ("report", "refuse", "keep")  # a value that maps to no term; keep: among extra facts
CONFLICT = ("keep", "replace", "refuse")  # both sides changed the same part since last time


@dataclass(frozen=True)
class Identity:
    """What makes two records the same entry.

    Either an identifier of somebody else's list (``system`` and the column of its value), or,
    for our own exports, the columns of the entry's ``number`` and of the ``version`` it was
    taken from.
    """

    system: str = ""
    column: str = ""
    url: str = ""
    number: str = ""
    version: str = ""


@dataclass(frozen=True)
class LanguageRule:
    """Language of the record's texts: the first column that says one, else ``default``."""

    columns: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    default: str = "en"


@dataclass(frozen=True)
class FieldRule:
    """Where one part of the entry comes from.

    ``to``: title, summary, section:CODE, start, end, website, licence, attribution, worldwide,
    registered_on, source, collections, extra:NAME, original_language, or one of the forms of
    our own exports (see ``documents``). ``columns``: the first that says something counts;
    with ``join`` all of them, one below the other. ``value`` is a constant. ``language`` is that
    of the text where it is not the record's. ``order`` is the order of numeric dates
    (ymd, dmy, mdy), ``precision`` what at most is believed of them (day, month, year).
    ``origin``: author, human or machine. ``cut``: longest text, in characters; the rest is reported.
    """

    to: str
    columns: tuple[str, ...] = ()
    value: str = ""
    language: str = ""
    join: bool = False
    order: str = "ymd"
    precision: str = "day"
    values: Mapping[str, str] = field(default_factory=dict)
    origin: str = "author"
    cut: int = 0


@dataclass(frozen=True)
class TermRule:
    """Terms of one scheme. ``values`` maps what the file says (without case) to codes; what it
    does not name is looked up as a code, then as a title in any language of the framework.

    ``basis`` is ``import`` for what the source states, ``suggested`` for what somebody computed.
    ``notes`` is the column of the note, which goes to the first term.
    """

    scheme: str
    columns: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""
    basis: Basis = Basis.IMPORT
    notes: str = ""
    unknown: str = "report"


@dataclass(frozen=True)
class OrganisationRule:
    """The owner, or partners (``role``) of the entry: one body per value of ``name``.

    ``each`` is the path of a list of bodies; the other paths are then relative to its items.
    ``identifiers`` maps a system to the column of the value.
    """

    role: str = "owner"
    each: str = ""
    name: str = ""
    country: str = ""
    type: str = ""
    types: Mapping[str, str] = field(default_factory=dict)
    website: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""
    value: str = ""  # a constant name


@dataclass(frozen=True)
class LinkRule:
    """Addresses: website goes to the field; these are further ones."""

    kind: str = "source"
    columns: tuple[str, ...] = ()
    label: str = ""
    separator: str = ""


@dataclass(frozen=True)
class Profile:
    """A mapping profile. ``ignored`` are columns that are left out on purpose; any other column
    that no rule reads is named in the report. ``recognises`` are columns that tell a file of
    this kind: a file that has all of them is read with this profile when none is named."""

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
    ignored: tuple[str, ...] = ()
    recognises: tuple[str, ...] = ()
    notice: Mapping[str, str] = field(default_factory=dict)  # of the Source, shown on its entries
    source: str = ""  # slug of the Source its entries belong to; registered with the first import
    licence: str = ""
    attribution: str = ""
    conflict: str = "keep"
    publish: bool = True
