"""A comparison with the service platform → lines for a person: what agrees, fills a blank, differs, is in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.clerk.platform import ItemComparison, PlatformComparison, PlatformDifference
from gkdir.harmless import shown_lines

_SHOWN = 200
"""The most characters of a text to show."""


def comparison_text(found: PlatformComparison, replace: bool) -> str:
    """Item by item; then those in doubt."""
    lines = [line for item in found.items for line in _item(item, replace)]
    for pair in found.doubts:
        lines += [f"存疑  {pair.told.name.place}  {pair.told.name.text}：{pair.why_not}，一处也没有写。"]
    if found.doubts:
        lines += ["      是其中一项的，把文件里的“事项名称”改成那个名称，再运行一遍；本县没有这一项的，不用管。", ""]
    count = f"平台上 {len(found.items) + len(found.doubts)} 项，认出 {len(found.items)} 项"
    lines.append(
        f"{count}，存疑 {len(found.doubts)} 项；不一样的 {sum(len(each.different) for each in found.items)} 处。"
    )
    return shown_lines("\n".join(lines)) + "\n"


def _item(found: ItemComparison, replace: bool) -> Iterator[str]:
    pair = found.pair
    assert pair.item is not None
    yield f"{pair.item.id} {pair.item.name}（平台上叫“{pair.told.name.text}”，{pair.how}）"
    if found.agreed:
        yield f"  一致：{'、'.join(found.agreed)}"
    for each in found.different:
        yield from _difference(each)
    if found.different and not replace:
        yield "    不一样的没有写。确实要照平台换的，加上 --replace；材料少了、地址和依据不同的，请自己改。"
    if pair.told.apart:
        yield f"  指南里没有地方写的：{'、'.join(pair.told.apart)}"
    yield ""


def _difference(each: PlatformDifference) -> Iterator[str]:
    yield f"  不同：{each.label}"
    yield f"    现在：{_short(each.now)}"
    yield f"    平台：{_short(each.told)}"


def _short(text: str) -> str:
    flat = "；".join(line for line in text.split("\n") if line)
    return (flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…") or "没有"
