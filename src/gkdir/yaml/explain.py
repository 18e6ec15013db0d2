"""PyYAML's syntax errors → one clear Chinese Unreadable, at the line where a clerk should look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import yaml

from gkdir.finding import Place, Unreadable
from gkdir.yaml.lookalike import Lookalike, lookalike, wide_bracket, wide_colon, wide_quote

_INDENT = "请检查缩进：同一层的键要上下对齐，缩进只用空格。"
_QUOTE = "请给整个值加上英文引号。"

_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("anchor|alias", "值不能以“*”或“&”开头。", _QUOTE),
    ("tag", "值不能以“!”开头。", _QUOTE),
    ("directive|incompatible", "行首不能写“%”。", "请删去以“%”开头的这一行。"),
    ("escape character|escape code", "双引号里的反斜杠“\\”用法不对。", "请改用单引号，或把“\\”写成“\\\\”。"),
    ("end of stream.*quoted|quoted.*end of stream", "引号没有成对：从这里开始，一直没有结束的引号。", "请补上引号。"),
    ("cannot start any token", "值不能以“@”“`”“%”或制表符开头。", _QUOTE),
    ("flow sequence", "方括号里缺少逗号，或没有写完。", "请检查“[”和“]”是否成对，各项之间是否用英文逗号分开。"),
    ("flow mapping", "花括号里缺少逗号，或没有写完。", "请检查“{”和“}”是否成对，各项之间是否用英文逗号分开。"),
    ("flow node", "括号没有写完。", "请检查“[”“{”是否成对。"),
    ("sequence entries", "“- ”不能写在这里。", "列表请另起一行，每项一行，以“- ”开头。"),
    ("mapping values", "这里不应再出现冒号。", "请检查缩进和上一行；值里如果有冒号加空格，请给整个值加上英文引号。"),
    ("'-' indicator|block collection|block sequence", "列表的各项没有对齐，或这一行不是以“- ”开头。", _INDENT),
    ("expected ':'", "这一行缺少英文冒号。", "写法是“键: 值”，冒号用英文的，后面空一格。"),
    ("block mapping|expected key", "这一行与上文接不上。", _INDENT + "再看看引号和括号是否成对。"),
    ("block scalar", "“|”或“>”后面应当换行，内容从下一行缩进写起。", "若它是文字，请给整个值加上英文引号。"),
)

_BACK = 3
"""How many lines before the parser's error may contain the cause."""

_YEAR = re.compile(r"(?<=[\u4e00-\u9fff])\[(\d{4})\]")
_BLIND_COLON = re.compile(r"^\s*(?:- +)?([^\s:：#'\"]+)(:(?=\S))")


def explain(error: yaml.MarkedYAMLError, text: str, name: str, first_line: int) -> Unreadable:
    """The message for ``error``; ``first_line`` is the line of the file where ``text`` starts."""
    lines = text.split("\n")
    wording = f"{error.context or ''} {error.problem or ''}"
    line, column = _where(error, lines)

    def at(line: int, column: int) -> Place:
        return Place(name, line + first_line, column + 1)

    for suspect in (line, line - 1):
        if tab := _tab(lines, suspect, column if suspect == line else None):
            return Unreadable(at(suspect, tab - 1), "这一行用制表符（Tab）缩进。", "请把制表符换成空格，每层两个。")
    for suspect, odd in _lookalikes(lines, line, wording):
        return Unreadable(at(suspect, odd.column), odd.message, odd.hint)
    if _about_colons(wording):
        for suspect in (line - 1, line):
            if blind := _BLIND_COLON.match(lines[suspect]) if 0 <= suspect < len(lines) else None:
                hint = "写法是“键: 值”，冒号后面空一格。"
                return Unreadable(at(suspect, blind.start(2)), f"“{blind[1]}”后面的冒号没有空格。", hint)
    if opened := _open_quote(lines, line):
        return Unreadable(at(*opened), "引号没有成对：从这里开始的引号没有结束。", "请在这一行的末尾补上英文引号。")
    year = _YEAR.search(lines[line]) if "flow" in wording else None
    if year:
        message = f"文号里的“{year[0]}”用了方括号，在列表里会被当成另一个列表。"
        return Unreadable(at(line, year.start()), message, f"请写成六角括号“〔{year[1]}〕”。")
    return Unreadable(at(line, column), *_meaning(wording))


def _about_colons(text: str) -> bool:
    return "mapping values" in text or "expected ':'" in text


def _lookalikes(lines: list[str], line: int, text: str) -> Iterator[tuple[int, Lookalike]]:
    """Lines from 0, the likeliest first, with what in them is not what it looks like and may be the cause."""
    before = [index for index in range(line) if lines[index].strip() and not lines[index].lstrip().startswith("#")]
    suspects = [line, *reversed(before[-_BACK:])]
    judges: list[Callable[[str], Lookalike | None]] = [lookalike, *([wide_colon] if _about_colons(text) else [])]
    for judge in judges:
        yield from ((suspect, odd) for suspect in suspects if (odd := judge(lines[suspect])))
    if ("flow" in text or _about_colons(text)) and (odd := wide_bracket(lines[line])):
        yield line, odd
    if odd := wide_quote(lines[line]):
        yield line, odd


def _meaning(text: str) -> tuple[str, str]:
    """What is wrong and what to do, by the parser's words."""
    for pattern, message, hint in _MEANINGS:
        if re.search(pattern, text):
            return message, hint
    return "这里的写法不合 YAML 格式。", _INDENT


def _where(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, int]:
    """Line and column, from 0, where to look: what went wrong at the end began with what was opened and not closed."""
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
    for mark in marks:
        if "\n".join(lines[mark.line :])[mark.column :].strip():
            return mark.line, mark.column
    last = max((index for index, line in enumerate(lines) if line.strip()), default=0)
    return last, max(len(lines[last].rstrip()) - 1, 0)


def _open_quote(lines: list[str], line: int) -> tuple[int, int] | None:
    """Line and column, from 0, of a double quote that was opened before ``line`` and closed by the next one's."""
    odd = [index for index, content in enumerate(lines[:line]) if content.count('"') % 2]
    return (odd[-1], lines[odd[-1]].rindex('"')) if len(odd) % 2 else None


def _tab(lines: list[str], line: int, column: int | None) -> int | None:
    """The column, from 1, of a tab in the indentation of ``line``, or just where the parser stumbled."""
    if not 0 <= line < len(lines):
        return None
    content = lines[line]
    indentation = content[: len(content) - len(content.lstrip())]
    if "\t" in indentation:
        return indentation.index("\t") + 1
    return column + 1 if column is not None and content[column : column + 1] == "\t" else None
