"""The shape of 网站: the government website that publishes a county's pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict

from gkdir.read.schema.part import Part, key
from gkdir.read.schema.values import FolderLink, Link, Matching, Name, Text

Survey = Annotated[
    Text,
    Matching(
        r"https?://[^\s/]+\S*|[\w.+-]+@[\w-]+(\.[\w-]+)+",
        "写网址，以 https:// 开头；或者写邮箱，如 yijian@qingyuan.gov.cn。",
    ),
]


class SitePart(Part):
    """The government website that publishes the pages."""

    model_config = ConfigDict(title="网站")
    name: Name | None = key("名称", "网站名称。", "清源县人民政府", default=None)
    domain: Name | None = key("域名", "网站域名，以 .gov.cn 结尾。", "www.qingyuan.gov.cn", default=None)
    code: Name | None = key("标识码", "政府网站标识码，十位，加英文引号。", "9901010001", default=None)
    address: FolderLink | None = key("网址", "这些页面将放在哪个网址下。", default=None)
    organiser: Name | None = key("主办单位", "网站主办单位。", default=None)
    contact: Name | None = key("联系方式", "网站主办单位的联系方式。", default=None)
    icp: Name | None = key("ICP备案号", "ICP备案号。", default=None)
    police: Name | None = key("公安备案号", "公安机关备案号。", default=None)
    sitemap: Link | None = key("网站地图", "政府网站的网站地图页的网址。", default=None)
    report_errors: Link | None = key("找错", "“我为政府网站找错”的网址。", default=None)
    rating: Link | None = key("评价", "政务服务“好差评”的网址。", default=None)
    survey: Survey | None = key(
        "意见征集", "征集意见的表单的网址，或者收意见的邮箱。", "https://www.qingyuan.gov.cn/yjzj/", default=None
    )
