"""The HTML of a mail around its content: one column, no image, nothing loaded from anywhere."""

from html import escape

_STYLE = (
    "body{margin:0;padding:24px 16px;background:#fff;color:#1b1f24;"
    "font:16px/1.6 system-ui,-apple-system,'Segoe UI','Noto Sans',Arial,sans-serif}"
    ".mail{max-width:36em;margin:0 auto}a{color:#0b4f8a}h2{font-size:1.25em;line-height:1.3}"
    "blockquote{margin:1em 0;padding-inline-start:1em;border-inline-start:3px solid #c9ced6}"
    "hr{border:0;border-top:1px solid #c9ced6;margin:2em 0 1em}hr~p{font-size:14px;color:#4a5563}"
    "@media(prefers-color-scheme:dark){body{background:#14181d;color:#e6e9ee}a{color:#8ec2f2}"
    "hr~p{color:#aab4c0}}"
)


def document(*, content: str, subject: str, language: str, direction: str) -> str:
    """The whole document; ``content`` is cleaned HTML, the rest are plain words."""
    # the direction stands twice: some mail programs take the body's content alone
    marks = f'lang="{escape(language)}" dir="{escape(direction)}"'
    return (
        f'<!doctype html>\n<html {marks}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(subject)}</title><style>{_STYLE}</style></head>\n"
        f'<body><div class="mail" {marks}>\n{content}</div></body></html>\n'
    )
