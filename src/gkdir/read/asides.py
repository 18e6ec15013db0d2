"""A remark in brackets after an element of 公开内容 → whether it only explains the element, or has to be reported."""

from __future__ import annotations

import re

from gkdir.read.words import ENDING

_TRAILING_BRACKETS = re.compile(r"[（(]([^（）()]+)[)）]\Z")
_SEPARATOR = re.compile(r"[、，,；;/／\s]|以及|或者|[和及与或]")
_LEAST_PIECES = 2
"""A remark with this many pieces or more is a list of parts, which may have any names: 补卡、换卡、解挂."""
_LONGEST_PIECE = 12
"""The most characters of such a part."""
_NUMBER = re.compile(r"\d|[一二三四五六七八九十两]+(?:[年月日天次份级批期周]|个月|工作日|小时|元)|每[年月人次天季周]")
"""A number says how much, how long, when, or which document or phone."""
_EXPLAINS = re.compile(
    r"(?:其中)?(?:另?含|包括|包含|附|即|如何|怎[么样]|也[叫称]|又[叫称]|简称|原名|同时(?:满足|符合))"
)
"""The beginning of a remark that adds to the element or explains it."""
_HARMLESS_ENDING = re.compile(
    "[式文件本图片频码址口号箱编金费贴助险证卡书表单册税率例元级厅局部委心站所处台网馆校院行司业地厂间县市省区乡镇村道"
    "街路组科股队类版班届季年月日午天种岗位程材试核绩记定审训领理付放更移续保休化习职聘同议裁解察稽场递寄人员体庭者生"
    "工军女力户子民师匠学龄历族面语题项次期别名听线国点楼层电信药食车房法制系伤病残亡岁周社会港侨属章]\\Z"
    "|(?:免费|(?:试|暂|执)行|修[订正]|城乡|节假日除外|当场办结|(?:一次|阶段)性|阶段|[年季月]度|[线网掌]上|线下|[检调审巡]查|查询|直播)\\Z"
)
"""The end of a word that says which, whose, where, when or in what form, or that it costs nothing."""
_RESTRICTS = re.compile(
    # how it begins
    r"(?:保留|[看去删抹隐匿遮涂]|代表\Z|不具|打码|化名|代[号码称]|[仅只限暂]|拟(?![聘录任认补发公享])|主要|常[用见](?!问题)|备[选用]|临时|最[高低多少](?!\d)"
    r"|大[体部多]|多数|少数|个别|典型|重要|关键|核心|节[选录略]|缩|概[况略要]|摘|抽[样查选]|筛|选[择登摘]|片[段面]|局部|告知|通知|反馈|口头|私下|当面"
    r"|[向由](?!各)|对[内单本]|经(?=领|批|审|同)|报[送经领]|交[由给]|发给|征求|草[案稿图]|初[稿步]|讨论|参[考照阅]|无人|[不未][予对作列再宜便公全]|待(?!遇|业)"
    r"|按[\u4e00-\u9fff]{0,6}(?:通知|要求|情况|需[求要]?)\Z)"
    # its end, or all of it
    r"|.*(?:区间|幅度|上下限|范围值?|概数|总[额量数]|汇总数?|合计数?|标题|目次|档次|示[意例]|举例|样例|草图|粗项|大类|编号|代码|尾号|末[一二三四五六]位"
    r"|前[一二三四五六七八九十]+名|停用|保密|(?<!办理)(?<!退役)(?<!退休)后|为[主准]|而定|确认|知悉|协商|面议|转接|总机转?|通过的)\Z"
    r"|.*(?:无人|打码|隐[去名藏]|匿名|星号|去标识|屏蔽|脱[密敏]|略去|打乱|点名|凭证查)"
)
"""Words that withhold something, give it to one person only, or replace it: 保留, 打码, 告知, 代码."""


def odd_aside(element: str) -> bool:
    """Whether the element ends in a remark that may restrict it: 待遇标准（区间）, 补贴名单（保留姓氏）."""
    aside = _TRAILING_BRACKETS.search(element)
    if aside is None:
        return False
    pieces = [piece for piece in _SEPARATOR.split(aside[1]) if piece]
    if all(_RESTRICTS.match(piece) for piece in pieces):
        return True
    if len(pieces) >= _LEAST_PIECES:
        return any(len(piece) > _LONGEST_PIECE and not _is_explanation(piece) for piece in pieces)
    return not all(map(_is_explanation, pieces))


def _is_explanation(piece: str) -> bool:
    return bool(
        not piece.isascii()
        and (_EXPLAINS.match(piece) or _NUMBER.search(piece) or _HARMLESS_ENDING.search(piece) or ENDING.search(piece))
    ) or (piece.isascii() and len(piece) > 1)
