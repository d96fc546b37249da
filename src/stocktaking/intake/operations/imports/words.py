"""What is told of the rows of a file, in sentences.

Codes are stable and stand in rows of the database and in reports; their sentences are written
here, in the language of whoever reads them.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.accounts.operations.matching import MESSAGES as OF_ORGANISATIONS
from stocktaking.entries.operations.refusals import MESSAGES as OF_ENTRIES
from stocktaking.intake.operations.imports.words_of_files import OF_FILES
from stocktaking.intake.operations.imports.words_of_profiles import OF_PROFILES
from stocktaking.intake.operations.imports.words_of_register import OF_REGISTER
from stocktaking.intake.rules.profiles.faults import ProfileFault
from stocktaking.kernel.reading import Note
from stocktaking.reference.queries import catalogue

OF_ROWS: dict[str, str | Promise] = {
    # identity
    "identity_missing": _("The identifier is missing, so the record cannot be found again."),
    "identity_repeated": _("The identifier stands in the file before, at %(place)s."),
    "number_malformed": _("“%(value)s” is no number of an entry."),
    "repeated_identical": _("The same record stands in the file before, at %(place)s."),
    "may_repeat": _(
        "It may repeat entry %(number)s, which it resembles to %(score)s of 100. Look at it first."
    ),
    "terms_suggested": _(
        "Its texts speak of %(scheme)s %(terms)s, by these words: %(words)s. It states nothing of"
        " that, and nothing is set."
    ),
    "terms_brought_in": _(
        "Its texts speak of %(scheme)s %(terms)s, by these words: %(words)s. It states nothing of"
        " that; brought in as suggested."
    ),
    "record_merged": _(
        "This record was merged with another one of its source into entry %(number)s. What it says "
        "is not taken over any more."
    ),
    "conflict_kept": _(
        "This was changed here and in the source since the last import. Ours was kept: "
        "“%(ours)s”; the source says “%(theirs)s”."
    ),
    "conflict_replaced": _(
        "This was changed here and in the source since the last import. It was replaced: "
        "“%(ours)s” by “%(theirs)s”."
    ),
    # texts and languages
    "title_missing": _("The title is missing."),
    "text_too_long": _("The text has %(length)s characters; %(most)s are possible."),
    "text_cut": _("The text has %(length)s characters and was cut to %(most)s."),
    "control_character": _("There are characters that cannot be shown: “%(value)s”."),
    "language_unknown": _("“%(value)s” is no code of a language."),
    "text_language_unknown": _("A text was left out: “%(value)s” is no code of a language."),
    "language_of_title": _(
        "There is no title in the language of the record. The language of its title was taken: "
        "%(language)s."
    ),
    "summary_untitled": _(
        "The summary was left out: there is no title in this language: %(language)s."
    ),
    "further_values": _("There are %(count)s more values; the first one was taken."),
    "value_unknown": _("“%(value)s” is none of the words that can stand here."),
    # terms
    "term_unknown": _("“%(value)s” is no term of %(scheme)s."),
    "term_ambiguous": _("“%(value)s” means several terms of %(scheme)s: %(codes)s."),
    "term_is_heading": _("“%(value)s” is a heading of %(scheme)s. Choose a term below it."),
    # dates
    "date_malformed": _("“%(value)s” cannot be read as a date."),
    "date_order": _("“%(value)s” is no date in the order %(order)s."),
    "date_year_short": _("The year of “%(value)s” needs four digits."),
    "date_imprecise": _("“%(value)s” is no day. A year, a month and a day are needed."),
    "date_out_of_range": _("The year of “%(value)s” does not lie between %(first)s and %(last)s."),
    "ends_before_start": _("The end, %(value)s, lies before the start, %(start)s."),
    # other parts
    "address_malformed": _("“%(value)s” is no web address that begins with https:// or http://."),
    "flag_unknown": _("“%(value)s” is neither yes nor no."),
    "fact_malformed": _("This cannot be kept as an additional fact: %(value)s"),
    "further_owner": _("There is an owner already; “%(value)s” was left out."),
    "body_unnamed": _("An organisation without a name was left out: “%(value)s”."),
    "text_is_data": _("The text looks like data for a program: “%(value)s”."),
    "body_detail_left_out": _(
        "What stands here was left out: it is not clear which of several organisations it is about."
    ),
    "too_many": _("There are too many values; %(most)s are possible."),
    **OF_ORGANISATIONS,
}
ORDERS: dict[str, str | Promise] = {
    "ymd": _("year, month, day"),
    "dmy": _("day, month, year"),
    "mdy": _("month, day, year"),
}
# rules of mapping and of entries share some codes and differ in their parameters
SENTENCES: tuple[Mapping[str, str | Promise], ...] = (OF_ROWS, OF_REGISTER, OF_FILES, OF_ENTRIES)


def told(note: Note) -> str:
    """The sentence of a note or fault; its column is told beside it.

    The code and its parameters where no sentence is known: another release wrote it.
    """
    for sentences in SENTENCES:
        if sentence := _sentence(sentences, note.code, note.params):
            return sentence
    return " ".join([note.code, *map(str, note.params.values())])


def told_of_profile(fault: ProfileFault) -> str:
    """The sentence of a fault of a profile file, its place before it."""
    sentence = _sentence(OF_PROFILES, fault.code, fault.params) or fault.code
    if known := fault.params.get("known"):
        sentence += " " + _("Is “%(known)s” meant?") % {"known": known}
    return f"{fault.at}: {sentence}" if fault.at else sentence


def _sentence(
    sentences: Mapping[str, str | Promise], code: str, params: Mapping[str, str | int]
) -> str:
    """Empty where there is none, or none for these parameters."""
    shown: dict[str, object] = {**params}
    if "order" in shown:
        shown["order"] = ORDERS.get(str(shown["order"]), shown["order"])
    if "scheme" in shown and (scheme := catalogue().scheme(str(shown["scheme"]))):
        shown["scheme"] = scheme.label()
    try:
        return str(sentences[code]) % shown
    except (KeyError, ValueError, TypeError):
        return ""
