"""States of a version, and the kinds of questions."""

from enum import StrEnum


class VersionState(StrEnum):
    DRAFT = "draft"
    FROZEN = "frozen"


class QuestionKind(StrEnum):
    SHORT = "short"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    MANY = "many"
    TERMS = "terms"
    COUNTRY = "country"
    ORGANISATION = "organisation"
    PEOPLE = "people"
    FILE = "file"
    IMAGE = "image"
    LINK = "link"
    STATEMENT = "statement"
