"""The reviews of a county's files, and the entries of 审核 → lines for a person, JSON, a page to file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from msgspec import Struct

from gkdir.harmless import json_text, shown
from gkdir.model.review import GONE, STAGES, Signing
from gkdir.report.paper import page
from gkdir.service.review import FileReview, valid_signings

RECORD = "这是工作记录，不是电子签名：没有口令，谁能改文件谁就能写。它只说明谁在哪一天审的是哪一版，以后改没改过。"


class CountyReviews(Struct, frozen=True):
    """One county: its folder and name, its files and the entries of 审核."""

    slug: str
    name: str
    files: tuple[FileReview, ...]
    signings: tuple[Signing, ...]

    @property
    def summary(self) -> str:
        """How many files have passed each stage."""
        counts = Counter(each.reached for each in self.files)
        stale = sum(1 for each in self.files if each.stale)
        counted = [f"{STAGES[n - 1]} {counts[n]} 份" for n in range(len(STAGES), 0, -1) if counts[n]]
        counted += [f"还没有审 {counts[0]} 份"] if counts[0] else []
        changed = f"；审过又改、还没有再审的 {stale} 份" if stale else ""
        return f"{self.name}：{len(self.files)} 份内容，{'，'.join(counted)}{changed}。"

    @property
    def doubled(self) -> tuple[str, ...]:
        """The people who signed more than one stage of the same version."""
        stages: dict[tuple[str, str], set[int]] = {}
        for signing in valid_signings(self.signings):
            for path, digest in signing.files.items():
                if any(each.path == path and each.digest == digest for each in self.files):
                    stages.setdefault((signing.by, path), set()).add(signing.stage)
        return tuple(dict.fromkeys(by for (by, _), found in stages.items() if len(found) > 1))


def as_text(counties: Sequence[CountyReviews]) -> str:
    """The counts, then each file that has not passed all stages."""
    return "\n".join(line for county in counties for line in _lines(county)) + "\n"


def _lines(county: CountyReviews) -> Iterator[str]:
    yield shown(county.summary)
    for each in county.files:
        if each.reached < len(STAGES):
            yield f"  {shown(each.path)}  {'，'.join(_stage(each, stage) for stage in range(1, len(STAGES) + 1))}"
    for by in county.doubled:
        yield f"  {shown(by)}一个人签了同一份内容的几审，三审三校要由不同的人来。"


def _stage(file: FileReview, stage: int) -> str:
    signing = file.last[stage - 1]
    if signing is None:
        return f"{STAGES[stage - 1]}：没有"
    after = "" if file.holds(stage) else "，以后删去了" if file.digest == GONE else "，以后改过"
    return f"{STAGES[stage - 1]}：{shown(signing.by)} {signing.on}{after}"


def as_json(counties: Sequence[CountyReviews]) -> str:
    """``{"counties": [{county, name, files, signings}]}``; for each stage of a file, who, when and if it is still
    valid.
    """
    return json_text({"counties": [_object(county) for county in counties]}) + "\n"


def _object(county: CountyReviews) -> dict[str, object]:
    files = [
        {
            "file": each.path,
            "digest": None if each.digest == GONE else each.digest,
            "reached": each.reached,
            "stages": [
                signing and {"by": signing.by, "on": signing.on.isoformat(), "holds": each.holds(stage)}
                for stage, signing in enumerate(each.last, 1)
            ],
        }
        for each in county.files
    ]
    signings = [
        {"stage": each.stage, "by": each.by, "on": each.on.isoformat(), "digest": each.digest}
        for each in county.signings
    ]
    return {"county": county.slug, "name": county.name, "files": files, "signings": signings}


def as_page(counties: Sequence[CountyReviews]) -> str:
    """A page to print, sign by hand and file."""
    names = "、".join(county.name for county in counties) if len(counties) < 4 else f"{len(counties)} 个县"
    body = "\n".join(line for county in counties for line in _county(county))
    return page(f"{names}三审三校记录", "审核记录", body)


def _county(county: CountyReviews) -> Iterator[str]:
    yield f"<h1>{escape(county.name)}三审三校记录</h1>"
    yield f"<p>{escape(county.summary)}{RECORD}</p>"
    for by in county.doubled:
        yield f'<p><span class="grave">注意</span> {escape(by)}一个人签了同一份内容的几审。</p>'
    yield "<h2>各份内容</h2>"
    rows = ((each.path, *(_cell(each, stage) for stage in range(1, len(STAGES) + 1))) for each in county.files)
    yield from _table(("内容", *STAGES), rows)
    yield "<h2>历次审核</h2>"
    lines = (
        (str(number), each.stage_name, each.by, each.on.isoformat(), _files_of(each), each.digest)
        for number, each in enumerate(county.signings, 1)
    )
    yield from _table(("序号", "阶段", "审核人", "日期", "份数", "摘要"), lines)
    yield "<h2>签字</h2>"
    yield from _table((*STAGES, "批准发布", "日期"), [("　",) * 5])


def _files_of(signing: Signing) -> str:
    return f"{len(signing.files)} 份" if signing.files else "与前面摘要相同的一次一样"


def _cell(file: FileReview, stage: int) -> str:
    return _stage(file, stage).partition("：")[2]


def _table(headings: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{name}</th>' for name in headings)
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in rows:
        cells = zip(headings, row, strict=True)
        text = "".join(f'<td data-label="{label}">{escape(cell)}</td>' for label, cell in cells)
        yield f"<tr>{text}</tr>"
    yield "</tbody></table>"


FORMATS: Mapping[str, Callable[[Sequence[CountyReviews]], str]] = {"text": as_text, "json": as_json, "html": as_page}
"""The names of ``--format``."""
