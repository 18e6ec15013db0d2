"""Files for programs: JSON valid by its schema, CSV as described, services valid by CPSV-AP's shapes."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.built import built_sample
from tests.pages.document import Document

from gkdir.export.schemas import SCHEMAS
from gkdir.service.cpsv import CONTEXT

jsonschema = pytest.importorskip("jsonschema")

KINDS = (
    (r"(?:[a-z]+/)?manifest\.json", "manifest"),
    (r"qingyuan/data/search\.json", "search"),
    (r"qingyuan/data/datapackage\.json", "datapackage"),
    (r"qingyuan/data/[a-z_]+\.json", "domain"),
    (r"qingyuan/[a-z_]+/[\d-]+/index\.json", "item"),
)
"""Paths of published files → the name of their schema."""

LANG, DURATION = "rdf:langString", "xsd:duration"
CV, DCT = "http://data.europa.eu/m8g/", "http://purl.org/dc/terms/"
CPSV, ELI = "http://purl.org/vocab/cpsv#", "http://data.europa.eu/eli/ontology#"
SKOS, ORG = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/ns/org#"
SHAPES: Mapping[str, Mapping[str, tuple[int, int | None, str | None]]] = {
    f"{CPSV}PublicService": {
        f"{DCT}identifier": (1, 1, None),
        f"{DCT}title": (1, None, LANG),
        f"{DCT}description": (1, None, LANG),
        f"{DCT}spatial": (0, None, f"{DCT}Location"),
        f"{CV}hasCompetentAuthority": (1, None, f"{CV}PublicOrganisation"),
        f"{CV}hasChannel": (0, None, f"{CV}Channel"),
        f"{CV}hasLegalResource": (0, None, f"{ELI}LegalResource"),
        f"{CV}relatedService": (0, None, f"{CPSV}PublicService"),
        f"{CV}processingTime": (0, 1, DURATION),
        f"{CPSV}hasInput": (0, None, f"{CV}Evidence"),
    },
    f"{CV}PublicOrganisation": {
        f"{SKOS}prefLabel": (1, None, LANG),
        f"{DCT}spatial": (1, None, "http://data.europa.eu/88u/dataset/atu-type"),
    },
    f"{CV}Channel": {
        f"{DCT}identifier": (1, 1, None),
        f"{DCT}description": (0, None, LANG),
        f"{CV}ownedBy": (0, None, f"{ORG}Organization"),
    },
    f"{CV}Evidence": {f"{DCT}identifier": (1, 1, None), f"{DCT}title": (1, None, LANG)},
}
"""The shapes of CPSV-AP 3.2.0 (CC BY 4.0, SEMIC) for the classes and properties that we write.

For each property the least and most occurrences, and its datatype or the class of its target.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_sample(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def county(site: Path) -> Path:
    return site / "qingyuan"


def validator(county: Path, name: str) -> Any:
    schema = json.loads((county / "data" / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_every_json_has_a_schema_and_is_as_it_says(site: Path, county: Path) -> None:
    validators = {name: validator(county, name) for name in SCHEMAS}
    met = dict.fromkeys(SCHEMAS, 0)
    for path in sorted(site.rglob("*.json")):
        name = path.relative_to(site).as_posix()
        if "/data/schema/" in name:
            continue
        kind = next((kind for pattern, kind in KINDS if re.fullmatch(pattern, name)), None)
        assert kind, f"no schema for {name}"
        content = json.loads(path.read_text(encoding="utf-8"))
        met[kind] += 1
        assert [f"{name} {one.json_path}: {one.message}" for one in validators[kind].iter_errors(content)] == []
    assert all(met.values())
    assert met["item"] > 100


def test_a_schema_refuses_what_is_missing_new_or_of_another_kind(county: Path) -> None:
    valid = validator(county, "item")
    whole = json.loads((county / "employment" / "4-1" / "index.json").read_text(encoding="utf-8"))
    for parts in ((), ("item",), ("item", "guide"), ("item", "guide", "materials", 0), ("item", "time_limit")):
        for change in ("missing", "new", "other"):
            spoilt = copy.deepcopy(whole)
            at = spoilt
            for part in parts:
                at = at[part]
            key = next(iter(at))
            if change == "missing":
                del at[key]
            else:
                at["新的" if change == "new" else key] = [7]
            assert not valid.is_valid(spoilt), (parts, change)


def test_an_item_has_the_same_data_alone_and_among_all(county: Path) -> None:
    domain = json.loads((county / "data" / "employment.json").read_text(encoding="utf-8"))
    for item in domain["items"]:
        path = county / item["url"]
        alone = json.loads(path.with_name("index.json").read_text(encoding="utf-8"))
        assert alone["item"] == item
        assert alone["updated"] == domain["updated"]
    link = Document(path.read_text(encoding="utf-8")).all("link", rel="alternate", type="application/json")
    assert [(path.parent / one.attributes["href"]).resolve() for one in link] == [
        path.with_name("index.json").resolve()
    ]


def test_the_package_describes_the_csv_files(county: Path) -> None:
    package = json.loads((county / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["path"] for one in package["resources"]} == {path.name for path in (county / "data").glob("*.csv")}
    for one in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._]+", one["name"])
        content = (county / "data" / one["path"]).read_bytes()
        assert one["bytes"] == len(content)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert rows[0] == [field["name"] for field in one["schema"]["fields"]]
        assert {len(row) for row in rows} == {len(rows[0])}


def test_llms_txt_leads_to_what_there_is(county: Path) -> None:
    text = (county / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# 清源县")
    assert text.splitlines()[2].startswith("> 这是虚构的示例")
    links = re.findall(r"\]\(https://www\.qingyuan\.gov\.cn/zwgk/([^)]+)\)", text)
    assert text.count("](") == len(links) > 100
    assert [link for link in links if not (county / link).is_file()] == []


def test_a_question_is_a_page_of_questions_for_machines(county: Path) -> None:
    for path in (county / "faq").glob("*/index.html"):
        (script,) = Document(path.read_text(encoding="utf-8")).all("script", type="application/ld+json")
        told = json.loads(script.text)
        assert (told["@context"], told["@type"]) == ("https://schema.org", "FAQPage")
        (question,) = told["mainEntity"]
        assert question["name"] in path.read_text(encoding="utf-8")
        assert len(question["acceptedAnswer"]["text"]) > 10
        assert not re.search(r"\]\(|\*\*|<[a-z]", question["acceptedAnswer"]["text"])
        shown = re.sub(r"\s", "", re.sub("<[^>]*>", "", path.read_text(encoding="utf-8").partition("<main")[2]))
        lines = question["acceptedAnswer"]["text"].split("\n")
        assert [line for line in lines if re.sub(r"\s", "", line) not in shown] == []
    for path in (county / "notices").glob("*/index.html"):
        assert "ld+json" not in path.read_text(encoding="utf-8")


Triple = tuple[str, str, Any]


def iri(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return f"{CONTEXT[prefix]}{rest}" if prefix in CONTEXT and not rest.startswith("//") else name


def triples(node: Mapping[str, Any], count: list[int]) -> Iterator[Triple]:
    """The node as an RDF graph, by our own context alone; ``count`` numbers nodes without a name."""
    count[0] += 1
    subject = node.get("@id") or f"_:b{count[0]}"
    for kind in [node["@type"]] if isinstance(node["@type"], str) else node["@type"]:
        yield subject, "a", iri(kind)
    for key, values in node.items():
        if key.startswith("@"):
            continue
        term = CONTEXT[key]
        path = iri(term["@id"] if isinstance(term, dict) else str(term))
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                inner = list(triples(value, count))
                yield subject, path, ("id", inner[0][0])
                yield from inner
            elif isinstance(term, dict) and term.get("@type") == "@id":
                yield subject, path, ("id", value)
            else:
                marks = term if isinstance(term, dict) else {}
                yield subject, path, (LANG if "@language" in marks else marks.get("@type", "xsd:string"), value)


def violations(document: Mapping[str, Any]) -> list[str]:
    """The violations of the shapes."""
    count = [0]
    graph = [each for node in document["@graph"] for each in triples(node, count)]
    return list(_violations(graph))


def _violations(graph: list[Triple]) -> Iterator[str]:
    kinds: dict[str, set[str]] = {}
    said: dict[tuple[str, str], list[Any]] = {}
    for subject, path, value in graph:
        if path == "a":
            kinds.setdefault(subject, set()).add(value)
        else:
            said.setdefault((subject, path), []).append(value)
    for subject, types in kinds.items():
        for kind in types & set(SHAPES):
            for path, (least, most, wanted) in SHAPES[kind].items():
                values = said.get((subject, path), [])
                if len(values) < least or (most is not None and len(values) > most):
                    yield f"{subject} {path}: {len(values)}"
                for form, value in values:
                    fits = wanted is None or (wanted in kinds.get(value, ()) if form == "id" else form == wanted)
                    if not fits:
                        yield f"{subject} {path}: {value} is no {wanted}"


def test_the_services_are_as_the_shapes_of_cpsv_ap_ask(county: Path) -> None:
    document = json.loads((county / "data" / "cpsv-ap.jsonld").read_text(encoding="utf-8"))
    assert document["@context"] == CONTEXT
    assert violations(document) == []
    services = [node for node in document["@graph"] if node["@type"] == "cpsv:PublicService"]
    assert len(services) > 100
    durations = [one["processingTime"] for one in services if "processingTime" in one]
    assert all(re.fullmatch(r"P(?:\d+[DM]|T\d+H)", duration) for duration in durations)
    for key in ("title", "description", "identifier", "competentAuthority"):
        spoilt = copy.deepcopy(document)
        del next(node for node in spoilt["@graph"] if node["@type"] == "cpsv:PublicService")[key]
        assert len(violations(spoilt)) == 1, key
    spoilt = copy.deepcopy(document)
    next(node for node in spoilt["@graph"] if node["@type"] == "cpsv:PublicService")["spatial"] = "nowhere"
    assert len(violations(spoilt)) == 1
