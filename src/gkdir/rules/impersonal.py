"""The context of a number → whether it is not personal: an amount, a code, a unit's account, an address."""

from __future__ import annotations

import re

_LABEL = re.compile(
    r"(?:编码|代码|编号|文号|案号|单号|批号|批次|税号|序号|序列号|流水号|受理号|注册号|登记号|备案号|备案|标识码|识别号|信用代码"
    r"|条码|条形码|许可证号?|证书号?|批准号|项目号|订单号|发票号码?|户号|学号|工号|机构号|设备号|版本号?|公网安备|邮政编码|邮编"
    r"|ISBN|ISSN|DOI|MD5|SHA|序|ICP[备证]|公安备)"
    r"(?:[一二三四五六七八九十]|[（(][^（）()\d]{1,12}[）)])?(?:是|为|如下)?[\s:：|=＝#“”\"'，,]{0,8}\Z",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\d+[号项条]")
_OF_PERSON = re.compile(r"(?:身份证|社保卡|社会保障卡|残疾|银行卡|手机|电话|联系|个人|公民)[^，。；\s]{0,6}\Z")
"""A code of these is somebody's own."""
_PHONE = re.compile(
    r"(?:电话|手机|联系|号码|拨打|致电|短信|微信|移动|tel|phone|mobile|mob|cell|wechat|wx|qq|call|whatsapp)"
    r"[^\d，。；]{0,12}\Z",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s{0,3}(?:"
    r"[.．]\d{1,2}(?!\d)|[百千万亿]{0,3}(?:美|港|欧|日|韩|澳)?元(?![旦宵月])|[百千万亿]{1,3}|圆整|人民币|RMB|CNY|USD"
    r"|人次|户次|人天|千瓦时?|度电|平方|立方|平米|公里|千米|公斤|千克|克|吨|亩|公顷|字节|bytes?|KB|MB|%|％|分之|倍|毫秒|秒)",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?:[￥¥$€]|(?:RMB|CNY|USD|人民币|金额|资金|总额|总计|合计|共计|投资|收入|支出|预算|决算|余额|税额|货值|造价|控制价|中标价"
    r"|成交价)(?:[（(][^（）()\d]{1,8}[）)])?(?:约?为|达到?|约)?[:：]?)\s{0,3}\Z",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<!\d)0\.\Z|(?:[经纬]度?|坐标|[EN])[\s:：为,，（(]{0,3}\d{1,3}\.\Z")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff][〔\[（(](?:19|20)\d\d[〕\]）)]第?\s?\Z")
"""The year in the number of a document: 人社部发〔2023〕."""
_CARD_LABEL = re.compile(r"(?:卡号|银行卡|账[号户]|帐[号户]|存折)[^\d，。；]{0,12}\Z")
_UNIT_ACCOUNT = re.compile(
    r"专户|专用账[户号]|对公|单位账[户号]|基本账?户|一般账?户|结算账户|财政|国库|收款单位|缴费账[户号]|缴款|缴存|征收|"
    r"公积金账|社保基金|保险基金|工会账|党费|(?:户名|账户名称|开户名称|开户单位)[:：]?[^\d，。；]{0,30}(?:局|中心|公司|委员会|办事处|政府|所|站|院|校|会|厂)"
)
_URL = re.compile(
    r"(?:(?:https?|ftp)://|(?:[\w-]+\.)+(?:com|cn|net|org|gov)(?=[/:?]))[^\s\"'<>（）()，。；]*",
    re.IGNORECASE | re.ASCII,
)
_PERSONAL_QUERY = re.compile(
    r"(?:tel|phone|mobile|sj|sjh|dh|lxdh|call|sms|contact|wa\.me|user)\w*[=:/+]*\Z", re.IGNORECASE
)
_CODE_BEFORE = re.compile(r"[0-9A-Za-z]+\Z")
_CODE_AFTER = re.compile(r"[0-9A-Za-z]+")
_CODE = 20
"""The least length of a code that cannot be a phone with something attached."""
_LONGEST_URL = 500
_ABOUT = 24
"""Characters before and after a number to consider as its context."""


def counted(text: str, start: int, end: int) -> bool:
    """Whether the number is a quantity (money, people, watts) or part of a decimal fraction."""
    before = text[max(0, start - _ABOUT) : start]
    return bool(_UNIT.match(text, end) or _MONEY.search(before) or _DECIMAL.search(before[-12:]))


def numbered(text: str, start: int) -> bool:
    """Whether the words before it introduce the code or number of a thing."""
    before = text[max(0, start - _ABOUT) : start]
    if _DOCUMENT.search(before):
        return True
    if before.endswith("第") and _ORDINAL.match(text, start):
        return _OF_PERSON.search(before[:-1]) is None
    label = _LABEL.search(before)
    return label is not None and _OF_PERSON.search(before[: label.start()]) is None


def labelled_phone(text: str, start: int) -> bool:
    """Whether the words before it introduce a phone."""
    return _PHONE.search(text[max(0, start - _ABOUT) : start]) is not None


def labelled_card(text: str, start: int) -> bool:
    """Whether the words before it introduce a card or an account."""
    return _CARD_LABEL.search(text[max(0, start - _ABOUT) : start]) is not None


def of_a_unit(text: str, start: int, end: int) -> bool:
    """Whether the account is labelled as that of an office or a fund."""
    return _UNIT_ACCOUNT.search(text[max(0, start - 2 * _ABOUT) : end + _ABOUT]) is not None


def in_address(text: str, start: int, end: int) -> bool:
    """Whether the number is part of the address of a page, where it names the page; or of a long code of letters."""
    for url in _URL.finditer(text, max(0, start - _LONGEST_URL), end):
        if url.end() > start:
            return _PERSONAL_QUERY.search(text[url.start() : start]) is None
    before = _CODE_BEFORE.search(text[max(0, start - _ABOUT) : start])
    after = _CODE_AFTER.match(text[end : end + _ABOUT])
    return before is not None and after is not None and len(before[0]) + len(after[0]) + end - start >= _CODE
