"""Guides of townships and villages (GK618, GK619): they demand no more and are no slower than the county's."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Place
from gkdir.model.guide import Guide
from gkdir.rules.limits import Verdict, compare
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.strictness import more_materials, within
from gkdir.rules.subjects import LocalGuide


@rule("GK618", "added-demand", "乡镇、村多要了材料或条件", on=LocalGuide, requirement="R3.2g")
def added_demand(local: LocalGuide, context: Context) -> Iterator[Fault]:
    """乡镇、村的文件里，一个事项的办理材料或办理条件，县里的办事指南没有；或者同一项材料要得更多、更严。

    ## 为什么
    不得在办事指南明确的条件外自行增加办事要求。乡镇、村只能更方便：少要材料，改在本地办，换本地的时间和电话。

    ## 错误
    ```yaml towns/baishi.yaml
    名称: 白石镇
    目录:
      employment:
        事项:
          "4.1":
            办事指南:
              办理材料: [居民身份证, 村委会证明]
    ```

    ## 正确
    ```yaml towns/baishi.yaml
    名称: 白石镇
    目录:
      employment:
        事项:
          "4.1":
            办事指南:
              办理地点: 白石镇便民服务中心一楼
              办理材料: [居民身份证]
    ```
    """
    guide = _county_guide(local, context)
    if guide is None and any(
        trouble.place.file.endswith(f"guides/{local.item}.md") for trouble in context.county.troubles
    ):
        return  # the county's guide could not be read, so its demands are unknown
    for place, what in _more(local, guide):
        hint = "请删去；确实要用的，先由县里写进办事指南，各地一样。"
        yield Fault(place, f"{local.town}办“{local.name}”{what}", hint)


@rule("GK619", "slower-town", "乡镇、村的承诺时限比县里长", on=LocalGuide, requirement="R3.4c")
def slower_town(local: LocalGuide, context: Context) -> Iterator[Fault]:
    """乡镇、村承诺的办理时限，比县里的办事指南长。

    ## 为什么
    县里承诺了的，各地都要做到；乡镇、村只能更快。

    ## 错误
    ```yaml towns/baishi.yaml
    名称: 白石镇
    目录:
      employment:
        事项:
          "4.1":
            办事指南: {承诺时限: 20个工作日}
    ```

    ## 正确
    ```yaml towns/baishi.yaml
    名称: 白石镇
    目录:
      employment:
        事项:
          "4.1":
            办事指南: {承诺时限: 当场办结}
    ```
    """
    guide, promised = _county_guide(local, context), local.guide.promised
    limits = [("县里", (guide.promised or guide.statutory) if guide else None)]
    limits.insert(0, ("乡镇", local.above.promised if local.above else None))
    for whose, limit in limits:
        if promised and limit and compare(promised, limit, context.reference.workdays) is Verdict.LOOSER:
            yield Fault(
                local.guide.written["承诺时限"].place,
                f"{local.town}办“{local.name}”承诺“{promised.text}”，比{whose}的“{limit.text}”长",
                f"请改为不长于{whose}的时限，或者删去这一行。",
            )
            return


def _county_guide(local: LocalGuide, context: Context) -> Guide | None:
    return context.catalog.guides.get(local.item) if context.catalog else None


def _more(local: LocalGuide, guide: Guide | None) -> Iterator[tuple[Place, str]]:
    """(place, message) for each demand beyond the county's guide."""
    if guide is None:
        for key, own in (("办理材料", local.guide.materials), ("办理条件", local.guide.conditions)):
            if own:
                yield local.guide.written[key].place, f"自己定了{key}，县里还没有这个事项的办事指南"
        return
    above = local.above.materials if local.above else None
    known, whose = (guide.materials or (), "县里") if above is None else (above, "乡镇")
    for material, what in more_materials(local.guide.materials or (), known, whose):
        yield material.place, what
    for condition in local.guide.conditions or ():
        if not any(within(condition.text, known) for known in guide.conditions or ()):
            yield condition.place, f"多了县里没有的条件“{condition.text}”"
