"""The readable part of an entry's address."""

import unicodedata

SLUG_MAX = 80
_KEPT = ("L", "N", "M")  # letters, digits and the marks that belong to letters


def slug_of(title: str, *, otherwise: str = "entry") -> str:
    """A slug in the title's own script: lower case, words joined by hyphens, 80 characters.

    Never empty: a title without letters or digits gives ``otherwise``.
    """
    folded = unicodedata.normalize("NFKC", title).lower()
    spaced = "".join(c if unicodedata.category(c)[0] in _KEPT else " " for c in folded)
    slug = ""
    for word in spaced.split():
        longer = f"{slug}-{word}" if slug else word[:SLUG_MAX]
        if len(longer) > SLUG_MAX:
            break
        slug = longer
    return slug or otherwise
