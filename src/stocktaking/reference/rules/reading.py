"""From a folder to a framework: the shape of each file. What files say of each other is in
``checking``; the layout is told in ``frameworks/README.md``."""

import json
from pathlib import Path

from stocktaking.reference.rules.checking import check
from stocktaking.reference.rules.framework import (
    CrosswalkFile,
    Fault,
    Framework,
    LinkFile,
    MembershipFile,
    SchemeFile,
    TermFile,
    Texts,
)
from stocktaking.reference.rules.node import LANGUAGE, SLUG, UNCLEAN, Node, open_file

FORMAT = 1
TITLE, SHORT, SOURCE, RATIONALE = 500, 120, 1000, 5000
STATUSES = ("official", "unofficial")
FOLDERS = ("schemes", "memberships", "crosswalks")
# Parameters that an address of the register has besides the facets.
RESERVED = frozenset(
    {"q", "sort", "page", "view", "format", "language", "collection", "prize", "edition"}
    | {"organisation", "source", "year-from", "year-to", "registered-from", "registered-to"}
    | {"from-region", "from-country", "freshness", "confirmed-from", "confirmed-to"}
)
Known = dict[str, frozenset[str]]  # codes of terms by slug of scheme


def read(folder: Path, known: Known | None = None) -> tuple[Framework | None, list[Fault]]:
    """Read and check a folder: the framework, or None and everything that is wrong with it.

    ``known`` holds the schemes that are loaded already; the ones named under ``uses`` may be
    referred to. A framework is returned only where there is no fault.
    """
    faults: list[Fault] = []
    if not folder.is_dir():
        return None, [Fault("folder_missing", str(folder))]
    top = open_file(folder, "framework.json", faults)
    if top is None:
        return None, faults
    names = {name: _names(top, name, required=name == "schemes") for name in FOLDERS}
    uses = _uses(top, known or {})
    languages = _top(top)
    _unlisted(folder, names, faults)
    framework = Framework(
        slug=top.slug("slug"),
        version=top.text("version", most=40),
        title=top.texts("title", languages, most=TITLE, required=True),
        languages=languages,
        schemes=tuple(
            _scheme(node, order, languages)
            for order, node in enumerate(_open(folder, "schemes", names, faults), 1)
        ),
        memberships=tuple(
            one
            for node in _open(folder, "memberships", names, faults)
            for one in _memberships(node)
        ),
        crosswalks=tuple(
            _crosswalk(node, languages) for node in _open(folder, "crosswalks", names, faults)
        ),
    )
    if not faults:
        faults.extend(check(framework, uses))
    return (None if faults else framework), faults


def _top(top: Node) -> tuple[str, ...]:
    """Check what stands in framework.json; the languages that it promises."""
    top.allow("format", "slug", "version", "title", "languages", "uses", *FOLDERS)
    if top.get("format", int, ...) != FORMAT:
        top.fault("format_unknown", "format", known=FORMAT)
    languages = top.strings("languages", default=...)
    for index, language in enumerate(languages):
        if not LANGUAGE.fullmatch(language):
            top.fault("language_unknown", f"languages[{index}]", languages="ar, en, pt-BR ...")
    return languages


def _uses(top: Node, known: Known) -> Known:
    """The schemes of other frameworks that this one refers to."""
    wanted = top.strings("uses")
    for index, slug in enumerate(wanted):
        if slug not in known:
            top.fault("scheme_unknown", f"uses[{index}]", scheme=slug)
    return {slug: known[slug] for slug in wanted if slug in known}


def _names(top: Node, key: str, *, required: bool) -> list[str]:
    """The names of files that a list of framework.json gives, each once and harmless."""
    found: list[str] = []
    for index, name in enumerate(top.strings(key, default=... if required else ())):
        if not SLUG.fullmatch(name):
            top.fault("slug_malformed", f"{key}[{index}]", value=name)
        elif name in found:
            top.fault("listed_twice", f"{key}[{index}]", name=name)
        else:
            found.append(name)
    return found


def _open(folder: Path, kind: str, names: dict[str, list[str]], faults: list[Fault]) -> list[Node]:
    nodes = (open_file(folder, f"{kind}/{name}.json", faults) for name in names[kind])
    return [node for node in nodes if node is not None]


def _unlisted(folder: Path, names: dict[str, list[str]], faults: list[Fault]) -> None:
    for kind in FOLDERS:
        for path in sorted((folder / kind).glob("*.json")):
            if path.stem not in names[kind]:
                faults.append(Fault("file_unlisted", f"{kind}/{path.name}"))


def _named(node: Node, *, most: int = 40) -> str:
    """The slug of a file, which is its name too."""
    slug = node.slug("slug", most=most)
    if slug and slug != Path(node.file).stem:
        node.fault("slug_mismatch", "slug", slug=slug)
    return slug


def _scheme(node: Node, order: int, languages: tuple[str, ...]) -> SchemeFile:
    flags = ("facet", "direct", "many", "noted", "hierarchical_display")
    node.allow("slug", "noun", "title", "plural", "retired_on", "sources", "terms", *flags)
    slug = _named(node)
    if slug in RESERVED:
        node.fault("slug_reserved", "slug", slug=slug)
    return SchemeFile(
        slug=slug,
        order=order,
        noun=node.text("noun", most=40),
        title=node.texts("title", languages, most=TITLE, required=True),
        plural=node.texts("plural", languages, most=TITLE),
        facet=node.flag("facet", True),
        direct=node.flag("direct", True),
        many=node.flag("many", True),
        noted=node.flag("noted", False),
        hierarchical_display=node.flag("hierarchical_display", False),
        retired_on=node.date("retired_on"),
        sources=node.strings("sources"),
        terms=tuple(
            _term(one, place, languages) for place, one in enumerate(node.items("terms"), 1)
        ),
    )


def _term(node: Node, order: int, languages: tuple[str, ...]) -> TermFile:
    texts = ("title", "short", "title_status", "title_source")
    node.allow("code", "parent", "assignable", "colour", "facts", "valid_from", "valid_to", *texts)
    start, end = node.period("valid_from", "valid_to")
    return TermFile(
        code=node.code("code"),
        order=order,
        parent=node.code("parent", None) if "parent" in node.value else None,
        assignable=node.flag("assignable", True),
        title=node.texts("title", languages, most=TITLE, required=True),
        short=node.texts("short", languages, most=SHORT),
        title_status=_status(node, languages),
        title_source=node.texts("title_source", languages, most=SOURCE),
        colour=node.colour("colour"),
        facts=_facts(node),
        valid_from=start,
        valid_to=end,
    )


def _status(node: Node, languages: tuple[str, ...]) -> Texts:
    """Official or unofficial per language; one word stands for all languages."""
    given = node.value.get("title_status", "unofficial")
    if isinstance(given, str):
        if given not in STATUSES:
            node.fault("status_unknown", "title_status", value=given)
        return dict.fromkeys(languages, given)
    found = node.texts("title_status", languages, most=40)
    for language, value in found.items():
        if value not in STATUSES:
            node.fault("status_unknown", f"title_status.{language}", value=value)
    return found


def _facts(node: Node) -> dict[str, object]:
    facts: dict[str, object] = node.get("facts", dict, {})
    # written without escapes, so that a forbidden character shows wherever it stands
    if UNCLEAN.search(json.dumps(facts, ensure_ascii=False).replace("\\u0000", "\x00")):
        node.fault("text_unclean", "facts")
    return facts


def _memberships(node: Node) -> list[MembershipFile]:
    node.allow("groups", "members", "sources", "memberships")
    groups, members = node.slug("groups"), node.slug("members")
    node.strings("sources")
    found = []
    for one in node.items("memberships"):
        one.allow("group", "member", "from", "to", "basis", "remark")
        start, end = one.period("from", "to")
        found.append(
            MembershipFile(
                group=(groups, one.code("group")),
                member=(members, one.code("member")),
                valid_from=start,
                valid_to=end,
                basis=one.text("basis", most=20),
                remark=one.text("remark", most=SOURCE),
                file=one.file,
                path=one.path,
            )
        )
    return found


def _crosswalk(node: Node, languages: tuple[str, ...]) -> CrosswalkFile:
    node.allow("slug", "title", "rows", "columns", "primary", "year", "sources", "links")
    return CrosswalkFile(
        slug=_named(node, most=60),
        title=node.texts("title", languages, most=TITLE, required=True),
        rows=node.slug("rows"),
        columns=node.slug("columns"),
        primary=node.flag("primary", False),
        year=node.number("year", least=1000, most=9999),
        sources=node.strings("sources"),
        links=tuple(_link(one, languages) for one in node.items("links")),
    )


def _link(node: Node, languages: tuple[str, ...]) -> LinkFile:
    node.allow("row", "column", "targets", "rationale", "note")
    return LinkFile(
        row=node.code("row"),
        column=node.code("column"),
        targets=node.strings("targets", most=40),
        rationale=node.texts("rationale", languages, most=RATIONALE),
        note=node.text("note", most=RATIONALE),
    )
