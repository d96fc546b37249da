"""What accounts are called in rows of other apps."""


def sent_by(number: int) -> str:
    """What a mail is about that a person's name stands in: it goes when the account does."""
    return f"accounts.person:{number}"
