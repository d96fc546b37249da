"""What an operation answers instead of a change: a rule refused it, or the person may not."""

from typing import Any

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 - it names what happened, as people say it
    """A change was refused.

    ``code`` is stable and public (problem documents, exit messages, tests); ``message`` is
    translatable and says what to do; ``field`` names the input at fault, if one is.
    """

    def __init__(
        self,
        code: str,
        message: str | Promise,
        *,
        field: str | None = None,
        **params: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.params = params

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


class RuleBroken(Refused):
    """A rule refused a change; doors answer a form error, a problem document, an exit status."""


class RulesBroken(RuleBroken):
    """Several rules refused one change; ``errors`` holds each, in the order of the form."""

    def __init__(self, errors: list[RuleBroken]) -> None:
        first = errors[0]
        super().__init__(first.code, first.message, field=first.field, **first.params)
        self.errors = errors


class StaleVersion(RuleBroken):
    """Somebody else saved first: the version a change was based on is no longer the newest."""


class NotAllowed(Refused):
    """The person may not do this; doors answer 403 (or 404 where existence is private).

    No broken rule: what shows those at a form must let this one pass.
    """
