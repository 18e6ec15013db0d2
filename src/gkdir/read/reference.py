"""laws.yaml and the other reference files → Reference. The project's own files take precedence over ours."""

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
from gkdir.yaml.parse import parse_yaml
from gkdir.yaml.textfile import read_text

HINT = "请对照随程序附带的同名文件检查写法。"


class Wrong(Exception):
    """A problem with one entry of a file: its index or key, and why."""

    def __init__(self, step: str | int, why: str) -> None:
        super().__init__(why)
        self.step, self.why = step, why


_SUSPICIOUS = re.compile(r"(?:^|[\s\[{,:-])[&*!]\S|(?:[\[{][^\[\]{}]*){40}|(?:[?-]\s){40}|^ {120}", re.MULTILINE)
"""What a file that unfolds without end, or is deeper than a stack, must have somewhere, and ours have not."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_reference(folders: Sequence[Path]) -> Reference:
    """Each file from the first of ``folders`` that has it; a file that none has leaves its part empty.

    Raises ``Unreadable`` where a file is not what its reader expects.
    """
    return Reference(
        laws=_read(folders, "laws.yaml", lambda raw: tuple(_each(raw)), ()),
        words=_read(folders, "vocabulary.yaml", _words, Words()),
        workdays=_read(folders, "workdays.yaml", _workdays, Workdays()),
        reckoning=_read(folders, reckoning.FILE, reckoning.reckoning, None),
    )


def _read(folders: Sequence[Path], name: str, build: Any, empty: Any) -> Any:
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        return empty
    called = path.as_posix() if path.parent == folders[0] else f"gkdir/national/{name}"
    document = ""
    try:
        document = read_text(path, called)
        if _SUSPICIOUS.search(document):
            parse_yaml(document, called)  # which refuses references and depth before anything unfolds or recurses
        return build(yaml.load(document, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise Unreadable(Place(called, line), "不是合格的 YAML。", HINT) from error
    except yaml.YAMLError as error:
        raise Unreadable(Place(called), "不是合格的 YAML。", HINT) from error
    except Wrong as error:
        raise Unreadable(Place(called, _line(document, error.step)), f"内容不合格式：{error.why}。", HINT) from error
    except reckoning.NotSo as error:
        raise Unreadable(Place(called), f"内容不合格式：{error}。", HINT) from error
    except KeyError as error:
        raise Unreadable(Place(called), f"内容不合格式：缺少“{error.args[0]}”。", HINT) from error
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise Unreadable(Place(called), "内容的形状与随程序附带的同名文件不同。", HINT) from error


def _each(raw: Any) -> Iterator[Law]:
    for index, entry in enumerate(raw):
        try:
            yield _law(entry)
        except KeyError as error:
            raise Wrong(index, f"缺少“{error.args[0]}”") from error
        except reckoning.NotSo as error:
            raise Wrong(index, str(error)) from error
        except ValueError as error:
            raise Wrong(index, "这一条里有写错的日期或数") from error
        except (TypeError, AttributeError) as error:
            raise Wrong(index, "这一条不是一组“键: 值”") from error


def _line(document: str, step: str | int) -> int | None:
    """The line of one entry of a list or mapping, for people to go to."""
    node = yaml.compose(document, Loader=_Loader)
    if isinstance(step, int) and isinstance(node, yaml.SequenceNode):
        return int(node.value[step].start_mark.line) + 1
    keys = [key for key, _ in node.value if key.value == step] if isinstance(node, yaml.MappingNode) else []
    return int(keys[0].start_mark.line) + 1 if keys else None


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
        catch_all=_said(raw, "兜底用语"),
        vague=_said(raw, "模糊用语"),
        placeholders=_said(raw, "占位用语"),
        extra_channels=_said(raw, "通知列举的渠道"),
        spam=_said(raw, "暗链用语"),
        provinces={str(code): str(name) for code, name in (raw.get("省份简称") or {}).items()},
    )


def _said(raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key)
    if value is not None and not isinstance(value, (str, list)):
        raise Wrong(key, f"“{key}”要写一个列表")
    return tuple(_strings(value))


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
        raise reckoning.NotSo(f"“{value}”不在{'、'.join(known)}之内")
    return value
