"""A kind of file → its JSON Schema, for editors: titles and descriptions in Chinese, keys as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema, WithDefaultSchema

from gkdir.read.schema.amendment import AmendmentsPart
from gkdir.read.schema.article import ArticleHead
from gkdir.read.schema.english import EnglishPart
from gkdir.read.schema.form import FormPart
from gkdir.read.schema.guide import GuideHead
from gkdir.read.schema.layer import CountyPart
from gkdir.read.schema.part import Part
from gkdir.read.schema.town import TownPart
from gkdir.read.schema.traditional import TraditionalPart
from gkdir.read.schema.ways import WaysPart
from gkdir.read.schema.wizard import WizardPart
from gkdir.read.schema.words import WordsPart

SHAPES: Mapping[str, tuple[type[Part], str]] = {
    "county": (CountyPart, "县的目录 county.yaml，以及上级的目录"),
    "town": (TownPart, "乡镇、村的目录 towns/*.yaml"),
    "guide": (GuideHead, "办事指南开头两行“---”之间的部分"),
    "form": (FormPart, "表格 forms/*.yaml"),
    "article": (ArticleHead, "栏目文章 pages/*/*.md 开头两行“---”之间的部分"),
    "words": (WordsPart, "日常说法 words.yaml，搜索用"),
    "changes": (AmendmentsPart, "更新记录 changes.yaml"),
    "en": (EnglishPart, "英文页面 national/en.yaml"),
    "hant": (TraditionalPart, "繁体页面 hant.yaml：要不要，哪些词自动转换会错"),
    "ways": (WaysPart, "入口 ways.yaml：一件事、人群，全国的和县的写法一样"),
    "wizard": (WizardPart, "全国的 wizard.yaml：“我能办什么”的问题和回答"),
}
"""Kind → its shape, and what files are of that kind."""


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of files of that kind."""
    shape, about = SHAPES[kind]
    schema = shape.model_json_schema(schema_generator=_Chinese)
    return {"$schema": _Chinese.schema_dialect, **schema, "description": about}


class _Chinese(GenerateJsonSchema):
    """Without what helps no editor: our own docstrings, and ``null`` as the default of everything optional."""

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if described.get("default", ...) in (None, [], {}):
            del described["default"]
        return described

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        described = super().model_schema(schema)
        described.pop("description", None)
        return described
