"""``stocktaking search query|rebuild``: the same answers as the web's, on the command line."""

import json
from dataclasses import asdict
from typing import Any

import click

from stocktaking.entries.queries import cards
from stocktaking.kernel import languages
from stocktaking.reference.queries import SchemeView, catalogue
from stocktaking.search import operations, queries
from stocktaking.search.rules.values import Answer, Hit, Query

PROBLEMS = {
    "too_long": "only the beginning of the question was used: it is too long",
    "unbalanced_quote": "a quotation mark has no partner",
    "no_words": "the question holds no word; everything is listed",
    "any_word": "nothing holds all of the words; these hold some of them",
    "index_building": "the index is being built",
}
# facets that follow from an entry, besides the framework's own
DERIVED = ("region", "country", "collection", "language")
# facets whose values stand in no scheme, and those that use the terms of another's
LISTED = ("collection", "language", "organisation", "source")
SAME_TERMS = {"from-region": "region", "from-country": "country"}
FEW = 12


@click.group()
def group() -> None:
    """Ask the search index, or build it anew."""


def filters(values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """``action-line=C2`` options as filters; the same facet twice means either value."""
    found: dict[str, list[str]] = {}
    for value in values:
        slug, sign, wanted = value.partition("=")
        if not sign or not slug or not wanted:
            raise click.BadParameter(f"{value!r} is not of the form facet=value")
        scheme = catalogue().scheme(SAME_TERMS.get(slug, slug))
        term = scheme.get(wanted) if scheme else None
        if scheme is None and slug not in LISTED:
            raise click.BadParameter(f"{slug!r} is not a facet")
        if scheme is not None and term is None:
            raise click.BadParameter(f"{wanted!r} is not a value of {slug!r}{_some(scheme)}")
        found.setdefault(slug, []).append(term.code if term else wanted)
    return {slug: tuple(wanted) for slug, wanted in found.items()}


def _some(scheme: SchemeView) -> str:
    codes = [term.code for term in scheme.assignable]
    return f" ({', '.join(codes)})" if len(codes) <= FEW else f" (such as {', '.join(codes[:FEW])})"


@group.command()
@click.argument("text", default="")
@click.option("--filter", "wanted", multiple=True, metavar="FACET=VALUE", help="May be repeated.")
@click.option("--language", type=click.Choice(languages.CODES), default="en", show_default=True)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "title", "start"]),
    default="relevance",
)
@click.option("--year-from", type=int)
@click.option("--year-to", type=int)
@click.option("--page", type=click.IntRange(min=1), default=1)
@click.option("--size", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--facets", "with_facets", is_flag=True, help="Count the values of every facet.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def query(
    text: str, wanted: tuple[str, ...], language: str, with_facets: bool, as_json: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Entries that match TEXT: words, "phrases", -word, prefix*, title: and organisation:."""
    operations.catch_up(wait=5)
    asked = Query(text=text, filters=filters(wanted), **options)
    slugs = tuple(dict.fromkeys([*(s.slug for s in catalogue().facets()), *DERIVED]))
    answer = queries.answer(asked, facets=slugs if with_facets else ())
    titles = _titles(answer, language)
    if as_json:
        click.echo(json.dumps(_as_object(answer, titles), ensure_ascii=False, indent=2))
        return
    _print(answer, titles, asked, language)


@group.command()
def rebuild() -> None:
    """Build the index anew from the database; readers go on with the old one meanwhile."""
    with click.progressbar(length=1, label="Indexing") as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        count = operations.rebuild(progress=progress)
    click.echo(f"indexed {count}")


def _titles(answer: Answer, language: str) -> dict[str, str]:
    numbers = [int(hit.key) for hit in answer.hits]
    return {str(card.number): str(card.title) for card in cards(numbers, language)}


def _as_object(answer: Answer, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "total": answer.total,
        "items": [
            {
                "number": int(hit.key),
                "title": titles.get(hit.key, ""),
                "score": round(hit.score, 3),
                "snippet": [asdict(segment) for segment in hit.snippet],
                "snippet_language": hit.snippet_language,
            }
            for hit in answer.hits
        ],
        "facets": answer.facets,
        "suggestion": answer.suggestion,
        "problems": list(answer.problems),
        "data_version": answer.data_version,
    }


def _print(answer: Answer, titles: dict[str, str], asked: Query, language: str) -> None:
    for problem in answer.problems:
        click.echo(f"note: {PROBLEMS.get(problem, problem)}", err=True)
    first = (asked.page - 1) * asked.size + 1
    for place, hit in enumerate(answer.hits, start=first):
        click.echo(f"{place:4}. {titles.get(hit.key, '')} (/e/{hit.key})")
        if hit.snippet:
            click.echo(f"      {_marked(hit)}")
    if answer.suggestion:
        click.echo(f"did you mean: {answer.suggestion}")
    for slug, counts in answer.facets.items():
        _print_facet(slug, counts, language)
    click.echo(f"found {answer.total}")


def _marked(hit: Hit) -> str:
    return "".join(
        click.style(segment.text, bold=True) if segment.marked else segment.text
        for segment in hit.snippet
    )


def _print_facet(slug: str, counts: dict[str, int], language: str) -> None:
    scheme = catalogue().scheme(slug)
    click.echo(f"{scheme.label(language) if scheme else slug}:")
    for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        term = scheme.get(value) if scheme else None
        click.echo(f"  {count:6}  {value}  {term.short_label(language) if term else ''}".rstrip())
