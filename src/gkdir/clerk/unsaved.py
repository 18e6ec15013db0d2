"""A form and the file that it would overwrite → why the file must stay: entries that are not in the project."""

from __future__ import annotations

from pathlib import Path

from gkdir.clerk.form import ExcelForm
from gkdir.clerk.plan import given_back
from gkdir.clerk.returned import read_record
from gkdir.finding import Unreadable

_ELSEWHERE = "请换一个文件名，或者先把这个文件移走。"


def unsaved(path: Path, form: ExcelForm) -> tuple[str, str] | None:
    """The message and what to do; ``None`` if overwriting loses nothing, or there is no file."""
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        record, grids = read_record(path, str(path))
    except Unreadable as error:
        return f"已经有这个文件，里面的内容认不出来：{error.trouble.message}", _ELSEWHERE
    if (record.slug, record.code) != (form.slug, form.code):
        return f"这个文件是 {record.name}（{record.slug}）的填写表。", _ELSEWHERE
    planned = given_back(form, record, grids, str(path))
    count = sum(max(1, len(change.texts)) for change in planned.changes) + len(planned.troubles)
    if not count:
        return None
    first = f"先运行 gkdir form import {path} …，看过改动再加上 --write"
    return (
        f"里面有 {count} 处还没有导入。",
        f"要这些内容的，请{first}；还有没采用的，请改好再导入。不要的，{_ELSEWHERE}",
    )
