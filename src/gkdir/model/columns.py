"""The table of the directory's columns: key, Chinese label, known spellings, sub-headings."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Column(Struct, frozen=True):
    """One column of the national layout.

    ``label`` is the canonical heading and the YAML key; ``aliases`` are other spellings in counties' tables (compared
    without white space, brackets folded); ``group`` is the heading above it, if any.
    """

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str | None = None
    required: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMNS: tuple[Column, ...] = (
    Column(
        "number",
        "序号",
        _words("编号 序 项目序号 事项编号 事项序号 目录编号 项目编号 公开事项序号 序次"),
    ),
    Column(
        "level1",
        "一级事项",
        _words(
            "一级目录 一级事项名称 一级公开事项 公开事项类别 事项类别 公开类别 事项大类 "
            "公开事项大类 主项 主项名称 大项 大项名称"
        ),
        group="公开事项",
        required=True,
    ),
    Column(
        "level2",
        "二级事项",
        _words(
            "二级目录 二级事项名称 二级公开事项 事项名称 公开事项名称 具体事项 事项 事项小类 "
            "公开事项小类 子项 子项名称 小项 小项名称 公开事项子项 具体事项名称 公开项目 "
            "公开项目名称"
        ),
        group="公开事项",
        required=True,
    ),
    Column(
        "level3",
        "三级事项",
        _words("三级事项（可选） 三级目录 三级事项名称 三级公开事项 事项细项 细项 细项名称 事项细目"),
        group="公开事项",
    ),
    Column(
        "content",
        "公开内容",
        _words(
            "公开内容（要素） 公开要素（要素） 公开要素 内容要素 公开内容及要素 信息公开内容 "
            "政务公开内容 公开信息内容 公开内容要素 公开的内容 应公开内容"
        ),
        required=True,
    ),
    Column(
        "basis",
        "公开依据",
        _words(
            "依据 政策依据 法律依据 法律法规依据 法规依据 法定依据 设定依据 文件依据 "
            "公开的依据 政策法规依据 法律政策依据"
        ),
        required=True,
    ),
    Column(
        "time_limit",
        "公开时限",
        _words("时限 公开期限 公开时间 公开时限要求 公开的时限 时间要求 时限要求 发布时限 更新时限"),
        required=True,
    ),
    Column(
        "publisher",
        "公开主体",
        _words(
            "责任主体 公开责任主体 公开责任单位 公开责任部门 责任部门 责任单位 公开单位 "
            "公开部门 公开机构 责任科室 责任股室 责任处室 责任机构 公开责任科室 公开责任股室 "
            "公开责任机构 发布主体 发布单位 发布机构 牵头单位 牵头部门 承办单位 承办科室 "
            "承办股室 承办部门 负责单位 负责部门 负责科室"
        ),
        required=True,
    ),
    Column(
        "channels",
        "公开渠道和载体",
        _words(
            "公开渠道 公开渠道和要素 公开渠道及载体 公开渠道与载体 公开渠道或载体 公开载体 "
            "渠道和载体 公开平台 公开途径 公开场所 公开位置 发布渠道 发布平台 发布载体 "
            "公开载体和渠道 公开方式和载体 公开形式和载体"
        ),
        required=True,
    ),
    Column(
        "audience",
        "公开对象",
        _words("公开受众 公开范围 公开人群 公开的对象"),
        required=True,
    ),
    Column(
        "mode",
        "公开方式",
        _words("公开属性 公开类型 公开性质 公开形式"),
        required=True,
    ),
    Column(
        "levels",
        "公开层级",
        _words("公开级别 公开层次"),
    ),
)
"""In the order of the national sheets. The last three consist of boxes to tick, under sub-headings."""

COLUMN = {column.key: column for column in COLUMNS}

NAME_KEYS = ("level1", "level2", "level3")
"""The keys of an item's names: 一级事项, 二级事项, 三级事项."""

FIELDS = tuple(column.key for column in COLUMNS if column.key not in ("number", *NAME_KEYS))
"""The keys of the fields of an item that a layer may change: all except its names."""

AUDIENCES = ("全社会", "特定群体")
MODES = ("主动", "依申请")
LEVELS = ("县级", "乡级", "村级")

CHANNELS = (
    "政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体", "公开查阅点", "政务服务中心",
    "便民服务站", "入户/现场", "社区/企事业单位/村公示栏（电子屏）", "精准推送", "其他",
)  # fmt: skip
"""The thirteen boxes of 公开渠道和载体, in the national order."""

BOARD = CHANNELS[10]
"""社区/企事业单位/村公示栏（电子屏）: items with this channel are shown on boards and screens."""

NOTICE_DATE = date(2019, 6, 3)
"""The date of the notice and its directories: the fallback if a county has no dates."""

EARLIEST, LATEST = date(1949, 10, 1), date(2099, 12, 31)
"""The limits for dates in a county's files, which keep date arithmetic within the calendar."""
