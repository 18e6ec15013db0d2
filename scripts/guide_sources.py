"""The national guides → PROVENANCE-guides.md: what each was written from, and how reliable that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gkdir.model.guide import Guide, GuideSource
from gkdir.model.project import Project
from gkdir.overlay.layer import order

CONFIDENCE = ("高", "中", "低")
HEAD = """# 国家指南从哪里来

这一页由 guides 里各份指南的“来源”生成，改了指南以后运行 `python -m scripts.docs`。

**把握**分三等：

- 高：看过国家的原文，或者已经在 laws.yaml、[PROVENANCE.md](PROVENANCE.md) 里查实。
- 中：看过转述。
- 低：只有一地的指南，或者凭一般了解。

县里核对以前，页面上都写着“请先电话核实”。
"""


def guide_sources(project: Project) -> str:
    """The document: the number of guides, texts by the items that use them, sources by item."""
    guides = sorted(project.guides.values(), key=lambda guide: (guide.domain, order(guide.number)))
    return "\n".join([HEAD, *_totals(guides, project), *_texts(guides), *_items(guides, project)]) + "\n"


def _totals(guides: list[Guide], project: Project) -> Iterator[str]:
    yield "## 有多少\n"
    yield "| 领域 | 国家目录的事项 | 有指南 | 来源里把握最低的是高 | 是中 | 是低 | 没有写来源 |"
    yield "|---|---|---|---|---|---|---|"
    for domain, directory in project.national.items():
        own = [guide for guide in guides if guide.domain == domain]
        count = Counter(_lowest(guide.sources) for guide in own)
        cells = [directory.label, len(directory.items), len(own), *(count[each] for each in CONFIDENCE), count[""]]
        yield f"| {' | '.join(map(str, cells))} |"


def _lowest(sources: Iterable[GuideSource]) -> str:
    """The lowest confidence of a guide's sources; empty if it has none."""
    said = {source.confidence or CONFIDENCE[-1] for source in sources}
    return next((each for each in reversed(CONFIDENCE) if each in said), "")


def _texts(guides: list[Guide]) -> Iterator[str]:
    yield "\n## 用到的文件\n"
    yield "| 文件 | 用于哪些事项 |"
    yield "|---|---|"
    items: dict[str, list[str]] = {}
    for guide in guides:
        for source in guide.sources:
            items.setdefault(_called(source), []).append(guide.id)
    for text, ids in sorted(items.items()):
        yield f"| {text} | {'、'.join(dict.fromkeys(ids))} |"


def _items(guides: list[Guide], project: Project) -> Iterator[str]:
    names = {item.id: item.name for directory in project.national.values() for item in directory.items}
    yield "\n## 逐个事项\n"
    yield "| 事项 | 文件 | 条款 | 用于 | 把握 | 查阅 |"
    yield "|---|---|---|---|---|---|"
    for guide in guides:
        for source in guide.sources:
            cells = (
                f"{guide.id} {names.get(guide.id, '')}",
                _called(source),
                source.articles or "",
                "、".join(source.used_for),
                source.confidence or "",
                source.seen.isoformat() if source.seen else "",
            )
            yield f"| {' | '.join(cells)} |"


def _called(source: GuideSource) -> str:
    return f"{source.name}（{source.number}）" if source.number else source.name
