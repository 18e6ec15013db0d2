"""A county's life events and audiences (GK82x): they lead to existing items, and each has its own address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gkdir.finding import Severity
from gkdir.model.county import County
from gkdir.model.navigation import Audience, Event
from gkdir.rules.rule import Context, Fault, rule

CITE = "通知四（二）：让群众看得懂、算得清、易获取、能监督、好参与"

Named = Mapping[str, Event] | Mapping[str, Audience]


@rule("GK821", "way-to-unknown-item", "一件事里写了没有的事项", on=County, severity=Severity.WARNING, cite=CITE)
def way_to_unknown_item(county: County, context: Context) -> Iterator[Fault]:
    """ways.yaml 里的事项，国家目录和本县目录都没有。

    ## 为什么
    写错了编号，这一项就不会出现在一件事里。

    ## 错误
    ```yaml ways.yaml
    一件事: {失业了: {事项: {employment/4.9: 在手机上登记}}}
    ```

    ## 正确
    ```yaml ways.yaml
    一件事: {失业了: {事项: {employment/4.1: 在手机上登记}}}
    ```
    """
    named = [(use.item, use.place) for event in county.navigation.events.values() for use in event.uses]
    named += county.navigation.served_places.items()
    named += [(item, line.place) for item, line in county.navigation.lines.items()]
    named += [(item.text, item.place) for items in county.navigation.notes.values() for item in items]
    named += [(item.text, item.place) for item in county.navigation.questions.values()]
    for item, place in named:
        if item not in context.items and not context.unsettled:
            yield Fault(place, f"没有“{item}”这个事项", "请写成“领域/编号”，如 employment/4.1。")


@rule("GK822", "way-without-address", "新的一件事或者人群没有网址", on=County, cite=CITE)
def way_without_address(county: County, context: Context) -> Iterator[Fault]:
    """ways.yaml 里的一件事或者人群，全国没有这个名称，自己又没有写“网址”。

    ## 为什么
    没有网址就没有页面。如果本来是想给全国的一件事增加事项，多半是名称写错了。

    ## 错误
    ```yaml ways.yaml
    一件事: {出门打工: {事项: {employment/4.1: 先登记}}}
    ```

    ## 正确
    ```yaml ways.yaml
    一件事: {出门打工: {网址: go-out, 事项: {employment/4.1: 先登记}}}
    ```
    """
    for own, above in _both(county, context):
        for name, one in own.items():
            if not one.slug and name not in above:
                hint = f"请写上“网址: …”，用英文小写；全国已有的是：{'、'.join(above) or '无'}。"
                yield Fault(one.place, f"“{name}”没有写网址", hint)


@rule("GK823", "way-address-taken", "两个入口用了同一个网址", on=County, cite=CITE)
def address_taken(county: County, context: Context) -> Iterator[Fault]:
    """ways.yaml 里一件事或者人群的“网址”，已经是另一个的。

    ## 为什么
    两个页面不能放在同一个网址上，后一个会盖掉前一个。

    ## 错误
    ```yaml ways.yaml
    一件事:
      出门打工: {网址: go-out, 事项: {employment/4.1: 先登记}}
      外出务工: {网址: go-out, 事项: {employment/4.1: 先登记}}
    ```

    ## 正确
    ```yaml ways.yaml
    一件事:
      出门打工: {网址: go-out, 事项: {employment/4.1: 先登记}}
    ```
    """
    for own, above in _both(county, context):
        taken = {one.slug: name for name, one in above.items() if name not in own or not own[name].slug}
        for name, one in own.items():
            if one.slug and one.slug in taken:
                yield Fault(one.place, f"“{name}”的网址“{one.slug}”已经是“{taken[one.slug]}”的", "请换一个网址。")
            taken.setdefault(one.slug, name)


@rule("GK824", "unknown-audience", "写了没有的人群", on=County, severity=Severity.WARNING, cite=CITE)
def unknown_audience(county: County, context: Context) -> Iterator[Fault]:
    """“谁会用”里的人群，全国和本县都没有。

    ## 为什么
    写错了名称，这一项就不会出现在那个人群的页面上。

    ## 错误
    ```yaml ways.yaml
    谁会用: {employment/4.1: 打工人}
    ```

    ## 正确
    ```yaml ways.yaml
    人群: {退役军人: {网址: veterans}}
    谁会用: {employment/4.1: 退役军人}
    ```
    """
    known = {**context.project.navigation.audiences, **county.navigation.audiences}
    for names in county.navigation.served.values():
        for name in names:
            if name.text not in known:
                hint = f"可以写：{'、'.join(known)}。" if known else "请先在“人群”里写上它和它的网址。"
                yield Fault(name.place, f"没有“{name.text}”这个人群", hint)


def _both(county: County, context: Context) -> Iterator[tuple[Named, Named]]:
    """(the county's own, the national ones) for life events, then for audiences."""
    yield county.navigation.events, context.project.navigation.events
    yield county.navigation.audiences, context.project.navigation.audiences
