"""The six message catalogues, kept in step with the code; needs no system gettext.

    python scripts/messages.py                   add new strings, set unused ones aside
    python scripts/messages.py --check           list what is missing, untranslated or wrong
    python scripts/messages.py --missing fr      what is untranslated in French, as JSON
    python scripts/messages.py --fill fr FILE    take translations from such a file

A catalogue is ``src/stocktaking/locale/<language>/LC_MESSAGES/django.po``. The English one
stays empty: the English text is the name of each message.
"""

import argparse
import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "stocktaking"
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"], None),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ((1, "c"), 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ((1, "c"), 2, 3)),
}
# The same as in Django's own catalogues, so that the two agree on the form of a number.
PLURALS = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
    " n%100>=11 && n%100<=99 ? 4 : 5;",
    "zh_Hans": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 ||"
    " n%100>14) ? 1 : n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);",
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif%]|\{\w*\}")

Key = tuple[str | None, str]


@dataclass
class Message:
    """A string of the code: its context, its text, its plural, the files it stands in."""

    context: str | None
    id: str
    plural: str | None = None
    files: list[str] = field(default_factory=list)


def strings(source: Path = SOURCE) -> dict[Key, Message]:
    """Every string marked for translation below ``source``, in order of file and line."""
    found: dict[Key, Message] = {}
    for path in sorted(source.rglob("*")):
        if path.suffix not in (".py", ".html", ".txt", ".xml") or "migrations" in path.parts:
            continue
        code = path.read_text()
        if path.suffix != ".py":
            if "{%" not in code:
                continue
            code = as_python(code, path)
        name = path.relative_to(source.parent).as_posix()
        for _, text, _, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            one, plural = (text[0], text[-1]) if isinstance(text, tuple) else (text, None)
            message = found.setdefault((context, one), Message(context, one))
            message.plural = message.plural or plural
            if name not in message.files:
                message.files.append(name)
    return found


def as_python(template: str, path: Path) -> str:
    """The strings of a template as calls of gettext, each on the line of its tag."""
    if not settings.configured:
        settings.configure()
    marked = templatize(template, origin=str(path))
    return "\n".join(line.lstrip() for line in marked.splitlines()) + "\n"


def catalogue_path(language: str, source: Path = SOURCE) -> Path:
    return source / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str, source: Path = SOURCE) -> polib.POFile:
    path = catalogue_path(language, source)
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def update(language: str, messages: dict[Key, Message], source: Path = SOURCE) -> None:
    """Write the catalogue anew: translations stay, unused ones are set aside as obsolete."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in read(language, source)}
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Project-Id-Version": "stocktaking",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for key, message in messages.items():
        catalogue.append(entry_for(message, known.pop(key, None), language))
    for entry in known.values():
        if entry.translated() or entry.obsolete:
            entry.obsolete, entry.occurrences = True, []
            catalogue.append(entry)
    path = catalogue_path(language, source)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def entry_for(message: Message, old: polib.POEntry | None, language: str) -> polib.POEntry:
    """A catalogue's entry for a string, with the translation that was there."""
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.id,
        occurrences=[(name, "") for name in message.files],
    )
    if message.plural is None:
        entry.msgstr = old.msgstr if old else ""
    else:
        entry.msgid_plural = message.plural
        forms = int(PLURALS[language].split("=")[1].split(";")[0])
        kept = old.msgstr_plural if old and old.msgid_plural == message.plural else {}
        entry.msgstr_plural = {form: kept.get(form, "") for form in range(forms)}
    if old and "fuzzy" in old.flags:
        entry.flags.append("fuzzy")
    if any(mark.startswith("%") for mark in PLACEHOLDER.findall(message.id)):
        entry.flags.append("python-format")
    return entry


def problems(language: str, messages: dict[Key, Message], source: Path = SOURCE) -> Iterator[str]:
    """What is wrong with a catalogue, one line each."""
    known = {(e.msgctxt, e.msgid): e for e in read(language, source) if not e.obsolete}
    for key, message in messages.items():
        entry = known.pop(key, None)
        if entry is None or (entry.msgid_plural or None) != message.plural:
            yield f"{language}: not in the catalogue: {message.id!r} ({message.files[0]})"
        elif language != "en" or entry.translated():
            yield from (f"{language}: {problem}" for problem in entry_problems(entry))
    yield from (f"{language}: no longer in the code: {text!r}" for _, text in known)


def entry_problems(entry: polib.POEntry) -> Iterator[str]:
    if not entry.translated():
        yield f"untranslated: {entry.msgid!r}"
        return
    if not entry.msgid_plural:
        if placeholders(entry.msgid) != placeholders(entry.msgstr):
            yield f"placeholders differ: {entry.msgid!r} / {entry.msgstr!r}"
        if edge(entry.msgid) != edge(entry.msgstr):
            yield f"blanks at the edges differ: {entry.msgid!r} / {entry.msgstr!r}"
        return
    wanted = placeholders(entry.msgid_plural)
    last = max(entry.msgstr_plural)
    for form, text in entry.msgstr_plural.items():
        # forms for exactly none, one or two may say the number in words; the last may not
        if placeholders(text) - wanted or (form == last and placeholders(text) != wanted):
            yield f"placeholders differ: {entry.msgid_plural!r} / {text!r}"


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def edge(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def untranslated(language: str) -> list[dict[str, object]]:
    """Entries without a translation; ``text`` is to be filled: one string, or one per form."""
    return [
        {
            "context": entry.msgctxt,
            "id": entry.msgid,
            "plural": entry.msgid_plural or None,
            "files": [name for name, _ in entry.occurrences],
            "text": [""] * len(entry.msgstr_plural) if entry.msgid_plural else "",
        }
        for entry in read(language)
        if not entry.obsolete and not entry.translated()
    ]


def fill(language: str, translations: list[dict[str, object]]) -> int:
    """Take translations into the catalogue; returns how many entries they filled."""
    catalogue = read(language)
    known = {(e.msgctxt, e.msgid): e for e in catalogue if not e.obsolete}
    filled = 0
    for item in translations:
        entry = known.get((item.get("context"), item["id"]))  # type: ignore[arg-type]
        text = item.get("text")
        if entry is None or not text:
            continue
        if isinstance(text, list):
            entry.msgstr_plural = dict(enumerate(text))
        else:
            entry.msgstr = str(text)
        filled += 1
    catalogue.wrapwidth = 100
    catalogue.save(str(catalogue_path(language)))
    return filled


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, list problems")
    parser.add_argument("--missing", metavar="LANGUAGE", choices=PLURALS)
    parser.add_argument("--fill", nargs=2, metavar=("LANGUAGE", "FILE"))
    asked = parser.parse_args()
    if asked.missing:
        json.dump(untranslated(asked.missing), sys.stdout, ensure_ascii=False, indent=1)
        return 0
    if asked.fill:
        language, file = asked.fill
        print(f"{language}: filled {fill(language, json.loads(Path(file).read_text()))}")
        return 0
    messages = strings()
    if asked.check:
        wrong = [line for language in PLURALS for line in problems(language, messages)]
        print("\n".join([*wrong, f"{len(messages)} strings, {len(wrong)} problems"]))
        return 1 if wrong else 0
    for language in PLURALS:
        update(language, messages)
        print(f"{language}: {len(messages)} strings, {len(untranslated(language))} untranslated")
    return 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
