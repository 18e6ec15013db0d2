"""The declared keys of each kind of file → their tables in docs/overlay.md."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gkdir.model.declared import declared
from gkdir.read.schema.document import SHAPES
from gkdir.yaml.emit import Value, flow

_TABLE = re.compile(r"(<!-- gkdir schema (\w+) -->\n)[^<]*(<!-- / -->)")


def with_tables(document: str) -> str:
    """The Markdown with a new table between the marks of each kind of file."""
    return _TABLE.sub(lambda match: f"{match[1]}\n{key_table(match[2])}{match[3]}", document)


def key_table(kind: str) -> str:
    """The keys of files of that kind as a Markdown table, without keys of nested mappings."""
    rows = [(f"`{one.key.name}`", one.key.about, _shown(one.key.example)) for one in declared(SHAPES[kind][0])]
    return "".join(f"| {' | '.join(row)} |\n" for row in (("键", "写什么", "例如"), ("---", "---", "---"), *rows))


def _shown(example: object) -> str:
    """An example as it is written in the file."""
    return "" if example is None else f"`{flow(_written(example))}`"


def _written(example: object) -> Value:
    if isinstance(example, Mapping):
        return {str(key): _written(value) for key, value in example.items()}
    return [_written(one) for one in example] if isinstance(example, list) else str(example)
