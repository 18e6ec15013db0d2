"""A cell's text and its column → the words that the column's grammar does not understand, for review by a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from gkdir.model.columns import CHANNELS
from gkdir.read.asides import odd_aside
from gkdir.read.bases import bases
from gkdir.read.channels import MAX_CHANNELS, channels, known_channel, known_ending, remarks
from gkdir.read.leftover import Sparse, dangling, left_over, loosening
from gkdir.read.limitpatterns import ONLINE
from gkdir.read.text import fold, line, simplified
from gkdir.read.timelimit import time_limit
from gkdir.read.words import ALL, SOME, chosen, chosen_words, elements, hollow_bullets, unchosen, undivided

NAMED = 2
"""The fewest characters of a loosening word that is looked for in freely chosen names."""

_RESTRICTS = Sparse(
    re.compile(
        r"[不未](?:予|对外|宜|再|作|便|主动|全部)?(?:公开|公示|公布|告知|提供|展示)|不对外|暂[不缓]|酌情|视情|原则上|另行|部分公开|依申请|登录|登陆|仅限|内部|保密|口头(?!申请|申报)"
        r"|[（(][^（）()]*(?:[另详面电]询|另行|[另再待面][议商]|(?:到|去)窗口|来电|更新中|整理中|内线|再[打来说问]|稍后|以后|后公[布开]|为准|不详|领导|口径|密码|审[批定核计查]后|(?:验收|决算|评估|汇总|统计)后|[批同][准意]后)[^（）()]*[)）]"
        r"|(?:按照?|依照?|以|据|根据)[\u4e00-\u9fff]{0,4}(?:领导|上级|内部|审定|审核|批准|研究)[\u4e00-\u9fff]{0,6}口径|(?:经|由|报|待|须|需)[\u4e00-\u9fff]{0,4}领导[\u4e00-\u9fff]{0,4}(?:审|批|同意|研究|把关|决定)"
        r"|[（(](?:已?停[机用]?|已[注撤取停废]|空号|作废|旧号)[^（）()]*[)）]"
        r"|[（(](?:部分|摘[要录编]|概述|概要|要点|节[选录]|简[要介述略]|略述|大略|略|暂|待(?![遇业])|除|不含|不包括|隐去|脱敏|可选|择要|简[版本化单]|缩略|精简|大意|提纲|[仅只]|参照|参考|如[需有果])[^（）()]*[)）]"
        r"|[（(][^（）()]*(?:粗略|大[概致体约]|概数|约数|笼统|四舍五入|从略|择[期机]|可能|自愿|与否|口[授述头](?!申)|索[取要]|缩写|延[后迟]|推迟|往后|(?<!人)才(?![能艺华])|的(?=[）)])|的(?:才|再|方|予以|给予|可以)|除[^（）()、]{1,10}外|或许|也许|内[控定](?!制度|机制|管理)|撤[除下]|一事一议|因[人事地]而异|(?:到|去|来)现场[了咨]|(?:干部|人员|科室|窗口|领导|自行|灵活|内部|单位)掌握|由(?:窗口|经办|工作|业务|值班|科室|股室|领导|干部|负责)[\u4e00-\u9fff]{0,4}(?:解释|答复|判断|决定|把握|确定)|(?:要求|需要|需求|请求|必要|成熟)[时后的]?(?:才|再|方)?[可能]?(?:予以|对外|向[\u4e00-\u9fff]{1,4})?(?:提供|公[开布]|告知|发布|展示|查[阅看])|(?<!变更)(?<!变动)(?<!更新)(?<!调整)(?<!修[订改正])[时后](?:才|再|方)?[可能]?(?:公[开布]|告知))[^（）()]*[)）]"
        r"|[（(](?:视(?![频听力觉])|若|如(?!何)|倘|凡|待(?!遇|业)|俟|有[\u4e00-\u9fff]{1,4}时)[^（）()]*[)）]|涉密|除[^、（）()]{1,10}外的|领导[\u4e00-\u9fff]{0,4}(?:认为|同意|批准|认可|把关|审)|(?:可以?|[适合]宜|适合|能够?|允许|准予|同意|方便)(?:对外|向社会|主动|全部)?公[开布]的|(?:以外|之外|除外)的"
        r"|[（(](?:另[附发行]|[详参]?见(?!义勇为|习|证)|[自来]行?[查取阅问电函人]|窗口(?:告知|咨询|查[阅询]|领取|自取)|面[谈议询]|可不)[^（）()]*[)）]"
    ),
    re.compile("[不未暂酌视原另部依登仅内保口按以据根经由报待须需涉可适合能允准同方之除领（(]"),
)
"""Words that revoke an element of 公开内容, or make it conditional."""
_CHANNEL = re.compile(
    r"(?:[站点栏板屏台厅亭窗网端号店市报刊视播线话信博音序册单卡页墙馆户场贴微众叭纸集屋校车幅架》]|中心|(?<!信)箱|(?:新|[融全]|新闻|主流|纸质)媒体|报社|杂志社|大学|推送|入口|出口|门口|路口|村口|窗口|大门|抖音|快手|手机|(?:一体|自助|查询|查阅|取号|叫号|排队|取款|打印|缴费|电视|广告|电话|广播|ATM|POS)机|频[道率]|讲堂|课堂|告知书|明白书|口袋书|图书|告知函|公开函"
    r"|(?:阅览|等候|候诊|图书|活动|接待|服务|党群|村务|议事|调解|咨询|候车|休息|卫生|医务|文化|荣誉)室|(?:发布|听证|座谈|招聘|宣讲|推介|说明|咨询|恳谈|院坝|坝坝|通气|见面|对接|交流|居民|村民|业主|户主|代表大|村民小组|庙|展览|博览|洽谈)会"
    r"|(?:医|卫生|敬老|养老|福利|法|影|剧|学|书|检察)院|(?:司法|派出|事务|服务|财政|社保|人社|保障|场|卫生|便民|居)所|(?:办事|服务|张贴|公示|宣传|咨询|办理|经办)处"
    r"|(?:微信|QQ|居民|村民|网格|网格员|业主|家长|求职|招聘|就业|服务|用工|社区|企业|务工|农民工|便民|政策|交流|互动|咨询|楼栋|楼长|物业|议事|HR|群众|村组|党群)群|(?:体验|展示|等候|服务|阅览|自助|公开)区|直播(?:间|带岗)?|视频|公示|上墙|宣传|栏目|节目|(?:宣传|招聘|就业|援助|服务|推介|进[\u4e00-\u9fff]{1,3}|下乡)[\u4e00-\u9fff]{0,8}(?:活动|现场)|标语|易拉宝|地图|头条|橱窗|公告|布告|通告|广告|专区|走访|宣讲|(?:电话|热线|现场|窗口|上门|在线|网上|线上)咨询|12\d{3}|APP|App|app)"
    r"(?:（[^（）]*）|“[^“”]{1,12}”)?\Z"
)
"""The end of the name of a public channel: 便民服务点, 清源人社公众号, 村民微信群; not any 群 or 室."""
_BRACKET = re.compile(r"[（(]([^（）()]+)[)）]")
_RESTRICTION = re.compile(
    "(?:后台|幕后|印发|下发|抄送|抄报|报送|呈送|转告|转发|传达|移交|旧|[向由存]|未(?!来)|[仅只限停待拟暂需须凭除]|员工|干部|职工(?!服务|之家)|管理员|成员|本单位|本局|不(?!动产)|非(?!遗))|已[停注关撤]|尚未|正在|建设"
)
"""The beginning of a remark that restricts a channel: 未开通, 仅本局, 待建."""
_NAMED_CHANNEL = re.compile(r"(?:[网号厅栏屏台站口处]|网址|客户端|小程序|中心|专区|APP|App|app)\Z")
"""The end of the name of a place or account in a remark after a channel: 清源人社微信公众号, 二楼社保窗口."""
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[/:][\w./-]*)?", re.ASCII)
_UNSPECIFIC = re.compile(
    r"(?:相关|有关|指定|特定|其他|其它|相应|适当|某些|某|各类|各种|合适|上级|主管部门|的)+(?:网站|平台|渠道|媒体|媒介|方式|载体|途径|场所|公众号)"
    r"|(?:[浙苏皖赣]政钉|(?:政务)?钉钉|粤政易|渝快政|办公|内部|业务)[\u4e00-\u9fff]{0,6}(?:群|平台|系统|软件|台)?"
    r"|(?!新闻)[\u4e00-\u9fff]*(?:专报|要报|通报|内参|摘报|呈报)"
    r"|(?:[\u4e00-\u9fff]*(?:工作|内部|情况|业务|督[查办]|机关|系统|党建|局务|会议|信息|本局|单位)[\u4e00-\u9fff]{0,2})?(?:简报|快报|周报|月报|季报|动态|通讯|日志)"
    r"|[\u4e00-\u9fff]*(?<!社会)(?<!社)工作[\u4e00-\u9fff]{0,4}群"
    r"|[\u4e00-\u9fff]*(?:(?:机关|干部|员工|同事|科室|股室|中层|班子|党组|党员|支部|工作人员|经办人员|窗口人员|负责人|联络员|信息员|组长)[\u4e00-\u9fff]{0,4}(?:群|会|会议|食堂[\u4e00-\u9fff]{0,3})|后台|科室|股室|内刊|(?:办公|档案|值班|会议|资料)室)"
)
"""Names of channels that are unspecific, or that only the staff can read."""
_ACCOUNT = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:发布|人社|社保|就业|创业|人才|招聘|政务|融媒|新闻|资讯|在线|广播|广电|电视|日报|之窗|之声|服务|12333)"
    r"|LED"
)
"""The name of an account in a remark after its kind: 微博（清源发布）."""
_PHONE = re.compile(r"\d{3,4}-?\d{5,8}(?!\d)|(?<!\d)1\d{4}(?!\d)")
_QUOTES = re.compile('[“”「」"]')
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,}?(?:县|区|市场|广场|市|州|旗|镇|乡|村|街道|社区|局|中心|政府|委|办|省|院|站|所)(?=[\u4e00-\u9fff]*\Z)"
)
"""The owner of a channel."""
_PEOPLE = re.compile(
    r"(?:人|人员|群众|者|生|民|家庭|户|人口|单位|企业|职工|军人|转业干部|妇女|儿童|青年|对象|群体|机构|组织|团体|学校|社区|村|班子|员|师|主|工|属|徒|客|手|兵|老|残|校|局|部门|中心|方|代表|孤儿)\Z"
)
"""The end of the name of a group of people: 登记失业人员."""
_UNSPECIFIC_PEOPLE = re.compile(
    r"(?:相关|有关|特定|部分|其他|相应|某些|某|各类|上述|前述|以上|符合条件|的)*(?:人|人员|群众|群体|对象|单位|者)"
)
"""Unspecific names of people."""
_UNLIMITED = re.compile(
    r"(?:不限|不分|不论|无论)(?:户籍|地域|年龄|性别|身份|地区|城乡|国籍|民族|[、和与或])*|不特定"
    r"|(?:不设|不加|[没未]有?设?|无|不作)(?:任何)?(?:限制|门槛|限定)"
)
"""全社会（不限户籍）: words that extend the audience."""
_INCLUDING = re.compile(r"(?:包括|包含|含)([^除不未非仅限]+)")
"""全社会（包括外来务工人员）: people who are included."""
_AMONG_THEM = re.compile(
    r"(?<=社会|公众)(?:[（(](?:包括|包含|含)([^（）()除不未非仅限]+)[)）]|(?:[、和及与]|以及)([^（）()，。；]+)\Z)"
)
"""The same in brackets, with commas; and 社会公众、企业, which does not restrict the audience."""
_MODE = re.compile(r"依申请(?:公开)?|主动(?:公开)?")
_MODE_ON_MODE = re.compile(
    r"主动(?:公开)?[（(]?(?:(?<=[（(])(?:含|包括|或|兼))?(依申请(?:公开)?)|(依申请(?:公开)?)[（(]?主动"
)
_LEVEL = re.compile(
    r"镇或(?:者)?街道|村或(?:者)?社区|县或(?:者)?区|村居|嘎查|苏木|团场|居民委员会|居委会?|社区|街道?|林区|特区|[县区市旗州乡镇村]"
)
_PROMPT = re.compile(r"(?:其中)?(?:请写明|请注明|请说明|具体名称|名称|可多选|单选|可选)")
_AND = re.compile(r"[、，,；;/／和及或与]")
_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")
_ISSUERS = re.compile(
    r"^[\u4e00-\u9fff、，（）\s]{2,60}?(?:(?<!内)部|局|委|厅|院|办公室|办|会|府|署|省|市|县|区)"
    r"(?:等(?:[一二三四五六七八九十\d]+个?(?:部门|单位))?)?(?:关于|联合|印发|发布|下发|制定|出台|的)*(?=\0)"
)
_DRAFT = re.compile(
    r"[（(]([^（）()]*(?:草案|(?<!通)稿))[）)](?=》)|((?:会议)?(?:纪要|记录)|讲话|批示|请示|汇报(?:材料)?|备忘录|简报)(?=》)"
)
"""The end of the name of a document that is not in force yet or not binding."""
_NUMBER = re.compile(
    r"(?:GB|LD|DB[\d/]*)(?:/?[TZ])?\s?[\d.]+\s?[—–-]{1,2}\d{4}|[\u4e00-\u9fff]{2,12}[〔\[(（]\d{2,4}[〕\])）]\s*第?\s*\d+\s*号?|[\u4e00-\u9fff、]{1,60}?令?(?:（?\d{4}年?）?)?第?\s*[\d一二三四五六七八九十百零〇]+\s*号|\d{4}年(?:\d+月)?(?:\d+日)?"
)
CLAUSE = re.compile(r"第?\s*[（(]?\s*[\d一二三四五六七八九十百千零〇之、至到和第Ⅰ-Ⅻ]+\s*[）)]?\s*[条款项章节目编]")
_HISTORY = re.compile(r"（(?=[^（）]*(?:\d|年|号))[^（）]*）")
"""The dates when a law was passed and amended, or its number."""
_ORGAN = re.compile(
    r"[\u4e00-\u9fff、]{2,40}(?:代表大会|委员会|会议|国务院|(?<!内)部|局|厅|委|政府|办公室|办|院)(?:令|公告)?"
)
_CONTENT = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{2}|\d{4}")
"""The least content of a text: 12333 may be an element; 7, ↓ and / are not."""
_ELSEWHERE = re.compile(
    r"(?:内容|主体|时限)?(?:同|见|详见|参见|参照|与|按照?)(?:第?[\d.]+[项条行]?|序号?[\d.]+|上[一表栏项面述]\S{0,4}|附[件表]\S{0,6})"
    r"(?:相同|一致|执行)?"
)
"""Texts that only refer to another place: 同1.1, 详见附件."""
_POINTS = re.compile("[点扫登关访打前见]")
_POINTER = re.compile(
    r"(?:详情)?[请可]?(?:点击|扫码|扫描|扫一扫|登[录陆]|关注|访问|打开|前往|[详参]?见(?![习义证]))[^，。；（）]{0,16}?"
    r"(?:查[看阅询]|下载|浏览|获取|链接|网[址站页]|官网|平台|附件|附表|公众号|小程序|二维码|详情|[这此][里处]|[正原全]文|目录|窗口|公[告示开]栏)"
)
"""An element that only refers to a link, which a table of texts does not have: 详见链接, 点击下载."""
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
"""The least content of the name of a document: 258 and 23号 are only numbers."""
_SPACED = re.compile(r"[^部厅局委院会室府令处市县区省州旗] (?!关于|印发|第)[\u4e00-\u9fff]")
"""A blank in the name of a document, except after its issuer or before an article."""
_COUNTED = re.compile(
    r"[\u4e00-\u9fff]{1,6}(?:省|市|县|区|州|旗)(?=第)|第?[\d一二三四五六七八九十百零〇]+(?:届|次|号|年|月|日|版)|(?:19|20)\d\d(?=修)"
)


@lru_cache(maxsize=1 << 12)
def unread(column: str, text: str) -> tuple[str, ...]:
    """The words of ``text`` that the column's grammar does not understand; none for columns of names."""
    reader = _READERS.get(column)
    plain = simplified(text)
    return tuple(dict.fromkeys((*dangling(plain), *reader(plain)))) if reader else ()


@lru_cache(maxsize=1 << 12)
def spaced(column: str, text: str) -> tuple[str, ...]:
    """Elements and documents with a blank that may be a separator, because they have no other."""
    if column == "content":
        return undivided(text)
    if column == "basis":
        return tuple(one.text for one in bases(chosen(text)) if "《" not in one.text and _SPACED.search(one.text))
    return ()


def _limit(text: str) -> Iterator[str]:
    limit = time_limit(text)
    if limit.kind not in ("vague", "unknown"):  # other rules judge these as a whole
        yield from limit.left


def _channels(text: str) -> Iterator[str]:
    if len(text) > MAX_CHANNELS:
        yield text
        return
    for remark in remarks(text):
        yield from _remark(remark)
    for channel in channels(text):
        if channel not in CHANNELS and not known_channel(channel):
            yield from _odd(channel)


def _remark(text: str) -> Iterator[str]:
    """The words of a remark after a channel, unless it names the account, the place or the address."""
    # “清源人社”微信公众号 is one name
    for words in left_over(_QUOTES.sub("", text), (_ADDRESS, _PHONE), "channels"):
        if _ACCOUNT.fullmatch(words):
            odd = loosening((words,), "channels", NAMED) is not None
        else:
            odd = not _NAMED_CHANNEL.search(words) or any(_odd(words))
        if odd or _RESTRICTION.match(words):
            yield words


def _odd(channel: str) -> Iterator[str]:
    """The odd words of a channel's name: remarks in it (停播, but not 清源发布), and all of it, if it does not end
    like a channel, is unspecific or has a word that restricts it; else the words before a known name (酌定, but not
    清源县).
    """
    for remark in _BRACKET.finditer(channel):
        within = remark.end() < len(channel) and len(remark[1]) == 1  # 村（居）务公开栏
        yield from () if within and not _RESTRICTION.match(remark[1]) else _remark(remark[1])
    end = known_ending(channel)
    if (
        _UNSPECIFIC.fullmatch(channel)
        or _RESTRICTION.match(channel)
        or loosening((channel,), "channels", NAMED)
        or (end is None and not _CHANNEL.search(channel))
    ):
        yield channel
    elif end is not None:
        yield from left_over(channel[: -len(end)], (_PLACE,), "channels")


def says_something(text: str) -> bool:
    """Whether the text has a word, or a number long enough to be a phone."""
    return _CONTENT.search(text) is not None


def _publisher(text: str) -> Iterator[str]:
    if text and (not says_something(text) or _ELSEWHERE.fullmatch("".join(text.split()))):
        yield text
    yield from unchosen(text)


def _content(text: str) -> Iterator[str]:
    if text and (not says_something(text) or _ELSEWHERE.fullmatch("".join(text.split()))):
        yield text
    yield from (*unchosen(text), *hollow_bullets(text))
    if _POINTS.search(text):
        yield from filter(_POINTER.fullmatch, elements(text))
    whole = "".join(text.split())
    if _RESTRICTS.search(whole) or (")" in whole or "）" in whole):
        yield from (element for element in elements(text) if _RESTRICTS.search(element) or odd_aside(element))


def _audience(text: str) -> Iterator[str]:
    for word in chosen_words(text):
        plain = _AMONG_THEM.sub(lambda match: "" if _is_group(match[1] or match[2]) else match[0], line(word))
        named = not ALL.search(fold(plain)) or SOME.search(fold(plain)) is not None
        for words in left_over(plain, (ALL, SOME, _UNLIMITED), "audience"):
            included = _INCLUDING.fullmatch(words)
            group = words if named else included and included[1]
            yield from () if group and _is_group(group) else (words,)


def _is_group(words: str) -> bool:
    """Whether the words name people and put no condition on them: 登记失业人员, not 登录后可见."""
    pieces = [piece for piece in _AND.split(words.removesuffix("等")) if piece]
    return all(_PEOPLE.search(piece) and not _UNSPECIFIC_PEOPLE.fullmatch(piece) for piece in pieces) and not loosening(
        (words,), "group", NAMED
    )


def _mode(text: str) -> Iterator[str]:
    for word in chosen_words(text):
        # 主动（依申请） contradicts itself; 主动、依申请 are two modes
        plain = line(word.replace("\n", "、"))
        yield from (match[1] or match[2] for match in _MODE_ON_MODE.finditer(plain))
        yield from left_over(plain, (_MODE, ONLINE), "mode")


def _levels(text: str) -> Iterator[str]:
    for word in chosen_words(text):
        yield from left_over(line(word), (_LEVEL,), "levels")


def _bases(text: str) -> Iterator[str]:
    yield from unchosen(text)
    for one in bases(chosen(text)):
        if _WORD.search(one.text) is None:
            yield one.text
        yield from beside_title(one.text)


@lru_cache(maxsize=1 << 12)
def beside_title(text: str) -> tuple[str, ...]:
    """Text around the 《title》 of one law or document that is neither its number nor its history."""
    if "《" not in text:
        return ()
    bare = _TITLE.sub("\0", text)
    history = [word for match in _HISTORY.finditer(bare) for word in _of_history(match[0])]
    bare = _HISTORY.sub("\0", bare)
    drafts = [match[1] or match[2] for match in _DRAFT.finditer(text)]
    return (*drafts, *left_over(bare, (_ISSUERS, _NUMBER, CLAUSE), "basis"), *history)


@lru_cache(maxsize=1 << 12)  # the same history is in the cells of many items
def _of_history(text: str) -> tuple[str, ...]:
    return left_over(text, (_NUMBER, CLAUSE, _COUNTED, _ORGAN), "basis")


def behind_tick(option: str, words: str) -> str:
    """The words after a tick in the column of ``option``, unless they only repeat its name."""
    left = fold(_PROMPT.sub("", words)).strip("()〔〕:,;、。._-")
    return "" if not left or left in fold(option) or fold(option) in (left.removesuffix("公开"), left) else words


_READERS: Mapping[str, Callable[[str], Iterable[str]]] = {
    "time_limit": _limit,
    "content": _content,
    "channels": _channels,
    "audience": _audience,
    "mode": _mode,
    "levels": _levels,
    "basis": _bases,
    "publisher": _publisher,
}
