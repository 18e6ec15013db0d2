"""A kind of file → its JSON Schema, for editors: titles and descriptions in Chinese, keys as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec import Struct

from gkdir.model.allowance import SharedAllowances
from gkdir.model.amendment import Amendments
from gkdir.model.article import Article
from gkdir.model.benefits import BenefitRules
from gkdir.model.declared import ByKind, ByMonths, ByName, DeclaredKey, declared, internal
from gkdir.model.english import Glossary
from gkdir.model.guide import Form, Guide
from gkdir.model.navigation import Navigation
from gkdir.model.reference import Law, Phrase, Words, YearDays
from gkdir.model.scoring import ScoreSheet
from gkdir.model.synonyms import Synonyms
from gkdir.model.traditional import Traditional
from gkdir.read.schema.layer import CountyPart, TownPart
from gkdir.read.schema.validate import by_kind
from gkdir.read.schema.values import STRINGS, TYPES, Schema, as_mark, described
from gkdir.read.wizard import WrittenQuestions

DIALECT = "https://json-schema.org/draft/2020-12/schema"

SHAPES: Mapping[str, tuple[Any, str]] = {
    "county": (CountyPart, "县的目录 county.yaml，以及上级的目录"),
    "town": (TownPart, "乡镇、村的目录 towns/*.yaml"),
    "guide": (Guide, "办事指南开头两行“---”之间的部分"),
    "form": (Form, "表格 forms/*.yaml"),
    "article": (Article, "栏目文章 pages/*/*.md 开头两行“---”之间的部分"),
    "words": (Synonyms, "日常说法 words.yaml，搜索用"),
    "changes": (Amendments, "更新记录 changes.yaml"),
    "en": (Glossary, "英文页面 national/en.yaml"),
    "hant": (Traditional, "繁体页面 hant.yaml：要不要，哪些词自动转换会错"),
    "ways": (Navigation, "入口 ways.yaml：一件事、人群，全国的和县的写法一样"),
    "allowances": (SharedAllowances, "项目的 national/allowances.yaml：各县共用的文件里，说明了理由的问题"),
    "laws": (tuple[Law, ...], "全国的或者项目自己的 laws.yaml：法律、文件和它们的状态"),
    "vocabulary": (Words, "全国的或者项目自己的 vocabulary.yaml：核对时用的词表"),
    "wording": (tuple[Phrase, ...], "不该出现的写法 wording.yaml，全国的和县的写法一样"),
    "workdays": (Mapping[str, YearDays], "全国的或者项目自己的 workdays.yaml：节假日和调休，键是年份"),
    "reckoning": (BenefitRules, "全国的或者项目自己的 reckoning.yaml：“算一算”用的参数"),
    "scoring": (ScoreSheet, "项目自己的 national/评分.yaml：gkdir report 按它给各县评分"),
    "wizard": (WrittenQuestions, "全国的 wizard.yaml：“我能办什么”的问题和回答"),
}
"""Kind → its shape, and a description of its files."""


def json_schema(kind: str) -> Schema:
    """The JSON Schema (draft 2020-12) of files of that kind."""
    shape, about = SHAPES[kind]
    shapes: dict[str, Schema] = {}
    whole = _mapping(shape, shapes) if isinstance(shape, type) and issubclass(shape, Struct) else _value(shape, shapes)
    schema = {"$schema": DIALECT, **whole, "description": about}
    return {**schema, "$defs": shapes} if shapes else schema


def _mapping(shape: type[Struct], shapes: dict[str, Schema]) -> Schema:
    """The schema of a shape; the schemas of nested shapes are added to ``shapes``."""
    keys = declared(shape)
    properties = {one.key.name: _key(one, shapes) for one in keys}
    properties |= {key.name: described(key, TYPES[str].schema) for key in internal(shape)}
    required = [one.key.name for one in keys if one.required]
    schema: Schema = {"title": getattr(shape, "called", ""), "type": "object", "properties": properties}
    return {**schema, **({"required": required} if required else {}), "additionalProperties": False}


def _key(one: DeclaredKey, shapes: dict[str, Schema]) -> Schema:
    value = _value(one.hint, shapes)
    schema = described(one.key, value if one.required else _or_blank(value))
    empty = one.required or one.default in (None, (), {}, "")
    return schema if empty else {**schema, "default": one.default}


def _or_blank(schema: Schema) -> Schema:
    """The schema, or null: a key that was left blank counts as missing."""
    choices = schema["anyOf"] if set(schema) == {"anyOf"} else [schema]
    blank: Schema = {"type": "null"}
    return {"anyOf": choices if blank in choices else [*choices, blank]}


def _value(hint: Any, shapes: dict[str, Schema]) -> Schema:
    if hint in TYPES:
        return dict(TYPES[hint].schema)
    if get_origin(hint) is Annotated:
        return _marked(hint, shapes)
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return {"anyOf": [{"type": "null"} if one is NoneType else _value(one, shapes) for one in inner]}
    if get_origin(hint) is Literal:
        return {"type": "string", "enum": list(inner)}
    if get_origin(hint) is tuple:
        return STRINGS if inner[0] in TYPES else {"type": "array", "items": _value(inner[0], shapes)}
    if get_origin(hint) is Mapping:
        return {"type": "object", "additionalProperties": _value(inner[1], shapes)}
    if hint.__name__ not in shapes:
        shapes[hint.__name__] = {}  # it may contain itself
        shapes[hint.__name__] = _mapping(hint, shapes)
    return {"$ref": f"#/$defs/{hint.__name__}"}


def _marked(hint: Any, shapes: dict[str, Schema]) -> Schema:
    by = next((mark for mark in hint.__metadata__ if isinstance(mark, ByName | ByKind | ByMonths)), None)
    if isinstance(by, ByName):
        return _value(Mapping[str, str], shapes)
    if isinstance(by, ByMonths):
        return _value(Mapping[str, int], shapes)
    if by is not None:
        return {"type": "array", "items": _value(by_kind(get_args(hint.__origin__)[0], by), shapes)}
    marks = [as_mark(each) for each in hint.__metadata__]
    schema = {} if any(one.read for one in marks) else _value(hint.__origin__, shapes)
    for one in marks:
        schema = one.schema(schema) if one.schema else schema
    return schema
