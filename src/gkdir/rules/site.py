"""Site identity (GK8xx): the registration numbers of a government site match its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.model.county import County, Website
from gkdir.model.declared import key_names
from gkdir.rules.rule import Context, Fault, rule

GUIDELINES = "政府网站发展指引（国办发〔2017〕47号）"
FOOTER = ("name", "code", "organiser", "contact", "icp", "police", "mark", "sitemap", "report_errors")
"""The fields that every government website must show in its footer."""

UNKNOWN = "000000"
"""The replacement for a county's code that could not be read, which is reported elsewhere."""


@rule(
    "GK801", "foreign-site-code", "网站标识码与区划代码不符", on=County, severity=Severity.WARNING,
    cite=f"{GUIDELINES}：网站标识码前六位是区划代码",
)  # fmt: skip
def foreign_site_code(county: County, _context: Context) -> Iterator[Fault]:
    """网站标识码不是十位，或者前六位既不是本县也不是所属市、省的区划代码。

    ## 为什么
    页头的标识码抄错成别的网站的，是标签检查里常见的问题。

    ## 错误
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn, 标识码: "9902020001"}
    ```

    ## 正确
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn, 标识码: "9901010001"}
    ```
    """
    code = (county.overlay.website.code or "").strip()
    if not code or county.overlay.code == UNKNOWN:
        return
    if not re.fullmatch(r"\d{10}", code):
        yield Fault(_place(county, "标识码"), f"网站标识码“{code}”不是县级网站的十位数字", "请照网站底部的标识码填写。")
    elif code[:6] not in _regions(county.overlay.code):
        yield Fault(
            _place(county, "标识码"),
            f"网站标识码“{code}”的前六位与本县代码 {county.overlay.code} 不符",
            "请核对是不是抄了别的网站的标识码。",
        )


@rule(
    "GK802", "foreign-police-number", "公安备案号与区划代码不符", on=County, severity=Severity.WARNING,
    cite=f"{GUIDELINES}：网站底部列公安机关备案标识；备案号前六位是区划代码",
)  # fmt: skip
def foreign_police_number(county: County, _context: Context) -> Iterator[Fault]:
    """公安备案号不是十四位，或者前六位与本县、所属市的区划代码不符。

    ## 为什么
    公安备案号带着区划代码，对不上多半是抄错了。

    ## 错误
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn, 公安备案号: 示公网安备99020202000001号}
    ```

    ## 正确
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn, 公安备案号: 示公网安备99010102000001号}
    ```
    """
    written = county.overlay.website.police
    if not written or county.overlay.code == UNKNOWN:
        return
    number = re.search(r"\d+", written)
    if number is None or len(number[0]) != 14:
        yield Fault(_place(county, "公安备案号"), f"公安备案号“{written}”不是十四位数字", "请照备案证书填写。")
    elif not _same_city(number[0][:6], county.overlay.code):
        yield Fault(
            _place(county, "公安备案号"),
            f"公安备案号“{written}”的前六位与本县代码 {county.overlay.code} 不在同一个市",
            "请核对是不是抄错了。",
        )


@rule(
    "GK803", "foreign-icp", "ICP 备案号与省份不符", on=County, severity=Severity.WARNING,
    cite=f"{GUIDELINES}：网站底部列 ICP 备案编号；编号开头是省份简称",
)  # fmt: skip
def foreign_icp(county: County, context: Context) -> Iterator[Fault]:
    """ICP 备案号开头的省份简称，与本县代码的省份不同。

    ## 为什么
    备案号开头是备案地的简称，对不上多半是抄了别的网站的。

    ## 错误
    ```yaml county.yaml
    代码: "510903"
    网站: {名称: 示例区人民政府, 域名: www.example.gov.cn, ICP备案号: 粤ICP备00000000号}
    ```

    ## 正确
    ```yaml county.yaml
    代码: "510903"
    网站: {名称: 示例区人民政府, 域名: www.example.gov.cn, ICP备案号: 蜀ICP备00000000号}
    ```
    """
    icp = (county.overlay.website.icp or "").strip()
    names = context.reference.words.provinces.get(county.overlay.code[:2])
    if icp and names and icp[0] not in names:
        yield Fault(
            _place(county, "ICP备案号"),
            f"ICP 备案号“{icp}”的开头不是“{'”或“'.join(names)}”",
            "请核对是不是抄了别的网站的备案号。",
        )


@rule(
    "GK804", "not-a-government-domain", "域名不是政府网站的域名", on=County, severity=Severity.WARNING,
    cite=f"{GUIDELINES}：政府网站使用以 .gov.cn 为后缀的英文域名；不得设立专门网站（国办公开办函〔2019〕61号）",
)  # fmt: skip
def not_a_government_domain(county: County, _context: Context) -> Iterator[Fault]:
    """网站的域名不以 .gov.cn 结尾。

    ## 为什么
    目录要放在本机关网站的政府信息公开栏目里，不另设专门网站。

    ## 错误
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.com}
    ```

    ## 正确
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn}
    ```
    """
    domain = (county.overlay.website.domain or "").strip().lower().rstrip(".")
    if domain and not domain.endswith(".gov.cn"):
        yield Fault(
            _place(county, "域名"),
            f"域名“{domain}”不以 .gov.cn 结尾",
            "请写本级政府或部门网站的域名，把目录放进它的政府信息公开栏目。",
        )


@rule(
    "GK805", "incomplete-footer", "网站底部的内容不全", on=County, severity=Severity.INFO,
    cite=f"{GUIDELINES}：底部列党政机关标识、主办单位、联系方式、标识码、备案编号、网站地图和找错入口",
)  # fmt: skip
def incomplete_footer(county: County, context: Context) -> Iterator[Fault]:
    """网站一节没有写全，页面底部会缺几样。

    ## 为什么
    每个页面的底部都应有这些内容；嵌在本级政府网站的栏目里、由网站自己带出底部的，可以不管。

    ## 错误
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn, 找错: "https://www.qingyuan.gov.cn/jiucuo/"}
    ```

    ## 正确
    ```yaml county.yaml
    网站:
      名称: 清源县人民政府
      域名: www.qingyuan.gov.cn
      标识码: "9901010001"
      主办单位: 清源县人民政府办公室
      联系方式: "0600-5550100"
      ICP备案号: 示ICP备00000000号
      公安备案号: 示公网安备99010102000001号
      党政机关标识: "https://bszs.conac.cn/sitename?method=show&id=0"
      网站地图: "https://www.qingyuan.gov.cn/wzdt/"
      找错: "https://www.qingyuan.gov.cn/jiucuo/"
    ```
    """
    website = county.overlay.website
    missing = [key_names(Website)[field] for field in FOOTER if not getattr(website, field)]
    if missing and not context.troubled(county.overlay.place.file):
        blank = next((label for label in missing if label in website.written), "")
        yield Fault(_place(county, blank), f"网站一节没有写{'、'.join(missing)}", "请照本级政府网站底部的内容补上。")


@rule("GK806", "no-feedback", "没有监督和纠错的渠道", on=County, severity=Severity.WARNING, requirement="R4.4b")
def no_feedback(county: County, context: Context) -> Iterator[Fault]:
    """既没有“找错”的网址，也没有任何机构的监督电话。

    ## 为什么
    群众发现错了，要有地方说。

    ## 错误
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn}
    机构:
      人社局:
        名称: 清源县人力资源和社会保障局
        地址: 清源县城关镇清源路18号
        电话: "0600-5550101"
        办公时间: 周一至周五9:00—17:00
    ```
    ```yaml guides/employment/4.1.md
    监督投诉: "0600-5550102"
    ```

    ## 正确
    ```yaml county.yaml
    网站: {名称: 清源县人民政府, 域名: www.qingyuan.gov.cn, 找错: "https://www.qingyuan.gov.cn/jiucuo/"}
    ```
    """
    organisations = context.catalog.organisations.values() if context.catalog else ()
    can_report = county.overlay.website.report_errors or any(one.complaint_phone for one in organisations)
    if not can_report and not context.troubled(county.overlay.place.file):
        yield Fault(
            _place(county, ""),
            "没有写“找错”的网址，也没有任何机构的监督电话",
            "请在“网站”里写 找错: 网址，或者给“机构”写上监督电话。",
        )


def _regions(code: str) -> tuple[str, ...]:
    """The codes of the county, its city and its province, on whose sites a county's pages may be."""
    return code[:6], f"{code[:4]}00", f"{code[:2]}0000"


def _same_city(region: str, code: str) -> bool:
    return region[:4] == code[:4] or region in _regions(code)


def _place(county: County, key: str) -> Place:
    website: Website = county.overlay.website
    written = website.written.get(key) or county.overlay.written.get("网站")
    return written.place if written else county.overlay.place
