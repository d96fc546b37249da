"""What is wrong with a profile file, in sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

OF_PROFILES: dict[str, str | Promise] = {
    # the file
    "not_toml": _("The file is no valid TOML: %(reason)s."),
    "profile_too_long": _("The file is longer than %(most)s characters."),
    "format_unknown": _("The format “%(value)s” is not known; this program reads format 1."),
    # keys and what stands behind them
    "key_unknown": _("There is no key “%(key)s”."),
    "key_missing": _("The key “%(key)s” is missing."),
    "not_tables": _("Write each rule as a table of its own: [[%(key)s]]."),
    "not_table": _("A table with keys must stand here."),
    "too_many_tables": _("There are more than %(most)s rules."),
    "not_text": _("A text in quotation marks must stand here."),
    "text_too_long": _("The text is longer than %(most)s characters."),
    "not_choice": _("“%(value)s” cannot stand here. Possible are: %(choices)s."),
    "not_list": _("A text or a list of texts must stand here."),
    "too_many_texts": _("There are more than %(most)s texts."),
    "not_flag": _("true or false must stand here."),
    "not_number": _("A whole number must stand here."),
    "number_out_of_range": _("The number must lie between %(first)s and %(last)s."),
    "not_map": _("A table of names and values must stand here."),
    # what they mean
    "slug_malformed": _("“%(value)s” must be small letters, digits and hyphens."),
    "language_malformed": _("“%(value)s” is no code of a language, such as fr, pt-BR or zh-Hant."),
    "encoding_unknown": _("There is no encoding “%(value)s”."),
    "identity_missing": _("Say which columns tell that two records are the same entry."),
    "rule_empty": _("The rule names no column and no value."),
    "title_rule_missing": _("No rule fills the title."),
    "separator_empty": _("A separator must have at least one character."),
    "to_unknown": _("An entry has no part “%(value)s”."),
    "to_reserved": _("The additional fact “%(value)s” is written by imports themselves."),
    "scheme_unknown": _("There is no scheme “%(value)s”."),
    "scheme_follows": _("The terms of %(value)s follow from others and are not stated."),
    "code_unknown": _("There is no term with the code “%(value)s” in %(scheme)s."),
    "path_malformed": _("“%(value)s” is no path of a column: %(reason)s."),
}
