"""An entry as schema.org JSON-LD.

The page is an ``ItemPage``: language, licence, dates, subjects and coverage are properties of a
creative work. What it is about, the undertaking itself, is a ``Project``.
"""

from typing import Any

from django.utils.translation import gettext as _

from stocktaking.entries.queries.views import EntryPage, OrganisationRef
from stocktaking.entries.states import LinkKind, PartnerRole
from stocktaking.reference.queries import TermView, catalogue

Json = dict[str, Any]
_SPDX = "https://spdx.org/licenses/"


def linked_data(page: EntryPage, base_url: str) -> Json:
    """A JSON-LD object; ``base_url`` is the site's address without a slash at its end."""
    card = page.card
    address = f"{base_url}/e/{card.number}"
    countries = [mark.term for mark in card.of("country")]
    licence = page.licence or (page.source.licence if page.source else "")
    return _stated(
        {
            "@context": "https://schema.org",
            "@type": "ItemPage",
            "@id": address,
            "url": address,
            "name": card.title.text,
            "description": card.summary.text,
            "inLanguage": card.title.language,
            "datePublished": page.published_at.date().isoformat() if page.published_at else None,
            "dateModified": card.changed_at.date().isoformat(),
            "version": page.version,
            "identifier": [
                _identifier(system, value, url) for system, value, url in page.identifiers
            ],
            "license": f"{_SPDX}{licence}.html" if licence else None,
            "creditText": page.attribution or (page.source.attribution if page.source else ""),
            "provider": _organisation(card.organisation, base_url),
            "about": [
                _term(mark.term)
                for scheme, marks in card.marks.items()
                if scheme != "country"
                for mark in marks
            ],
            "spatialCoverage": _places(countries, card.worldwide),
            "temporalCoverage": _span(page),
            "citation": [
                link.url or link.label for link in page.links if link.kind == LinkKind.SOURCE
            ],
            "image": [base_url + image.renditions[-1][2] for image in page.images],
            "workTranslation": [
                {"@type": "CreativeWork", "inLanguage": code, "name": said.text}
                for code, said in page.title_in.items()
                if code != card.title.language
            ],
            "mainEntity": _project(page, address, base_url, countries),
        }
    )


def _project(page: EntryPage, address: str, base_url: str, countries: list[TermView]) -> Json:
    card = page.card
    by_role: dict[bool, list[Json]] = {True: [], False: []}
    for partner in page.partners:
        body = _organisation(partner.organisation, base_url)
        by_role[partner.role == PartnerRole.FUNDER].append(
            body or {"@type": "Organization", "name": partner.name}
        )
    return _stated(
        {
            "@type": "Project",
            "@id": f"{address}#project",
            "name": card.title.text,
            "description": card.summary.text,
            "url": page.website,
            "foundingDate": str(card.starts or ""),
            "dissolutionDate": str(card.ends or ""),
            "areaServed": _places(countries, card.worldwide),
            "parentOrganization": _organisation(card.organisation, base_url),
            "member": by_role[False],
            "funder": by_role[True],
        }
    )


def _organisation(ref: OrganisationRef | None, base_url: str) -> Json | None:
    if ref is None or ref.unknown:
        return None
    country = {"@type": "Country", "identifier": ref.country.code} if ref.country else None
    return _stated(
        {
            "@type": "Organization",
            "@id": f"{base_url}/organisations/{ref.number}",
            "name": ref.name,
            "location": country,
        }
    )


def _term(term: TermView) -> Json:
    scheme = catalogue().scheme(term.scheme)
    return {
        "@type": "DefinedTerm",
        "termCode": term.code,
        "name": term.label(),
        "inDefinedTermSet": _stated(
            {"@type": "DefinedTermSet", "name": scheme.label() if scheme else term.scheme}
        ),
    }


def _places(countries: list[TermView], worldwide: bool) -> list[Json]:
    places = [
        {"@type": "Country", "identifier": country.code, "name": country.label()}
        for country in countries
    ]
    return [*places, {"@type": "Place", "name": _("Worldwide")}] if worldwide else places


def _identifier(system: str, value: str, url: str) -> Json:
    return _stated({"@type": "PropertyValue", "propertyID": system, "value": value, "url": url})


def _span(page: EntryPage) -> str:
    """ISO 8601 interval; ``..`` where an end is not known."""
    starts, ends = page.card.starts, page.card.ends
    if not starts and not ends:
        return ""
    return f"{starts or '..'}/{ends or '..'}"


def _stated(stated: Json) -> Json:
    return {name: value for name, value in stated.items() if value not in (None, "", [])}
