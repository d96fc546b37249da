"""What a refusal says, by the code of its rule."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.reference.rules.framework import Fault

MESSAGES: dict[str, Promise] = {
    "folder_missing": _("There is no such folder. Name the folder that holds framework.json."),
    "file_missing": _("This file is missing or cannot be read."),
    "file_unlisted": _("framework.json does not list this file. List it, or remove it."),
    "file_too_large": _("This file is larger than %(most)s bytes."),
    "not_utf8": _("This file is not in UTF-8 (byte %(position)s). Save it as UTF-8."),
    "not_json": _("This file is not valid JSON: %(problem)s"),
    "key_twice": _("An object names “%(name)s” twice. Keep one of them."),
    "key_missing": _("This is missing."),
    "key_unknown": _("This name is unknown here. Known are: %(allowed)s."),
    "wrong_type": _("This must be %(expected)s."),
    "format_unknown": _("This format is unknown. This version reads format %(known)s."),
    "slug_malformed": _("“%(value)s” must be small letters a-z, figures and single hyphens."),
    "slug_reserved": _("“%(slug)s” already means something else in addresses. Choose another."),
    "slug_mismatch": _("The slug “%(slug)s” differs from the name of the file."),
    "code_malformed": _("“%(value)s” must be letters a-z, figures, hyphens and underscores."),
    "code_twice": _("The code “%(term)s” is used twice (capitals do not tell codes apart)."),
    "listed_twice": _("“%(name)s” is listed twice."),
    "language_unknown": _("This language is none of the framework's: %(languages)s."),
    "text_missing": _("The text is missing."),
    "text_too_long": _("The text has %(has)s characters; at most %(most)s are allowed."),
    "text_unclean": _("The text holds control characters, or blanks at its start or end."),
    "status_unknown": _("“%(value)s” must be “official” or “unofficial”."),
    "colour_malformed": _("“%(value)s” must be # and six figures or small letters a-f."),
    "date_malformed": _("“%(value)s” must be a day written as YYYY-MM-DD."),
    "dates_reversed": _("The last day (%(last)s) lies before the first (%(first)s)."),
    "number_out_of_range": _("The number must be between %(least)s and %(most)s."),
    "parent_unknown": _("The parent “%(term)s” is no term of this scheme."),
    "parent_cycle": _("“%(term)s” stands above itself."),
    "scheme_unknown": _("There is no scheme “%(scheme)s” in this framework or under “uses”."),
    "scheme_taken": _("The scheme “%(scheme)s” belongs to the framework “%(framework)s”."),
    "crosswalk_taken": _("The crosswalk “%(crosswalk)s” belongs to “%(framework)s”."),
    "term_unknown": _("The scheme “%(scheme)s” has no term “%(term)s”."),
    "group_not_own": _("“%(scheme)s” belongs to another framework; its groups are kept there."),
    "member_of_itself": _("“%(term)s” cannot be a member of itself."),
    "membership_overlaps": _("“%(member)s” is in “%(group)s” twice at the same time."),
    "link_twice": _("The link of “%(row)s” and “%(column)s” is given twice."),
    "link_to_heading": _("“%(term)s” is a heading; link the terms below it."),
    "primary_twice": _("“%(other)s” is the primary crosswalk already; there can be one."),
}

# what the rules expect in a place of a file, in the words of the reader
EXPECTED: dict[str, Promise] = {
    "an object": _("an object"),
    "a list": _("a list"),
    "a text": _("a text"),
    "true or false": _("true or false"),
    "a number": _("a number"),
}


def refusal(faults: list[Fault]) -> RulesBroken:
    """All faults as one refusal; each names its file and its place there."""
    return RulesBroken([_broken(fault) for fault in faults])


def _broken(fault: Fault) -> RuleBroken:
    place = f"{fault.file} {fault.path}".strip()
    detail = {key: EXPECTED.get(value, value) for key, value in fault.detail.items()}
    return RuleBroken(fault.code, MESSAGES[fault.code], field=place, **detail)
