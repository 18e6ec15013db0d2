"""A Site → its items as CPSV-AP 3.2 public services in JSON-LD; unknown properties are left out.

All mandatory classes and properties are present, optional ones where the guides give them. Properties with a code list
of the European Union are left out, because Chinese terms have no codes there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from gkdir.model.county import Organisation
from gkdir.service.address import ABOUT, HOME
from gkdir.service.service import Service
from gkdir.service.site import Site
from gkdir.service.structured import PERIODS

Node = Mapping[str, object]

_UNIT = "http://data.europa.eu/88u/dataset/atu-type"
"""The class of administrative territorial units in the SHACL shapes of the profile."""
_ZH = "zh-Hans"

CONTEXT: Mapping[str, object] = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "identifier": "dct:identifier",
    "title": {"@id": "dct:title", "@language": _ZH},
    "description": {"@id": "dct:description", "@language": _ZH},
    "name": {"@id": "skos:prefLabel", "@language": _ZH},
    "spatial": {"@id": "dct:spatial", "@type": "@id"},
    "page": {"@id": "foaf:page", "@type": "@id"},
    "competentAuthority": {"@id": "cv:hasCompetentAuthority", "@type": "@id"},
    "channel": {"@id": "cv:hasChannel"},
    "ownedBy": {"@id": "cv:ownedBy", "@type": "@id"},
    "input": {"@id": "cpsv:hasInput"},
    "legalResource": {"@id": "cv:hasLegalResource"},
    "related": {"@id": "cv:relatedService", "@type": "@id"},
    "processingTime": {"@id": "cv:processingTime", "@type": "xsd:duration"},
}


def services(site: Site) -> Node:
    """The document; its addresses are absolute if the county's is known, else relative to the document's folder."""
    base = site.base or "../"
    overlay = site.catalog.overlay
    area = f"{base}{HOME}#area"
    unit = {"@id": area, "@type": ["dct:Location", _UNIT], "identifier": overlay.code, "title": overlay.name}
    government = {
        "@id": f"{base}{ABOUT}#publisher",
        "@type": ["cv:PublicOrganisation", "org:Organization"],
        "identifier": overlay.code,
        "name": overlay.website.organiser or overlay.name,
        "spatial": area,
    }
    described = [_service(site, service, base) for service in site.services.values()]
    used = {
        office.key: office for service in site.services.values() for office in (*service.offices, *_counters(service))
    }
    offices = [_office(office, overlay.code, base) for office in used.values()]
    return {"@context": CONTEXT, "@graph": [unit, government, *offices, *described]}


def _service(site: Site, service: Service, base: str) -> Node:
    item, guide = service.item, service.own
    ids = [_office_id(office, base) for office in service.offices] or [f"{base}{ABOUT}#publisher"]
    known = site.services
    related = [_id(known[other], base) for other in (guide.related if guide else None) or () if other in known]
    node: Node = {
        "@id": _id(service, base),
        "@type": "cpsv:PublicService",
        "identifier": item.id,
        "title": service.title,
        "description": service.summary or item.name,
        "page": base + quote(service.path),
        "competentAuthority": ids,
        "spatial": f"{base}{HOME}#area",
        "processingTime": _duration(service),
        "channel": list(_channels(service, base)),
        "input": [
            {"@type": "cv:Evidence", "identifier": f"{item.id}/材料{number}", "title": material.name}
            for number, material in enumerate(service.materials or (), 1)
        ],
        "legalResource": [{"@type": "eli:LegalResource", "title": basis.text} for basis in item.basis],
        "related": related,
    }
    return {key: value for key, value in node.items() if value not in (None, [])}


def _counters(service: Service) -> tuple[Organisation, ...]:
    """The offices with a counter for the service, each once."""
    ways = service.guide.ways if service.guide else None
    return tuple(dict.fromkeys(way.office for way in ways or () if way.office)) or service.offices


def _channels(service: Service, base: str) -> Iterator[Node]:
    number = 0
    for office in _counters(service):
        number += 1
        where = f"{office.name}{f'，{office.address}' if office.address else ''}"
        yield {**_channel(service, number, where), "ownedBy": _office_id(office, base)}
    for way in service.online:
        number += 1
        yield {**_channel(service, number, f"{way.kind}办理"), "page": way.url or ""}


def _channel(service: Service, number: int, description: str) -> Node:
    return {"@type": "cv:Channel", "identifier": f"{service.item.id}/途径{number}", "description": description}


def _office(office: Organisation, code: str, base: str) -> Node:
    return {
        "@id": _office_id(office, base),
        "@type": ["cv:PublicOrganisation", "org:Organization"],
        "identifier": f"{code}/{office.key}",
        "name": office.name,
        "spatial": f"{base}{HOME}#area",
    }


def _office_id(office: Organisation, base: str) -> str:
    return f"{base}{ABOUT}#{quote(office.key)}"


def _id(service: Service, base: str) -> str:
    return f"{base}{quote(service.path)}#service"


def _duration(service: Service) -> str | None:
    """The limit in ISO 8601; ``None`` for working days, which ISO 8601 lacks."""
    limit = service.limit
    if limit is not None and limit.kind == "within" and limit.count is not None and limit.unit in PERIODS:
        return PERIODS[limit.unit].format(limit.count)
    return None
