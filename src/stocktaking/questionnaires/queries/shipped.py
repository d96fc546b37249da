"""The questionnaires that the program brings as files."""

from importlib import resources

from stocktaking.questionnaires.rules import documents
from stocktaking.questionnaires.rules.definition import Definition

FOLDER = "stocktaking.questionnaires.shipped"


def shipped_names() -> list[str]:
    """Names of the files: ``entries`` is that of the yearly call."""
    files = resources.files(FOLDER).iterdir()
    return sorted(one.name.removesuffix(".json") for one in files if one.name.endswith(".json"))


def shipped(name: str) -> Definition:
    """One of them. LookupError where there is none of this name."""
    if name not in shipped_names():
        raise LookupError(name)
    text = resources.files(FOLDER).joinpath(f"{name}.json").read_text(encoding="utf-8")
    return documents.read(text)
