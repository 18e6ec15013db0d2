"""A pattern that is tried only where a match can begin finds what it finds when it is tried at every character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws import law

from gkdir.read import limitpatterns, unread
from gkdir.read.leftover import Sparse

SPARSE = {
    name: value
    for module in (limitpatterns, unread)
    for name, value in vars(module).items()
    if isinstance(value, Sparse)
}
_PIECES = """
    20 二十 1 3 个 半 一 年 月 日 号 周 天 小时 季度 工作 前 之 以 内 期 底 每 按 度 次 当 同 起 公开 公示 展示
    张贴 时间 为 自 信息 形成 第 ( ) （ ） 〔 〕 不 未 予 暂 缓 酌情 视情 原则上 另行 部分 依申请 登录 仅限 内部
    保密 口头 申请 到 窗口 已 停机 空号 摘要 待 更新中 a . - ○
"""
PIECES = _PIECES.split()


@pytest.mark.parametrize("name", SPARSE)
@given(data=st.data())
@law(20)
def test_the_same_matches(name: str, data: st.DataObject) -> None:
    pattern = SPARSE[name]
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES), max_size=14)))
    expected = [match.span() for match in pattern.whole.finditer(text)]
    assert [match.span() for match in pattern.finditer(text)] == expected
    first = pattern.search(text)
    assert ([first.span()] if first else []) == expected[:1]
    assert pattern.sub(lambda match: f"<{match[0]}>", text) == pattern.whole.sub(lambda match: f"<{match[0]}>", text)


def test_there_are_such_patterns() -> None:
    assert len(SPARSE) > 5
