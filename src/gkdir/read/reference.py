"""laws.yaml and its kin → what counties are compared with. The project's own files come before ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast, get_args

import yaml

from gkdir.finding import Place, Unreadable
from gkdir.model.reference import Law, LawState, Reference, Words, Workdays
from gkdir.model.source import Confidence
from gkdir.read import reckoning

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_reference(folders: Sequence[Path]) -> Reference:
    """Each file from the first of ``folders`` that has it; a file that none has leaves its part empty.

    Raises ``Unreadable`` where a file is not what its reader expects.
    """
    return Reference(
        laws=_read(folders, "laws.yaml", lambda raw: tuple(_law(entry) for entry in raw), ()),
        words=_read(folders, "vocabulary.yaml", _words, Words()),
        workdays=_read(folders, "workdays.yaml", _workdays, Workdays()),
        reckoning=_read(folders, reckoning.FILE, reckoning.reckoning, None),
    )


def _read(folders: Sequence[Path], name: str, build: Any, empty: Any) -> Any:
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        return empty
    place = Place(name)
    try:
        raw = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
        return build(raw)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Unreadable(Place(name, line), "不是合格的 YAML", "请对照随程序附带的同名文件检查写法。") from error
    except (OSError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(place, f"内容不合格式：{error}", "请对照随程序附带的同名文件检查写法。") from error


def _law(raw: Mapping[str, Any]) -> Law:
    return Law(
        name=str(raw["名称"]),
        state=cast(LawState, _one_of(raw["状态"], get_args(LawState))),
        confidence=cast(Confidence, _one_of(raw["把握"], get_args(Confidence))),
        number=raw.get("文号"),
        old=tuple(_strings(raw.get("旧文号"))),
        base=raw.get("原文号"),
        effective=raw.get("施行"),
        until=raw.get("截止"),
        replaced_by=raw.get("替代"),
        terms=tuple(_strings(raw.get("说法"))),
        action=raw.get("提示"),
    )


def _words(raw: Mapping[str, Any]) -> Words:
    return Words(
        catch_all=tuple(_strings(raw.get("兜底用语"))),
        vague=tuple(_strings(raw.get("模糊用语"))),
        placeholders=tuple(_strings(raw.get("占位用语"))),
        extra_channels=tuple(_strings(raw.get("通知列举的渠道"))),
        spam=tuple(_strings(raw.get("暗链用语"))),
        provinces={str(code): str(name) for code, name in (raw.get("省份简称") or {}).items()},
    )


def _workdays(raw: Mapping[int, Mapping[str, Any]]) -> Workdays:
    off: set[date] = set()
    on: set[date] = set()
    for year, days in raw.items():
        off.update(_days(int(year), days.get("放假") or ()))
        on.update(_days(int(year), days.get("上班") or ()))
    return Workdays(frozenset(int(year) for year in raw), frozenset(off), frozenset(on))


def _days(year: int, ranges: Iterable[str]) -> Iterator[date]:
    for written in ranges:
        ends = [date(year, int(m), int(d)) for m, d in re.findall(r"(\d\d)-(\d\d)", written)]
        first, last = ends[0], ends[-1]
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _strings(raw: object) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, list):
        yield from (str(value) for value in raw)


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"“{value}”不在{'、'.join(known)}之内")
    return value
