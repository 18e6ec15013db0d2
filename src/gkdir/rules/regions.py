"""Regions (GK807–GK809): pages are on the place's own site, and codes match the place and its townships."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from gkdir.finding import Severity
from gkdir.model.county import County, Overlay
from gkdir.read.regions import AS_OF, doubt
from gkdir.rules.rule import Context, Fault, rule
from gkdir.rules.site import GUIDELINES, UNKNOWN

TOWN, VILLAGE = 9, 12
"""Digits of a township's and of a village's code."""


@rule(
    "GK807", "address-elsewhere", "网址不在本网站的域名之下", on=County, severity=Severity.WARNING,
    cite=f"{GUIDELINES}：不得设立专门网站（国办公开办函〔2019〕61号），目录放在本机关网站的政府信息公开栏目里",
)  # fmt: skip
def address_elsewhere(county: County, _context: Context) -> Iterator[Fault]:
    """“网站”里的网址，不在写的域名之下。

    ## 为什么
    目录要放在本机关网站里。网址在别的域名下，多半是抄错了，页面里的地址、二维码会跟着错。

    ## 错误
    ```yaml county.yaml
    网站:
      名称: 清源县人民政府
      域名: www.qingyuan.gov.cn
      网址: "https://www.heyuan.gov.cn/zwgk/"
      找错: "https://www.qingyuan.gov.cn/jiucuo/"
    ```

    ## 正确
    ```yaml county.yaml
    网站:
      名称: 清源县人民政府
      域名: www.qingyuan.gov.cn
      网址: "https://www.qingyuan.gov.cn/zwgk/"
      找错: "https://www.qingyuan.gov.cn/jiucuo/"
    ```
    """
    website = county.overlay.website
    domain = (website.domain or "").strip().lower().removeprefix("www.").rstrip(".")
    host = (urlsplit(website.address or "").hostname or "").rstrip(".")
    # another rule reports domains that are not a government's
    if domain.endswith(".gov.cn") and host and host != domain and not host.endswith(f".{domain}"):
        yield Fault(
            website.written["网址"].place,
            f"网址“{website.address}”不在域名“{website.domain}”之下",
            "请核对网址和域名。",
        )


@rule(
    "GK808", "town-elsewhere", "乡镇、村的代码不在本县之下", on=Overlay, severity=Severity.WARNING,
    cite="GB/T 10114：乡级代码九位，前六位是县的；村级十二位，前九位是乡镇的",
)  # fmt: skip
def town_elsewhere(overlay: Overlay, context: Context) -> Iterator[Fault]:
    """乡镇的代码不是九位或者前六位不是本县的；村的代码不是十二位，或者前九位不是所属乡镇的。

    ## 为什么
    代码抄错了，上级汇总时这个乡镇、村就落到别处去了。

    ## 错误
    ```yaml towns/baishi.yaml
    名称: 白石镇
    代码: "990102101"
    ```

    ## 正确
    ```yaml towns/baishi.yaml
    名称: 白石镇
    代码: "990101101"
    ```
    """
    county = context.county.overlay
    written = overlay.written.get("代码")
    if written is None or county.code == UNKNOWN or all(town is not overlay for town in context.county.towns):
        return
    parent = next((town for town in context.county.towns if town.slug == overlay.parent), None)
    above = parent.code if parent is not None and len(parent.code) == TOWN else county.code
    if parent is not None and not above.startswith(county.code):
        above = county.code  # the township's own wrong code is reported elsewhere
    digits = VILLAGE if overlay.kind == "村级" else TOWN
    if len(overlay.code) != digits or not overlay.code.startswith(above):
        yield Fault(
            written.place,
            f"{overlay.name}的代码“{overlay.code}”应是 {digits} 位，以 {above} 开头",
            "请照行政区划代码填写，加英文引号。",
        )


@rule(
    "GK809", "doubtful-code", "行政区划代码和名称对不上", on=County, severity=Severity.WARNING,
    cite=f"GB/T 2260 行政区划代码；随带的代码表截至{AS_OF}",
)  # fmt: skip
def doubtful_code(county: County, _context: Context) -> Iterator[Fault]:
    """县的代码不在行政区划代码表里、已经不用，或者是别的县的。

    ## 为什么
    代码写在网页的标识、检索和数据里，抄错了，数据会算到别的县。表里没有的不一定错：表有日期，以后新设、改名的
    不在里面，所以只提醒。写着 `示例: true` 的县、99 开头的示例代码，不查。

    ## 错误
    ```yaml county.yaml
    代码: "330103"
    示例: false
    网站:
      名称: 清源县人民政府
      域名: www.qingyuan.gov.cn
      标识码: "3301030001"
      网址: "https://www.qingyuan.gov.cn/zwgk/"
      主办单位: 清源县人民政府办公室
      联系方式: "0600-5550100"
      ICP备案号: 浙ICP备00000000号
      公安备案号: 浙公网安备33010302000001号
      党政机关标识: "https://bszs.conac.cn/sitename?method=show&id=0"
      网站地图: "https://www.qingyuan.gov.cn/wzdt/"
      找错: "https://www.qingyuan.gov.cn/jiucuo/"
    ```

    ## 正确
    ```yaml county.yaml
    名称: 清源县
    代码: "990101"
    ```
    """
    written = county.overlay.written.get("代码")
    if written is None or county.overlay.example or county.overlay.code == UNKNOWN:
        return
    if problem := doubt(county.overlay.name, county.overlay.code):
        yield Fault(written.place, problem, "请照民政部公布的代码核对；表里没有、确实是新的，用“允许”写明理由。")
