"""A guide and its forms → plain values for JSON, with the keys of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from gkdir.model.attached import AttachedFile
from gkdir.model.declared import declared
from gkdir.model.guide import Form, Guide
from gkdir.model.item import TimeLimit
from gkdir.service.address import attached_path

TOLD_OTHERWISE: Mapping[str, Callable[[Guide], Mapping[str, object]]] = {
    "limit": lambda guide: {"statutory_limit": _plain(guide.statutory), "promised_limit": _plain(guide.promised)},
    "fee": lambda guide: {"fee": guide.fee.text if guide.fee else None},
    "review": lambda guide: {"checked": _plain(guide.checked)},
    "further": lambda guide: {"further": {entry.name: entry.text for entry in guide.further}},
    "without": lambda guide: {"without": {entry.name: entry.text for entry in guide.without}},
    "pending": lambda guide: {"pending": {entry.name: entry.text for entry in guide.pending}},
    "example_note": lambda _: {},
}
"""Elements that are exported in a form of their own."""


def guide_json(guide: Guide) -> dict[str, object]:
    """The guide's elements; those that it does not give are ``null``."""
    data: dict[str, object] = {}
    for one in declared(Guide):
        otherwise = TOLD_OTHERWISE.get(one.field)
        data |= otherwise(guide) if otherwise else {one.field: _plain(getattr(guide, one.field))}
    files = {file.path: file for section in guide.sections for file in section.files}
    return {
        **data,
        "sections": [{"title": section.title, "markdown": section.markdown} for section in guide.sections],
        "files": [_file_json(file) for _, file in sorted(files.items())],
    }


def _file_json(file: AttachedFile) -> dict[str, object]:
    return {"name": file.name, "target": file.target, "url": attached_path(file.path), "size": file.size}


def _plain(value: object) -> object:
    if isinstance(value, TimeLimit):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Struct):
        fields = value.__struct_fields__
        return {field: _plain(getattr(value, field)) for field in fields if field != "place"}
    return value


def form_json(form: Form, path: Callable[[str], str]) -> dict[str, object]:
    """The name and title of the form, and the path of its page in the county's folder."""
    return {"name": form.name, "title": form.title, "url": path(form.name)}
