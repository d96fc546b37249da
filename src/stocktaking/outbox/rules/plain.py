"""The text of a mail for those who read no HTML: what the parser found, written out."""

import textwrap
from collections.abc import Sequence

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode


def plain(tokens: Sequence[Token]) -> str:
    """Paragraphs apart by an empty line, lists with marks, links with their addresses."""
    return _blocks(SyntaxTreeNode(tokens).children)


def _blocks(nodes: Sequence[SyntaxTreeNode], *, apart: str = "\n\n") -> str:
    return apart.join(filter(None, (_block(node) for node in nodes)))


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "bullet_list":
            return _items(node, ["- "] * len(node.children))
        case "ordered_list":
            first = int(node.attrs.get("start", 1))
            return _items(node, [f"{first + place}. " for place in range(len(node.children))])
        case "blockquote":
            return textwrap.indent(_blocks(node.children), "> ", lambda _line: True)
        case "hr":
            return "* * *"
        case "fence" | "code_block":
            return node.content.rstrip("\n")
        case _:
            return "".join(_words(child) for child in node.children)


def _items(node: SyntaxTreeNode, marks: list[str]) -> str:
    items = []
    for mark, item in zip(marks, node.children, strict=True):
        text = _blocks(item.children, apart="\n")
        items.append(mark + textwrap.indent(text, " " * len(mark)).removeprefix(" " * len(mark)))
    return "\n".join(items)


def _words(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "link":
            label = "".join(_words(child) for child in node.children)
            address = str(node.attrs.get("href", "")).removeprefix("mailto:")
            return address if label in ("", address) else f"{label} <{address}>"
        case _:
            return "".join(_words(child) for child in node.children)
