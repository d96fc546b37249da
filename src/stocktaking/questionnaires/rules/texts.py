"""The texts of a questionnaire in the reader's language."""

from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.definition import Definition, Texts


def pick(texts: Texts, language: str) -> str:
    """The text in this language, else in the next best one, else an empty string."""
    for code in languages.fallbacks(language):
        if texts.get(code):
            return texts[code]
    return next(iter(texts.values()), "")


def language_of(texts: Texts, language: str) -> str:
    """The language of the text that ``pick`` gives: for ``lang`` and ``dir`` on a page."""
    for code in languages.fallbacks(language):
        if texts.get(code):
            return code
    return next(iter(texts), language)


def option_labels(definition: Definition, code: str, language: str) -> dict[str, str]:
    """The labels of the options of a question, in their order; empty where it has none."""
    question = definition.question(code)
    options = question.settings.get("options", ()) if question else ()
    return {option["code"]: pick(option.get("label", {}), language) for option in options}
