"""How a refusal is told on the command line."""

from stocktaking.kernel.errors import Refused


def told(refused: Refused) -> str:
    """The message of a refusal with its field and its stable code."""
    where = f"{refused.field}: " if refused.field else ""
    return f"{where}{refused} [{refused.code}]"
