"""One question as a page shows it: what is stored or typed, and what is wrong with it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.safestring import SafeString

from stocktaking.kernel import languages
from stocktaking.questionnaires.rules.definition import QuestionDef
from stocktaking.web.forms.questions.around import Around, Words, words_in


class QuestionField:
    """``value`` is the plain answer (None: unanswered). Kinds fill in ``show`` and ``parse``.

    What cannot be read as an answer of its kind leaves an error and ``readable`` false: what
    was typed is shown again, and what is stored stays.
    """

    template: ClassVar[str]
    grouped: ClassVar[bool] = False  # several controls: a fieldset instead of a label

    def __init__(self, question: QuestionDef, stored: Any, around: Around) -> None:
        self.question = question
        self.around = around
        self.code = question.code
        self.kind = str(question.kind)
        self.settings: Mapping[str, Any] = question.settings
        self.name = f"q-{question.code}"
        self.label: Words = words_in(question.label, around.language)
        self.help: Words = words_in(question.help, around.language)
        self.required = question.required
        self.hidden = False  # its condition does not hold; a script may show it later
        self.errors: list[str] = []
        self.part_errors: dict[str, list[str]] = {}  # by the part of the answer they are about
        self.comments: list[Any] = []  # what moderators said about it
        self.stored = stored
        self.value: Any = stored
        self.readable = True
        self.show(stored)

    def show(self, value: Any) -> None:
        """Fill the controls from a plain answer; one of another shape shows nothing."""
        raise NotImplementedError

    def parse(self, data: QueryDict) -> Any:
        """Keep what was typed for showing it again; the plain answer, or None."""
        raise NotImplementedError

    def read(self, data: QueryDict) -> None:
        """Take over what was typed."""
        self.value = self.parse(data)

    def refuse(self, message: str) -> None:
        """What was typed is no answer of this kind."""
        self.errors.append(message)
        self.readable = False

    def keep_rest(self, typed: Any) -> None:
        """Take over from the field that was sent what is no part of the answer."""
        self.errors += typed.errors
        self.part_errors |= typed.part_errors

    def complain(self, message: str, part: str = "") -> None:
        """Show a message at the question, or at the part of its answer where there is one."""
        if part and self.has_part(part):
            self.part_errors.setdefault(part, []).append(message)
        else:
            self.errors.append(message)

    def has_part(self, part: str) -> bool:
        """Whether the page shows this part of an answer with a place for its errors."""
        return False

    def anchor_of(self, part: str) -> str:
        """The id of the control of a part."""
        return f"{self.anchor}.{part}" if part and self.has_part(part) else self.anchor

    @property
    def bad(self) -> bool:
        return bool(self.errors or self.part_errors)

    @property
    def anchor(self) -> str:
        """The id that an error summary leads to."""
        return f"id_{self.name}"

    @property
    def described_by(self) -> str:
        """Ids of hint, error and comments, in the order of the page."""
        parts = [
            ("hint", bool(self.help)),
            ("error", bool(self.errors)),
            ("said", bool(self.comments)),
            ("count", self.counted),
        ]
        return " ".join(f"{self.anchor}-{name}" for name, there in parts if there)

    @property
    def told(self) -> SafeString:
        """Attributes of the one control: what describes it, and whether it is wrong."""
        return flatatt(
            {
                **({"aria-describedby": self.described_by} if self.described_by else {}),
                **({"aria-invalid": "true"} if self.errors else {}),
            }
        )

    @property
    def counted(self) -> bool:
        return False

    @property
    def written_in(self) -> str:
        return self.around.written_in

    @property
    def direction(self) -> str:
        return languages.direction_of(self.around.written_in)

    def setting(self, name: str) -> int | None:
        """A whole number of the settings, or None where it is not set."""
        value = self.settings.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None
