"""A described Form → its Word file: the blank to fill in, or the filled sample; 填写说明 on the last page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from gkdir.export.packing import Deflated, deflated, packed
from gkdir.export.word.markup import COLUMNS, WordCell, WordRow, paragraph, run, table
from gkdir.export.word.parts import FileProperties, around, document
from gkdir.model.guide import Form, FormField, FormSection
from gkdir.service.form import Blank, form_lines

SAMPLE = "示范文本"
_FICTION = "示范文本：姓名、号码都是虚构的，只用来说明怎样填写"
_NARROW = 3
"""Spans, in twelfths of a line, up to which a label is above its blank, not next to it."""
_ROW, _TALL = 560, 1100
"""Heights in twentieths of a point: a centimetre to write a line in, two for a signature."""
_JOIN = "\u00a0"
"""Between a box and its words, which no line's end may part."""
_MARKDOWN = re.compile(r"\*\*|`|^[#>\s]+|^\s*[-*+]\s+", re.MULTILINE)


def word_form(form: Form, sample: bool, county: str, dated: date) -> bytes:
    """The file's bytes, the same for the same form; ``county`` is who offers it, ``dated`` the day of the file."""
    title = f"{form.title}（{SAMPLE if sample else '空白表'}）"
    mark = SAMPLE if sample else ""
    return packed(
        {
            **around(FileProperties(title, county, dated), f"{county}　{title}", mark),
            "word/document.xml": _text(form, sample),
        }
    )


@lru_cache(maxsize=512)  # those of the country are the same in every county
def _text(form: Form, sample: bool) -> Deflated:
    return deflated(document("".join(_body(form, sample))))


def _body(form: Form, sample: bool) -> Iterator[str]:
    yield paragraph("Title", run(form.title))
    if sample:
        yield paragraph("SampleNote", run(_FICTION))
    if form.note:
        yield paragraph("Note", run(form.note))
    for section in form.sections:
        yield paragraph("Heading1", run(section.title))
        yield table(section.title, "每个栏目的名称在左边或者上面，要填的内容在右边或者下面。", _lines(section, sample))
    helps = [field for section in form.sections for field in section.fields if field.help]
    if helps or form.instructions:
        yield paragraph("Heading1", run("填写说明"), new_page=True)
    if helps:
        yield table("填写说明", "左边是栏目，右边是怎么填。", _helps(helps))
    for text in (form.instructions or "").split("\n\n"):
        if text.strip():
            yield paragraph("Note", run(_MARKDOWN.sub("", text).strip()))
    yield paragraph("Note")  # Word wants a paragraph after a table


def _lines(section: FormSection, sample: bool) -> Iterator[WordRow]:
    line: list[Blank] = []
    for blank in form_lines(section.fields):
        line.append(blank)
        if sum(each.span for each in line) >= COLUMNS // 2:
            yield _line(line, sample)
            line = []
    if line:
        yield _line(line, sample)


def _line(blanks: list[Blank], sample: bool) -> WordRow:
    tall = any(blank.field.kind in ("多行", "签名") for blank in blanks)
    return WordRow(tuple(cell for blank in blanks for cell in _cells(blank, sample)), _TALL if tall else _ROW)


def _cells(blank: Blank, sample: bool) -> Iterator[WordCell]:
    field, span = blank.field, blank.span * 2
    label = run(field.label) + ("" if field.required else run("（可不填）", "Aside"))
    if blank.span <= _NARROW:
        yield WordCell(paragraph("Label", label) + paragraph("Value", _value(field, sample)), span)
        return
    named = 3 if blank.span == _NARROW + 1 else 4
    yield WordCell(paragraph("Label", label), named, shaded=True)
    yield WordCell(paragraph("Value", _value(field, sample)), span - named)


def _value(field: FormField, sample: bool) -> str:
    example = (field.example or "") if sample else ""
    if field.choices:
        chosen = {example, *example.split("、")}
        return run("　".join(("☑" if choice in chosen else "□") + _JOIN + choice for choice in field.choices))
    if field.kind == "勾选":
        return run("☑" if example else "□")
    if example:
        return run(example, "Filled")
    return run("　　　年　　月　　日") if field.kind == "日期" else ""


def _helps(fields: list[FormField]) -> Iterator[WordRow]:
    head = (
        WordCell(paragraph("Label", run("栏目")), 6, shaded=True),
        WordCell(paragraph("Label", run("怎么填")), 18, shaded=True),
    )
    yield WordRow(head, head=True)
    for field in fields:
        more = f"可选：{'、'.join(field.choices)}。" if len(field.choices) > 1 else ""
        more += "" if field.required else "可以不填。"
        yield WordRow(
            (
                WordCell(paragraph("Label", run(field.label)), 6),
                WordCell(paragraph("Value", run(f"{field.help}{more}")), 18),
            )
        )
