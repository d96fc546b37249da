"""Which mails an address gets no more."""

from collections.abc import Iterable

from stocktaking.outbox.states import Category, SuppressionReason


def stopped(
    category: Category, suppressions: Iterable[tuple[str, SuppressionReason]]
) -> SuppressionReason | None:
    """Why a mail of this category is not sent, or None where it is. ``suppressions`` are the
    categories (empty: all) and reasons that stand against its address.

    Who asks for a code waits for it at the keyboard, and may have put the mailbox in order:
    a mail about the account is tried unless staff stopped the address.
    """
    for which, reason in suppressions:
        if category is Category.ACCOUNT and reason is not SuppressionReason.BY_HAND:
            continue
        if which in ("", category.value):
            return reason
    return None
