"""What a page offers to who takes it along: its address, a frame, a picture, files."""

import re
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from stocktaking.web.context import in_language

QR_MOST = 1000  # bytes of an address; more makes squares too small for a phone
# letters that XML cannot hold, and half ones
_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# pixels, by the first word of the address
FRAME_HEIGHTS = {"entries": 820, "matrix": 820, "trends": 640}
FRAME_HEIGHT = 480
ENTRY_HEIGHT = 340


@dataclass(frozen=True)
class Taken:
    """A file or a feed, by its name."""

    name: str
    url: str


@dataclass(frozen=True)
class Share:
    """The offer of one page or of one figure on it; all addresses are whole."""

    key: str  # tells the offers of one page apart
    title: str
    url: str
    embed_code: str = ""
    picture_code: str = ""
    svg_url: str = ""
    feed_url: str = ""
    qr: tuple[Taken, ...] = ()
    cites: tuple[Taken, ...] = ()

    @property
    def mail_url(self) -> str:
        """Opens the reader's own mail program; nobody else learns of it."""
        words = urlencode({"subject": self.title, "body": self.url}).replace("+", "%20")
        return f"mailto:?{words}"


def share_of(
    path: str,
    *,
    title: str,
    embed: str = "",
    svg: str = "",
    feed: str = "",
    cites: tuple[tuple[str, str], ...] = (),
) -> Share:
    """What ``{% include "web/share.html" with share=share %}`` shows.

    All addresses begin with ``/`` and may have a query. ``path`` is the lasting address of what
    is shared, ``embed`` its page for frames (mostly ``framed(path)``), ``svg`` the same as a
    picture, ``feed`` its Atom feed, ``cites`` names and addresses of files for references.
    """
    url = whole(path)
    return Share(
        key=sha256(f"{path} {embed} {svg}".encode()).hexdigest()[:8],
        title=title,
        url=url,
        embed_code=frame_code(embed, title) if embed else "",
        picture_code=_picture_code(svg, path, title) if svg else "",
        svg_url=svg,
        feed_url=feed,
        qr=_qr(path),
        cites=tuple(Taken(name, address) for name, address in cites),
    )


def framed(path: str) -> str:
    """The page for frames of a page: ``/en/matrix/?x=1`` has ``/en/embed/matrix/?x=1``."""
    if not in_language(path):
        raise ValueError(path)
    _lead, code, rest = path.split("/", 2)
    return f"/{code}/embed/{rest}"


def frame_code(embed: str, title: str, *, width: str = "100%", height: int = 0) -> str:
    """The element that shows a page for frames on another site."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' style="border:0;max-width:100%" referrerpolicy="no-referrer"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox">'
        "</iframe>",
        whole(embed),
        title,
        width,
        str(height or frame_height(embed)),
    )


def frame_height(embed: str) -> int:
    """The height that mostly needs no scrolling."""
    rest = embed.partition("?")[0].partition("/embed/")[2]
    first, _slash, more = rest.partition("/")
    if first == "entries" and more:
        return ENTRY_HEIGHT
    return FRAME_HEIGHTS.get(first, FRAME_HEIGHT)


def is_path(path: str) -> bool:
    """Whether it is an address on this site, and cannot be read as one on another."""
    away = path.startswith(("//", "/\\"))
    return path.startswith("/") and not away and _BROKEN.search(path) is None


def fits_code(path: str) -> bool:
    """Whether a QR code of an address is one that a phone can read."""
    return len(whole(path).encode()) <= QR_MOST


def whole(path: str) -> str:
    """An address of this site with its host."""
    return f"{settings.BASE_URL}{path}"


def _picture_code(svg: str, path: str, title: str) -> str:
    return format_html('<a href="{}"><img src="{}" alt="{}"></a>', whole(path), whole(svg), title)


def _qr(path: str) -> tuple[Taken, ...]:
    if not fits_code(path):
        return ()
    query = urlencode({"to": path})
    return tuple(
        Taken(name, f"{reverse('qr', args=[form])}?{query}")
        for form, name in (("svg", _("QR code, SVG")), ("png", _("QR code, PNG")))
    )
