"""The languages of the interface: one short code for addresses, rows and screens.

Django calls Chinese ``zh-hans``; everywhere else in this project it is ``zh``.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils import translation


@dataclass(frozen=True)
class Language:
    """A language of the interface.

    ``code`` stands in addresses and rows, ``django`` is the name of Django's catalogue,
    ``name`` is the language's own name for itself.
    """

    code: str
    django: str
    name: str
    rtl: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"


LANGUAGES: tuple[Language, ...] = (
    Language("ar", "ar", "العربية", rtl=True),
    Language("zh", "zh-hans", "中文"),
    Language("en", "en", "English"),
    Language("fr", "fr", "Français"),
    Language("ru", "ru", "Русский"),
    Language("es", "es", "Español"),
)
CODES: tuple[str, ...] = tuple(language.code for language in LANGUAGES)
BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}
BY_DJANGO: dict[str, Language] = {language.django: language for language in LANGUAGES}
DEFAULT = "en"

# Content may be in any language; these need right-to-left besides Arabic.
RTL_CONTENT = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})


def current() -> Language:
    """The language of the running request (English where none is active)."""
    return BY_DJANGO.get(translation.get_language() or "", BY_CODE[DEFAULT])


def direction_of(code: str) -> str:
    """``rtl`` or ``ltr`` for the language of a text, also one the interface does not speak."""
    return "rtl" if code.split("-")[0].lower() in RTL_CONTENT else "ltr"


@lru_cache(maxsize=1024)
def fallbacks(code: str, original: str | None = None) -> tuple[str, ...]:
    """Languages to try in turn when a text is wanted in ``code``; the original comes second."""
    order = [code, *([original] if original else []), DEFAULT, *CODES]
    return tuple(dict.fromkeys(order))
