"""Channels, audience, mode and levels (GK4xx): never narrower than the directory above, and claims are true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gkdir.finding import Severity
from gkdir.model.columns import CHANNELS
from gkdir.model.item import Written
from gkdir.read.unread import unread
from gkdir.rules.names import meant
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.subjects import Edit, Laid

LEVELLED = ("县级", "乡级", "镇级", "村级", "社区")
"""Levels in names of channels: 村级公共服务平台 is one of the 基层公共服务平台."""
VENUES = "站点栏板屏台厅室亭窗网端号群店所处院"
"""Last characters of channels: 便民服务点 is another channel than 便民服务站, not a misspelling."""


@rule("GK401", "channel-removed", "公开渠道比上一级目录少", on="channels", requirement="R3.5a")
def channel_removed(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开渠道和载体少了上一级目录列出的某一种。

    ## 为什么
    目录列出的渠道是最低要求，只能增加。写成列表是整个替换，容易漏；只想增加的，写 {增加: [...]}。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开渠道和载体: [政府网站, 两微一端]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开渠道和载体: {增加: [两微一端]}}
    ```
    """
    change = edit.change("channels")
    if change is None or change.action == "add":  # an addition removes nothing; a layer above may have removed channels
        return
    for whose, above in edit.above("channels"):
        removed = [channel for channel in above.channels if not any(_is(own, channel) for own in edit.item.channels)]
        if removed:
            yield Fault(
                change.place,
                f"“{edit.item.name}”的公开渠道和载体比{whose}少了{'、'.join(removed)}",
                "请补上；只想增加渠道的，写成 公开渠道和载体: {增加: [两微一端]} 的样子，原有的就不会少。",
            )
            return


@rule("GK402", "on-request-without-ground", "主动公开改成了依申请公开", on="mode", requirement="R3.6c")
def on_request_without_ground(edit: Edit, _context: Context) -> Iterator[Fault]:
    """上一级目录要求主动公开，这里改成只依申请公开，或者本地增加的事项只依申请公开，又没有写明法律依据。

    ## 为什么
    除依法不予公开的以外，政策已明确并规定公开的事项应主动公开。确有依据的，写在“依申请依据”里。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开方式: [依申请]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开方式: [主动, 依申请]}
    ```
    """
    change = edit.change("mode")
    if change is None or not edit.item.mode or "主动" in edit.item.mode:
        return
    ground = edit.step.ground
    if ground is not None and ground.text.strip():
        return
    if edit.added:
        yield Fault(
            edit.place("mode", "申请"),
            f"增加的事项“{edit.item.name}”只{'、'.join(edit.item.mode)}公开，没有写依据",
            "请改成 公开方式: [主动]；依法不能主动公开的，加一行“依申请依据”，写明是哪部法律。",
        )
        return
    for whose, above in edit.above("mode"):
        if "主动" in above.mode:
            yield Fault(
                edit.place("mode", "申请"),
                f"“{edit.item.name}”{whose}是主动公开，这里改成了{'、'.join(edit.item.mode)}，没有写依据",
                "请改回 公开方式: [主动]；依法不能主动公开的，加一行“依申请依据”，写明是哪部法律。",
            )
            return


@rule("GK403", "narrowed-audience", "公开对象比上一级目录窄", on="audience", requirement="R3.6a")
def narrowed_audience(edit: Edit, _context: Context) -> Iterator[Fault]:
    """上一级目录向全社会公开，这里改成只向特定群体公开。

    ## 为什么
    目录是最低要求，公开的范围只能扩大。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开对象: [特定群体]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开对象: [全社会]}
    ```
    """
    if edit.change("audience") is None or not edit.item.audience:
        return
    whose = _narrows(edit)
    if whose:
        yield Fault(
            edit.place("audience"),
            f"“{edit.item.name}”{whose}向全社会公开，这里只剩{'、'.join(edit.item.audience)}",
            "请改回 公开对象: [全社会]，或者删去这一行，沿用上一级的公开对象。",
        )


@rule("GK404", "unnamed-group", "没有写明是哪一特定群体", on="audience", severity=Severity.WARNING, requirement="R3.6b")
def unnamed_group(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开对象写了特定群体，没有写是哪些人。

    ## 为什么
    不写明，这些人不知道说的是自己。写成 特定群体（登记失业人员） 的样子即可。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开对象: [全社会, 特定群体]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开对象: [全社会, 特定群体（登记失业人员）]}
    ```
    """
    unnamed = "特定群体" in edit.item.audience and not edit.item.audience_detail
    if edit.change("audience") and unnamed and not _narrows(edit):
        element = next((one for one in _elements(edit, "audience") if "特定群体" in one.text), None)
        yield Fault(
            element.place if element else edit.place("audience"),
            f"“{edit.item.name}”的公开对象写了特定群体，没有写是哪些人",
            "请写成 公开对象: [特定群体（登记失业人员）] 的样子。",
        )


@rule(
    "GK405",
    "misspelt-channel",
    "公开渠道的名称像是写错了",
    on="channels",
    severity=Severity.WARNING,
    requirement="R3.5b",
)
def misspelt_channel(edit: Edit, context: Context) -> Iterator[Fault]:
    """公开渠道和载体里有一个名称，与目录上的某个名称只差一两个字。

    ## 为什么
    可以增加目录以外的渠道，但同一种渠道应当用同一个名称，否则统计和核对时会当成两种。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开渠道和载体: {增加: [两微一段]}}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开渠道和载体: {增加: [两微一端]}}
    ```
    """
    change = edit.change("channels")
    if change is None:
        return
    known = {*CHANNELS, *context.reference.words.extra_channels}
    for _, above in edit.above("channels"):
        known.update(above.channels)
    own = [channel for channel in edit.item.channels if channel not in known]
    for channel in own:
        if near := misspelt(channel, known):
            element = next((written for written in change.elements if written.text.strip() == channel), None)
            yield Fault(
                element.place if element else change.place,
                f"“{edit.item.name}”的公开渠道“{channel}”不在目录的渠道里",
                f"您是不是想写“{near}”。确是另一种渠道的，用“允许”写明理由。",
            )


@rule(
    "GK406", "channel-without-address", "写了政府网站却没有网址", on=Laid, severity=Severity.INFO, requirement="R3.5d"
)
def channel_without_address(laid: Laid, context: Context) -> Iterator[Fault]:
    """目录写着在政府网站公开，“网站”里却没有域名和网址。

    ## 为什么
    列出的渠道应当真有。写明网址，群众和上级才找得到；其他渠道有没有，程序看不见，请自己核对。

    ## 错误
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 找错: "https://www.qingyuan.gov.cn/jiucuo/"}
    ```

    ## 正确
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn, 找错: "https://www.qingyuan.gov.cn/jiucuo/"}
    ```
    """
    website = context.county.overlay.website
    if laid.catalog is not context.catalog or website.domain or website.address:
        return
    claimed = [entry for entry in laid.directory.entries if "政府网站" in entry.item.channels]
    if claimed:
        written = context.county.overlay.written.get("网站")
        yield Fault(
            written.place if written else context.county.overlay.place,
            f"目录写着在政府网站公开（{laid.directory.label}领域 {len(claimed)} 项），“网站”里却没有域名和网址",
            "请在“网站”里写 域名 和 网址。",
        )


def _is(own: str, channel: str) -> bool:
    """Whether ``own`` is the channel, possibly with a place's name before it: 县政府网站, not 旧版政府网站."""
    return own == channel or (own.endswith(channel) and not unread("channels", own))


def misspelt(channel: str, known: Iterable[str] = CHANNELS) -> str | None:
    """The known channel that this one probably misspells: it has the same length, and is not another place's."""
    near = meant(channel, known, cutoff=0.7)
    another = near is not None and channel[:-1] == near[:-1] and channel[-1] in VENUES
    levelled = near is not None and channel[2:] == near[2:] and channel[:2] in LEVELLED
    return near if near and len(near) == len(channel) and not another and not levelled else None


def _narrows(edit: Edit) -> str | None:
    """The layer whose 全社会 this one narrowed, if it did."""
    if "全社会" in edit.item.audience:
        return None
    return next((whose for whose, above in edit.above("audience") if "全社会" in above.audience), None)


def _elements(edit: Edit, field: str) -> tuple[Written, ...]:
    change = edit.change(field)
    return change.elements if change else ()


@rule("GK409", "level-removed", "公开层级比上一级目录少", on="levels", severity=Severity.WARNING, requirement="R1.2d")
def level_removed(edit: Edit, _context: Context) -> Iterator[Fault]:
    """公开层级少了上一级目录列出的某一级。

    ## 为什么
    县级部门、经办机构、乡镇（街道）平台、村（社区）站点都要公开。去掉一级，那一级的页面和海报上就没有这个事项。

    ## 错误
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开层级: [乡级]}
    ```

    ## 正确
    ```yaml county.yaml
    目录:
      employment:
        审核日期: 2026-03-01
        默认: {公开主体: [人社局]}
        事项:
          "1.1": {公开层级: [县级, 乡级, 村级]}
    ```
    """
    change, before = edit.change("levels"), edit.step.before
    if change is None or change.action == "add" or before is None:
        return
    removed = [level for level in before.levels or () if level not in (edit.item.levels or ())]
    if removed:
        yield Fault(
            change.place,
            f"“{edit.item.name}”的公开层级比上一级目录少了{'、'.join(removed)}",
            "请补上；本地没有这一级站点的，用“允许”写明理由。",
        )
