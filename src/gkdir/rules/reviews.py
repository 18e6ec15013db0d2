"""三审三校 (GK124–GK126): files changed after they were signed, changed entries, and reviews that a build demands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gkdir.finding import Place, Severity
from gkdir.model.county import County
from gkdir.model.review import GONE, STAGES
from gkdir.read.reviewed import KEY, digests
from gkdir.rules.checking import Judged
from gkdir.rules.rule import Context, Fault, rule
from gkdir.service.review import FileReview, file_reviews, invalid_signings

_CITE = "本单位信息发布的三审三校制度：先审后发"
_SHOWN = 5
_AGAIN = "请再审一遍，然后运行 gkdir review sign；gkdir review show 看全部。"


class ReviewDemand(Struct, frozen=True):
    """The demand of ``gkdir build --require-review`` that everything has passed the first ``stages`` stages."""

    stages: int


@rule("GK124", "stale-review", "审核以后又改过", on=County, severity=Severity.WARNING, cite=_CITE)
def stale_review(county: County, context: Context) -> Iterator[Fault]:
    """县里用“审核”记着三审三校，审过的内容后来又改了，还没有再审。

    ## 为什么
    三审三校审的是那一版。审完再改一个字，发布的就是没有人审过的。没有写“审核”的县不查这一条。

    ## 错误
    ```yaml county.yaml
    审核:
      - {阶段: 三审, 人: 王某, 日期: 2026-03-01, 摘要: ljgefnnhnflkfenb, 内容: {county.yaml: aaaabbbbccccdddd}}
    ```

    ## 正确
    ```yaml county.yaml
    目录: {}
    ```
    """
    reviews = _reviews(county, context) if county.overlay.signings else ()
    stale = [each for each in reviews if each.stale]
    if stale:
        last = max((each.stale for each in stale if each.stale), key=lambda signing: (signing.on, signing.stage))
        when = f"{last.on} {last.stage_name}以后"
        yield Fault(_place(county), f"有 {len(stale)} 份内容在{when}改过，还没有再审：{_named(stale)}", _AGAIN)


@rule("GK125", "altered-review", "审核记录被改过", on=County, severity=Severity.WARNING, cite=_CITE)
def altered_review(county: County, _context: Context) -> Iterator[Fault]:
    """“审核”里的一条，和它的摘要、校验对不上，不算数。

    ## 为什么
    摘要是那几份内容校验码的校验码，校验管着阶段、人、日期和摘要。对不上，说明这一条写好以后被改过，或者只抄了半条。
    这只是记录，没有口令：防的是误改和顺手一改，不是存心作假。从前没有校验的记录照旧算数。

    ## 错误
    ```yaml county.yaml
    审核:
      - {阶段: 一审, 人: 张某, 日期: 2026-03-01, 摘要: aaaabbbbccccdddd}
    ```

    ## 正确
    ```yaml county.yaml
    目录: {}
    ```
    """
    for signing in invalid_signings(county.overlay.signings):
        message = f"{signing.on} {signing.by} 的{signing.stage_name}，和摘要、校验对不上，不算数"
        yield Fault(signing.place, message, "请删去这一条，用 gkdir review sign 再签一次。")


@rule("GK126", "unreviewed", "没有审够就要发布", on=ReviewDemand, cite=_CITE)
def unreviewed(demand: ReviewDemand, context: Context) -> Iterator[Fault]:
    """`gkdir build --require-review 3` 要求每份内容都审够三审，这个县有没有审够的。

    ## 为什么
    三审三校没有走完就发布，是检查通报里常见的一条。加了这个要求，没有审、或者审完又改过的县这次不发布，
    网上原有的页面不动。不加这个要求，程序不管。

    ## 错误
    ```text
    只有一审、二审，没有三审；或者三审以后又改了 county.yaml。
    ```

    ## 正确
    ```text
    一审、二审、三审依次签过，以后没有改动。
    ```
    """
    county = context.county
    lacking: dict[int, list[FileReview]] = {}
    for each in _reviews(county, context):
        if each.reached < demand.stages:
            lacking.setdefault(each.reached, []).append(each)
    for reached, files in sorted(lacking.items()):
        changed = sum(1 for each in files if each.stale)
        again = f"，其中 {changed} 份是审过又改的" if changed else ""
        what = f"有 {len(files)} 份内容没有{STAGES[reached]}{again}：{_named(files)}"
        yield Fault(_place(county), what, _AGAIN)


def demanded(judged: Judged, stages: int) -> Judged:
    """``judged`` with findings for what has not passed the ``stages`` that a build demands (0: no demand)."""
    if not stages:
        return judged
    faults = unreviewed.judge(ReviewDemand(stages), judged.context)
    found = (unreviewed.finding(fault, judged.context.county.slug) for fault in faults)
    return replace(judged, found=(*judged.found, *found))


def _reviews(county: County, context: Context) -> Sequence[FileReview]:
    return file_reviews(county.overlay.signings, digests(context.project.folder, county))


def _named(files: Sequence[FileReview]) -> str:
    names = [f"{each.path}（已删去）" if each.digest == GONE else each.path for each in files[:_SHOWN]]
    return "、".join(names) + (" 等" if len(files) > _SHOWN else "")


def _place(county: County) -> Place:
    written = county.overlay.written.get(KEY)
    return written.place if written else county.overlay.place
