"""The JSON files that are published → their JSON Schemas (draft 2020-12), published in ``data/schema/``.

Every key that is written is declared here; no other is allowed, so that a new one cannot be forgotten (tests/pages/).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from gkdir.export.data import OTHERWISE_EXPORTED
from gkdir.model.declared import declared
from gkdir.model.guide import Guide
from gkdir.read.schema.document import DIALECT

Schema = Mapping[str, object]

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_DAY_OR_NULL: Schema = {"type": ["string", "null"], "format": "date"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_TEXTS_OR_NULL: Schema = {"type": ["array", "null"], "items": _TEXT}
_NAMED_TEXTS: Schema = {"type": "object", "additionalProperties": _TEXT}
_DIGEST: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _object(keys: Mapping[str, Schema], *, optional: Sequence[str] = (), **more: object) -> Schema:
    required = [key for key in keys if key not in optional]
    return {"type": "object", "properties": keys, "required": required, "additionalProperties": False, **more}


def _several(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [{"type": "null"}, schema]}


_LIMIT = _object(
    {
        "text": _TEXT,
        "kind": {"enum": ["within", "immediate", "standing", "periodic", "vague", "compound", "unknown"]},
        "count": {"type": "integer"},
        "unit": {"enum": ["workday", "day", "month", "hour"]},
        "from": _TEXT,
        "period": _TEXT,
        "by": _TEXT,
        "statutory": {"$ref": "#/$defs/limit"},
        "parts": _several({"$ref": "#/$defs/limit"}),
    },
    optional=("count", "unit", "from", "period", "by", "statutory", "parts"),
)
_MATERIAL = _object(
    {"name": _TEXT}
    | dict.fromkeys(("form", "original", "copies", "medium", "source", "necessity", "note", "ground"), _TEXT_OR_NULL)
)
_STEP = _object({"name": _TEXT, "text": _TEXT_OR_NULL, "limit": _TEXT_OR_NULL, "office": _TEXT_OR_NULL})
_WAY = _object({"kind": _TEXT, "target": _TEXT})
_FORM = _object({"name": _TEXT, "title": _TEXT, "url": _TEXT})
_PLAIN: Mapping[object, Schema] = {str: _TEXT_OR_NULL, tuple[str, ...]: _TEXTS_OR_NULL}
"""Types of a guide's elements that are exported unchanged → their schemas."""
_GUIDE = _object(
    {
        one.field: _PLAIN[one.kind]
        for one in declared(Guide)
        if one.kind in _PLAIN and one.default is None and one.field not in OTHERWISE_EXPORTED
    }
    | dict.fromkeys(("statutory_limit", "promised_limit", "fee"), _TEXT_OR_NULL)
    | dict.fromkeys(("offices", "related"), _TEXTS_OR_NULL)
    | dict.fromkeys(("further", "without", "pending"), _NAMED_TEXTS)
    | {
        "materials": {"type": ["array", "null"], "items": _MATERIAL},
        "steps": {"type": ["array", "null"], "items": _STEP},
        "ways": {"type": ["array", "null"], "items": _WAY},
        "checked": _DAY_OR_NULL,
        "sources": {"type": ["array", "null"], "items": {"type": "object"}},
        "sections": _several(_object({"title": _TEXT, "markdown": _TEXT})),
        "files": _several(_object({"name": _TEXT, "target": _TEXT, "url": _TEXT, "size": {"type": "integer"}})),
    }
)
_ITEM = _object(
    dict.fromkeys(("number", "level3", "audience_detail"), _TEXT_OR_NULL)
    | dict.fromkeys(("level1", "level2", "id", "url"), _TEXT)
    | dict.fromkeys(("content", "basis", "publisher", "channels", "audience", "mode"), _TEXTS)
    | {
        "time_limit": {"$ref": "#/$defs/limit"},
        "levels": _TEXTS_OR_NULL,
        "extra": _NAMED_TEXTS,
        "guide": _or_null(_GUIDE),
        "forms": _several(_FORM),
    }
)
_HEAD: Mapping[str, Schema] = {"county": _TEXT, "name": _TEXT, "domain": _TEXT, "updated": _DAY_OR_NULL}
_DEFS = {"limit": _LIMIT}
_OFFICE = _object({"name": _TEXT, "address": _TEXT_OR_NULL, "phone": _TEXT_OR_NULL, "hours": _TEXT_OR_NULL})
_LINE = _object({"title": _TEXT, "url": _TEXT, "note": _TEXT})
_SEARCH_RECORD = _object(
    dict.fromkeys(("id", "url", "title", "official", "category"), _TEXT)
    | dict.fromkeys(("summary", "now", "consult", "omitted"), _TEXT_OR_NULL)
    | {"words": {}, "bring": {}, "offices": _several(_OFFICE)}
)
_FIELD = _object({"name": _TEXT, "type": {"const": "string"}})
_RESOURCE = _object(
    dict.fromkeys(("name", "title", "path", "profile", "format", "mediatype", "encoding"), _TEXT)
    | {"bytes": {"type": "integer"}, "schema": _object({"fields": _several(_FIELD)})}
)

SCHEMAS: Mapping[str, Schema] = {
    "domain": {
        "title": "一个领域的目录：data/领域.json",
        **_object({**_HEAD, "items": _several(_ITEM)}),
        "$defs": _DEFS,
    },
    "item": {"title": "一个事项：事项网页旁边的 index.json", **_object({**_HEAD, "item": _ITEM}), "$defs": _DEFS},
    "search": {
        "title": "搜索框知道的一切：data/search.json",
        **_object(
            {"county": _TEXT, "name": _TEXT, "items": _several(_SEARCH_RECORD), "groups": {"type": "array"}}
            | {"places": _several(_object({"name": _TEXT, "url": _TEXT}))}
            | dict.fromkeys(("questions", "articles", "policies"), _several(_LINE))
            | {"ways": _several(_object({"title": _TEXT, "url": _TEXT, "note": _TEXT, "items": _TEXTS}))}
        ),
    },
    "manifest": {
        "title": "清单：manifest.json",
        **_object(
            {
                "generator": {"const": "gkdir"},
                "about": _NAMED_TEXTS,
                "files": {"type": "object", "additionalProperties": _DIGEST},
                "counties": {"type": "object", "additionalProperties": _DIGEST},
            },
            optional=("counties",),
        ),
    },
    "datapackage": {
        "title": "csv 的说明（Frictionless Data Package）：data/datapackage.json",
        **_object(
            dict.fromkeys(("profile", "name", "title", "description"), _TEXT) | {"resources": _several(_RESOURCE)}
        ),
    },
}
"""Name → the schema of files of that kind."""


@lru_cache(maxsize=1)
def schema_files() -> Mapping[str, bytes]:
    """The bytes of each schema, by its name."""
    return {
        name: (json.dumps({"$schema": DIALECT, **schema}, ensure_ascii=False, indent=1) + "\n").encode()
        for name, schema in SCHEMAS.items()
    }
