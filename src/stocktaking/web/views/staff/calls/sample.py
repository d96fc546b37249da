"""One mail of a letter exactly as one reader gets it."""

import datetime as dt
from dataclasses import dataclass

from stocktaking.calls.models import Letter
from stocktaking.calls.notifications.kinds import LETTER
from stocktaking.calls.queries.letters import Reader, readers_of, values_for, written_in
from stocktaking.calls.rules.letters import framed
from stocktaking.kernel import languages
from stocktaking.outbox.operations.composing import Composed, compose
from stocktaking.outbox.registry import KINDS

SAMPLES = 8  # readers to choose from
NOBODY = Reader("name@example.org", "Ada Lovelace", "Ministry of Health")


@dataclass(frozen=True)
class Sample:
    """``readers`` to choose from, by their place; ``fallback`` where it is not in ``wanted``."""

    mail: Composed
    reader: Reader
    place: int
    readers: tuple[Reader, ...]
    languages: tuple[languages.Language, ...]  # those in which it is written
    wanted: str
    fallback: bool

    @property
    def direction(self) -> str:
        return languages.direction_of(self.mail.language)


def sample_of(letter: Letter, *, language: str, place: str, at: dt.datetime) -> Sample | None:
    """None where the letter is not written in any language."""
    written = {text.language for text in letter.texts.all()}
    if not written:
        return None
    readers = tuple(readers_of(letter)[:SAMPLES]) or (NOBODY,)
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else 0
    number = number if number < len(readers) else 0
    reader = readers[number]
    wanted = language if language in languages.BY_CODE else reader.language
    got = written_in(letter, wanted)
    text = next(one for one in letter.texts.all() if one.language == got)
    mail = compose(
        KINDS[LETTER[reader.takes_part]],
        language=got,
        values=values_for(letter, reader, language=got, at=at),
        to=reader.email,
        subject=text.subject,
        body=framed(text.body),
    )
    return Sample(
        mail=mail,
        reader=reader,
        place=number,
        readers=readers,
        languages=tuple(one for one in languages.LANGUAGES if one.code in written),
        wanted=wanted,
        fallback=got != wanted,
    )
