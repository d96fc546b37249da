"""A kind of document for the tests of search, and texts in six languages to search in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import tantivy
from django.db.models import Count

from stocktaking.kernel import clock
from stocktaking.search import operations, queries, registry
from stocktaking.search.models import Change
from stocktaking.search.rules.values import Document, Query, TextPart

KIND = "sample"


def document(
    key: str,
    title: str = "",
    summary: str = "",
    text: str = "",
    *,
    language: str = "en",
    organisation: str = "",
    registered: date = date(2020, 1, 1),
    years: tuple[int, int] = (0, 0),
    confirmed: date | None = None,
    **facets: tuple[str, ...],
) -> Document:
    """A document of the sample kind; underscores in names of facets become hyphens."""
    parts = [
        TextPart("title", language, title),
        TextPart("organisation", "en", organisation),
        TextPart("summary", language, summary),
        TextPart("text", language, text),
    ]
    return Document(
        kind=KIND,
        key=key,
        parts=tuple(part for part in parts if part.text),
        facets={slug.replace("_", "-"): values for slug, values in facets.items()},
        registered=registered.toordinal(),
        year_from=years[0],
        year_to=years[1],
        confirmed=confirmed.toordinal() if confirmed else 0,
        sort_title=title,
    )


@dataclass
class Shelf:
    """A provider whose documents a test puts there itself."""

    kind: str = KIND
    held: dict[str, Document] = field(default_factory=dict)

    def keys(self) -> Iterator[str]:
        return iter(list(self.held))

    def documents(self, keys: Sequence[str]) -> list[Document]:
        return [self.held[key] for key in keys if key in self.held]

    def put(self, *documents: Document) -> None:
        """Put documents there and say so in the change log."""
        self.held.update({document.key: document for document in documents})
        operations.note_change(
            kind=self.kind, keys=[document.key for document in documents], at=clock.now()
        )

    def take(self, *keys: str) -> None:
        for key in keys:
            del self.held[key]
        operations.note_change(kind=self.kind, keys=keys, at=clock.now())

    def index(self, *documents: Document) -> None:
        """Put documents there and bring the index up to date."""
        self.put(*documents)
        operations.catch_up()


def shelf_in_registry() -> Iterator[Shelf]:
    """A shelf that is the only provider; use it as ``yield from`` in a fixture."""
    before = dict(registry._providers)
    registry._providers.clear()
    shelf = Shelf()
    registry.provide(shelf)
    yield shelf
    registry._providers.clear()
    registry._providers.update(before)


def asking(text: str = "", **values: object) -> Query:
    return Query(text=text, kind=KIND, **values)  # type: ignore[arg-type]


SIX_LANGUAGES = (
    document(
        "1",
        "Telemedicina para comunidades rurales de los Andes",
        "Médicos de la capital atienden por video a pacientes de aldeas lejanas.",
        "Las consultas a distancia ahorran viajes largos. La educación sanitaria acompaña cada"
        " visita, y las enfermeras aprenden a usar los equipos.",
        language="es",
    ),
    document(
        "2",
        "Télémédecine dans les villages isolés",
        "Des infirmiers consultent des spécialistes grâce à une liaison par satellite.",
        "L'éducation à la santé et l’accès aux soins progressent ensemble.",
        language="fr",
    ),
    document(
        "3",
        "Телемедицина и образование на Севере",
        "Врачи консультируют пациентов из отдалённых посёлков.",
        "Цифровые услуги для школ и больниц; обучение учителей проходит дистанционно.",
        language="ru",
    ),
    document(
        "4",
        "منصة التعليم عن بعد للمدارس الريفية",
        "دروس رقمية لتلاميذ القرى البعيدة.",
        "تدعم الوزارة تعليم الفتيات وتدريب المعلمين على استخدام الحاسوب.",
        language="ar",
    ),
    document(
        "5",
        "农村学校远程教育平台",
        "为偏远地区的学生提供数字课程。",
        "教师通过网络培训提高技能，扶贫项目同时改善卫生服务。",
        language="zh",
    ),
    document(
        "6",
        "Smart agriculture for smallholders",
        "Farmers receive weather and market prices by text message.",
        "Agricultural advisers answer questions; e-health tips follow. It serves action line C7"
        " and SDG 4. The women's cooperative runs it.",
        language="en",
        organisation="Ministry of Rural Development",
    ),
)


class Logbook:
    """A provider for tests with several processes: what a document says follows from the rows
    of the change log alone. Each fourth change of a key removes its document."""

    kind = "logbook"

    def keys(self) -> Iterator[str]:
        held = Change.objects.filter(kind=self.kind).values_list("key", flat=True)
        return iter(sorted(set(held)))

    def documents(self, keys: Sequence[str]) -> list[Document]:
        rows = Change.objects.filter(kind=self.kind, key__in=keys).values("key")
        counts = {row["key"]: row["times"] for row in rows.annotate(times=Count("id")).order_by()}
        return [
            Document(
                kind=self.kind,
                key=key,
                parts=(TextPart("title", "en", f"Place {key} changed x{times}"),),
                facets={"times": (str(times),)},
            )
            for key, times in counts.items()
            if times % 4
        ]


def contents() -> dict[str, str]:
    """Everything in this node's index: keys and stored texts."""
    now = queries.answers.snapshot()
    if now is None:
        return {}
    hits = now.searcher.search(tantivy.Query.exists_query("sort_title"), 100_000).hits
    documents = (now.searcher.doc(address) for _, address in hits)
    return {document["key"][0]: "\n".join(document["source"]) for document in documents}
