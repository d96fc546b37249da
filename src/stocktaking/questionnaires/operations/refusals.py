"""The words for each reason to refuse answers or a definition."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.kernel.errors import RuleBroken, RulesBroken
from stocktaking.questionnaires.rules.values import Fault

MESSAGES: dict[str, str | Promise] = {
    # answers
    "required": _("Answer this question."),
    "statement_not_accepted": _("Accept this statement to go on."),
    "question_unknown": _("This question is not part of the form any more. Load it again."),
    "answer_malformed": _("This answer cannot be read. Enter it again."),
    "answers_too_large": _("All answers together are too long. Shorten some of them."),
    "control_character": _("Remove the control characters that cannot be shown."),
    "too_few_words": _("Write more. Words needed: %(least)s. Words now: %(count)s."),
    "too_many_words": _("Write less. Words allowed: %(most)s. Words now: %(count)s."),
    "too_short": _("Write more. Characters needed: %(least)s. Characters now: %(count)s."),
    "too_long": _("Write less. Characters allowed: %(most)s. Characters now: %(count)s."),
    "number_malformed": _("Enter a number in figures."),
    "not_whole": _("Enter a whole number."),
    "too_many_decimals": _("Enter fewer decimals: %(most)s at most."),
    "too_small": _("The number must be %(least)s or more."),
    "too_large": _("The number must be %(most)s or less."),
    "date_malformed": _("Write a year, a month or a day: 2019, 2019-05 or 2019-05-17."),
    "date_out_of_range": _("The year must lie between %(first)s and %(last)s."),
    "date_needs_month": _("Give the month as well."),
    "date_needs_day": _("Give the month and the day as well."),
    "date_too_early": _("The date must not lie before %(first)s."),
    "date_too_late": _("The date must not lie after %(last)s."),
    "date_before_other": _("The end lies before the start (%(first)s)."),
    "option_unknown": _("Choose one of the options shown."),
    "stated_twice": _("The same thing is stated twice. Remove one of the two."),
    "too_few": _("Number needed: %(least)s. Number now: %(count)s."),
    "too_many": _("Number allowed: %(most)s. Number now: %(count)s."),
    "only_one": _("Choose only one."),
    "term_unknown": _("There is no term with the code %(term)s."),
    "term_is_heading": _("%(term)s is a heading. Choose one of the terms below it."),
    "term_retired": _("%(term)s is retired and cannot be chosen any more."),
    "note_not_asked": _("This question asks for no notes."),
    "organisation_unknown": _("This organisation is not in the register."),
    "name_missing": _("Give the name."),
    "country_missing": _("Give the country."),
    "email_missing": _("Give the e-mail address."),
    "email_malformed": _("Give a full e-mail address, such as name@example.org."),
    "file_unknown": _("This file is not stored. Send it again."),
    "file_type_refused": _("Files of the type %(type)s are not accepted here."),
    "file_too_large": _("The file is larger than %(most)s MB."),
    "alternative_missing": _("Say what the image shows, for people who cannot see it."),
    "address_missing": _("Give the web address of this link."),
    "address_malformed": _("Give a full web address that begins with https:// or http://."),
    "answers_locked": _("These answers have been sent and cannot be changed now."),
    "answers_unknown": _("These answers do not exist."),
    "revision_unknown": _("This form is out of date. Load it again."),
    "language_unknown": _("Choose one of the languages shown."),
    # definitions
    "slug_malformed": _("Use small letters, digits and hyphens only."),
    "code_malformed": _("Use small letters, digits, hyphens and underscores only."),
    "code_reserved": _("%(name)s is a name that addresses use already. Choose another."),
    "code_twice": _("This code is used twice. Choose another."),
    "texts_malformed": _("A text is too long: %(most)s characters at most."),
    "too_many_sections": _("There are too many sections: %(most)s at most."),
    "too_many_questions": _("There are too many questions: %(most)s at most."),
    "setting_unknown": _("This kind of question has no setting %(name)s."),
    "setting_malformed": _("The setting %(name)s has a value that cannot be used."),
    "bounds_reversed": _("The least is more than the most."),
    "not_before_unknown": _("%(name)s is not a question for a date."),
    "binding_unfitting": _("Answers of this kind cannot become this part of an entry."),
    "condition_malformed": _("This condition cannot be read."),
    "condition_too_big": _("This condition is too big: %(most)s comparisons at most."),
    "condition_asks_unknown": _(
        "The condition asks about %(name)s, and there is no such question."
    ),
    "condition_value_malformed": _("The condition compares %(name)s with an unusable value."),
    "comparison_unfitting": _("The condition compares %(name)s in a way its kind does not allow."),
    "fact_unknown": _("The condition asks about %(fact)s, which is not known of people."),
    "questionnaire_exists": _("There is a questionnaire with this name already."),
    "questionnaire_unknown": _("There is no such questionnaire."),
    "version_unknown": _("There is no such version."),
    "version_frozen": _("This version is frozen. Open a new version to change it."),
    "problems_left": _("Some problems stop this version from being used. See its problems."),
    "stale_version": _("Somebody else changed this questionnaire while you were editing it."),
    "file_malformed": _("This file is no questionnaire: %(reason)s."),
}


def message(code: str, params: dict[str, Any] | None = None) -> str:
    """The message of a reason, in the language of the request."""
    return str(refused(code, **(params or {})))


def refused(code: str, field: str | None = None, **params: Any) -> RuleBroken:
    return RuleBroken(code, MESSAGES[code], field=field, **params)


def of(fault: Fault) -> RuleBroken:
    """A fault as a refusal; its ``field`` is ``code`` or ``code.sub``."""
    return refused(fault.code, fault.field or None, **fault.params)


def all_of(found: Iterable[Fault]) -> RulesBroken:
    """One error that holds them all."""
    errors: Sequence[RuleBroken] = [of(fault) for fault in found]
    return RulesBroken(list(errors))
