"""The shape of 网站: the government website that publishes a county's pages."""

from __future__ import annotations

from typing import Annotated, ClassVar

from gkdir.model.declared import Key, Matching
from gkdir.read.schema.part import Part
from gkdir.read.schema.values import FolderLink, Link, Name, Text

Survey = Annotated[
    Text,
    Matching(
        r"https?://[^\s/]+\S*|[\w.+-]+@[\w-]+(\.[\w-]+)+",
        "写网址，以 https:// 开头；或者写邮箱，如 yijian@qingyuan.gov.cn。",
    ),
]


class SitePart(Part, frozen=True, kw_only=True):
    """The government website that publishes the pages."""

    called: ClassVar[str] = "网站"
    name: Annotated[Name | None, Key("名称", "网站名称。", "清源县人民政府")] = None
    domain: Annotated[Name | None, Key("域名", "网站域名，以 .gov.cn 结尾。", "www.qingyuan.gov.cn")] = None
    code: Annotated[Name | None, Key("标识码", "政府网站标识码，十位，加英文引号。", "9901010001")] = None
    address: Annotated[FolderLink | None, Key("网址", "这些页面将放在哪个网址下。")] = None
    organiser: Annotated[Name | None, Key("主办单位", "网站主办单位。")] = None
    contact: Annotated[Name | None, Key("联系方式", "网站主办单位的联系方式。")] = None
    icp: Annotated[Name | None, Key("ICP备案号", "ICP备案号。")] = None
    police: Annotated[Name | None, Key("公安备案号", "公安机关备案号。")] = None
    mark: Annotated[
        Link | None,
        Key(
            "党政机关标识",
            "网站底部党政机关（事业单位）标识链接到的网址。",
            "https://bszs.conac.cn/sitename?method=show&id=0",
        ),
    ] = None
    sitemap: Annotated[Link | None, Key("网站地图", "政府网站的网站地图页的网址。")] = None
    report_errors: Annotated[Link | None, Key("找错", "“我为政府网站找错”的网址。")] = None
    rating: Annotated[Link | None, Key("评价", "政务服务“好差评”的网址。")] = None
    survey: Annotated[
        Survey | None, Key("意见征集", "征集意见的表单的网址，或者收意见的邮箱。", "https://www.qingyuan.gov.cn/yjzj/")
    ] = None
