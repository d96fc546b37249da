"""The words for kinds of questions, comparisons, facts and parts of an entry."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stocktaking.questionnaires.states import QuestionKind as Kind

Names = dict[str, str | Promise]

KIND_NAMES: Names = {
    Kind.SHORT: _("Short text"),
    Kind.LONG: _("Long text"),
    Kind.NUMBER: _("Number"),
    Kind.DATE: _("Date"),
    Kind.CHOICE: _("One of several options"),
    Kind.MANY: _("Any of several options"),
    Kind.TERMS: _("Terms of a scheme"),
    Kind.COUNTRY: _("Country"),
    Kind.ORGANISATION: _("Organisation"),
    Kind.PEOPLE: _("People"),
    Kind.FILE: _("Files"),
    Kind.IMAGE: _("Pictures"),
    Kind.LINK: _("Links"),
    Kind.STATEMENT: _("Statement to accept"),
}
COMPARISON_NAMES: Names = {
    "is": _("is"),
    "is_not": _("is not"),
    "in": _("is one of"),
    "has": _("includes"),
    "has_not": _("does not include"),
    "answered": _("is answered"),
    "not_answered": _("is not answered"),
    "more_than": _("is more than"),
    "less_than": _("is less than"),
    "words_more_than": _("has more words than"),
    "words_less_than": _("has fewer words than"),
}
FACT_NAMES: Names = {
    "stakeholder": _("Stakeholder type"),
    "country": _("Country"),
    "language": _("Language"),
    "occasion": _("Occasion"),
    "role": _("Role"),
}
OCCASION_NAMES: Names = {
    "new": _("A new entry"),
    "update": _("An entry is updated"),
    "confirm": _("An entry is confirmed"),
}
PART_NAMES: Names = {
    "title": _("Title"),
    "summary": _("Summary"),
    "countries": _("Countries where it works"),
    "worldwide": _("It works worldwide"),
    "organisation": _("Organisation"),
    "start": _("Start"),
    "end": _("End"),
    "website": _("Website"),
    "links": _("Links"),
    "partners": _("Partners"),
    "images": _("Pictures"),
    "licence": _("Licence"),
}
# attributes of sections and questions, and the settings of a question
PARTS_OF_QUESTIONS: Names = {
    "title": _("Title"),
    "introduction": _("Introduction"),
    "code": _("Code"),
    "kind": _("Kind"),
    "label": _("Question"),
    "help": _("Help"),
    "required": _("Required"),
    "required_when": _("Required when"),
    "shown_when": _("Shown when"),
    "settings": _("Settings"),
    "binds_to": _("Part of the entry"),
    "personal": _("Personal data"),
    "options": _("Options"),
    "min": _("At least"),
    "max": _("At most"),
    "min_words": _("Words at least"),
    "max_words": _("Words at most"),
    "min_chars": _("Characters at least"),
    "max_chars": _("Characters at most"),
    "decimals": _("Decimals"),
    "unit": _("Unit"),
    "precision": _("How exact it must be"),
    "earliest": _("Not before"),
    "latest": _("Not after"),
    "not_before": _("Not before the answer to"),
    "scheme": _("Scheme"),
    "notes": _("Asks for a note on each term"),
    "note_min_words": _("Words of a note at least"),
    "note_max_words": _("Words of a note at most"),
    "many": _("Several countries may be chosen"),
    "emails": _("Each person needs an e-mail address"),
    "megabytes": _("Megabytes at most"),
    "types": _("Types of files"),
    "several": _("Several links may be given"),
}
PRECISION_NAMES: Names = {"year": _("Year"), "month": _("Month"), "day": _("Day")}
TURN_NAMES: Names = {
    "added": _("Added"),
    "removed": _("Removed"),
    "changed": _("Changed"),
    "moved": _("Moved"),
}
PROBLEMS: Names = {
    "no_sections": _("There is no section yet."),
    "title_missing": _("There is no title."),
    "section_empty": _("The section has no questions."),
    "section_long": _("The section is long for a phone. Number of questions: %(count)s."),
    "label_missing": _("The question has no words."),
    "option_label_missing": _("The option %(option)s has no words."),
    "circle": _("The question decides about itself in a circle, so that nobody sees it."),
    "options_missing": _("There is no option to choose."),
    "scheme_missing": _("No scheme is chosen."),
    "scheme_unknown": _("There is no scheme with the name %(scheme)s."),
    "terms_missing": _("The scheme %(scheme)s has no term that can be chosen."),
    "dead_end": _("Nobody can answer: needed are %(least)s, offered are %(offered)s."),
    "never_shown": _("Nobody ever sees this question: its conditions cannot be met."),
    "never_required": _("The answer is never required: the condition cannot be met."),
    "option_not_offered": _("A condition asks for %(option)s, which %(name)s does not offer."),
    "asked_later": _("Whether it is shown depends on %(name)s, which is asked later."),
    "bound_twice": _("Another question fills the same part of the entry."),
    "translation_missing": _("Not yet translated: %(languages)s."),
}
