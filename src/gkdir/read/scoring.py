"""评分.yaml → ScoreSheet; the project's own goes before the one that comes with gkdir. Raises Unreadable."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gkdir.finding import Place, Unreadable
from gkdir.model.scoring import ScoreSheet
from gkdir.read.schema.validate import filled
from gkdir.yaml.parse import read_yaml

FILE = "评分.yaml"


def read_score_sheet(folders: Sequence[Path]) -> ScoreSheet:
    """The sheet in the first of ``folders`` that has one; scores that were read wrong would be worse than none."""
    path = next((folder / FILE for folder in folders if (folder / FILE).is_file()), folders[-1] / FILE)
    name = path.as_posix() if path.parent == folders[0] else f"gkdir/national/{FILE}"
    document = read_yaml(path, name)
    sheet, troubles = filled(ScoreSheet, document.root)
    for trouble in (*document.troubles, *troubles):
        raise Unreadable(trouble.place, trouble.message, trouble.hint)
    assert isinstance(sheet, ScoreSheet)
    numbers: set[str] = set()
    for each in sheet.indicators:
        if (each.measure is None) == (not each.rules):
            raise Unreadable(
                each.place, f"指标“{each.name}”要写“比例”或者“规则”，只写一个。", "请看看附带的评分.yaml。"
            )
        if each.number in numbers:
            raise Unreadable(each.place, f"编号 {each.number} 用了两次。", "每个指标一个编号。")
        numbers.add(each.number)
    if not sheet.indicators:
        raise Unreadable(Place(name, 1), "评分表里没有指标。", "请至少写一个，或者删去这个文件，用附带的。")
    return sheet
