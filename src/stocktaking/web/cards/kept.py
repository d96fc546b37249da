"""Cards are drawn once for each content and kept as files; the folder cannot grow for ever."""

import json
import logging
import os
import re
import secrets
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import gettext as _

from stocktaking.kernel import clock, languages
from stocktaking.kernel.charts.mark import SIGN
from stocktaking.kernel.typesetting import CannotDraw, Drawn, Sheet, draw
from stocktaking.web.cards.contents import Card

logger = logging.getLogger(__name__)

SERIF = (
    *("Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC", "Noto Serif SC"),
    *("Libertinus Serif", "DejaVu Serif", "DejaVu Sans"),
)
SANS = (
    *("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "Noto Sans SC"),
    *("Liberation Sans", "DejaVu Sans", "Libertinus Serif"),
)
SECONDS = 5.0  # for one card
PATIENCE = 3.0  # seconds that a request waits for its turn
AGAIN = 600  # seconds before a card is tried again that could not be drawn
PARTIAL = 86_400  # seconds before a card is drawn again that lacks words: fonts may have come
FOLDER_MOST = 16  # cards in each of 256 folders
# one card at a time in each process: pages come first
_turn = threading.BoundedSemaphore(1)
# few wait for their turn: the others would hold the threads that pages need
_queue = threading.BoundedSemaphore(3)


@dataclass(frozen=True)
class Kept:
    """A card as a picture; ``stands_in`` for one that could not be drawn now."""

    content: bytes
    stands_in: bool = False


def card_key(card: Card) -> str:
    """A name for exactly this picture: words, grid and the way it is drawn."""
    told = json.dumps([asdict(_sheet(card)), settings.BASE_URL], sort_keys=True)
    return sha256(told.encode()).hexdigest()[:40]


def kept_card(card: Card) -> Kept:
    """The picture, drawn where it is not kept yet; within seconds, or the one that stands in."""
    key = card_key(card)
    if (held := _held(key)) is not None:
        return Kept(held)
    if caches["pages"].get(f"no-card-{key}") or not _queue.acquire(blocking=False):
        return Kept(stand_in(), stands_in=True)
    try:
        if not _turn.acquire(timeout=PATIENCE):
            return Kept(stand_in(), stands_in=True)
        try:
            return _drawn(key, card)
        finally:
            _turn.release()
    finally:
        _queue.release()


def _drawn(key: str, card: Card) -> Kept:
    if (held := _held(key)) is not None:  # somebody else has drawn it meanwhile
        return Kept(held)
    try:
        drawn = draw(_sheet(card), fonts=[Path(settings.DATA_DIR) / "fonts"], seconds=SECONDS)
    except CannotDraw as error:
        logger.warning("card %s could not be drawn: %s", card.path or "/", error)
        caches["pages"].set(f"no-card-{key}", True, AGAIN)
        return Kept(stand_in(), stands_in=True)
    if drawn.missing:
        letters = " ".join(f"U+{ord(letter):04X}" for letter in drawn.missing[:8])
        logger.warning("card %s lacks words: no font has %s", card.path or "/", letters)
    _keep(key, drawn)
    return Kept(drawn.content)


@cache
def stand_in() -> bytes:
    """The card that comes with the package."""
    return (Path(__file__).parent / "stand_in.png").read_bytes()


@cache
def _source() -> str:
    return (Path(__file__).parent / "card.typ").read_text(encoding="utf-8")


def _sheet(card: Card) -> Sheet:
    return Sheet(
        source=_source(),
        texts={"title": card.title, "owner": card.owner, "places": card.places},
        data={
            "title_language": _main_language(card.title_language),
            "title_direction": languages.direction_of(card.title_language),
            "number": card.number,
            "register": _("Stocktaking"),
            "address": card.address,
            "language": card.language,
            "direction": languages.BY_CODE[card.language].direction,
            "rows": card.rows,
            "columns": card.columns,
            "threads": card.threads,
            "across": card.across,
            "squares": card.squares,
            "sign": SIGN,
            "serif": SERIF,
            "sans": SANS,
        },
        families=(*SERIF, *SANS),
    )


def _main_language(code: str) -> str:
    """Two or three letters, as Typst wants them; anything else is set as English."""
    main = code.partition("-")[0].lower()
    return main if re.fullmatch("[a-z]{2,3}", main) else languages.DEFAULT


def _path(key: str) -> Path:
    return Path(settings.DATA_DIR) / "cards" / key[:2] / f"{key[2:]}.png"


def _held(key: str) -> bytes | None:
    path = _path(key)
    partial = path.with_suffix(".part.png")
    with suppress(OSError):
        return path.read_bytes()
    with suppress(OSError):
        if clock.now().timestamp() - partial.stat().st_mtime < PARTIAL:
            return partial.read_bytes()
    return None


def _keep(key: str, drawn: Drawn) -> None:
    """Written whole or not at all; the oldest of the folder make room."""
    path = _path(key)
    if drawn.missing:
        path = path.with_suffix(".part.png")
    draft = path.with_name(f"{secrets.token_hex(8)}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(drawn.content)
        os.replace(draft, path)
        for old in sorted(path.parent.iterdir(), key=_age)[FOLDER_MOST:]:
            old.unlink(missing_ok=True)
    except OSError as error:  # a full disk costs time, not the answer
        logger.warning("card could not be kept: %s", error)
        with suppress(OSError):
            draft.unlink()


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:  # gone meanwhile
        return 0
