"""A number → a project of that many different counties, for measurements and tests; the same each time.

``python -m scripts.many 100 FOLDER``. Each county is the sample county under another name, code, telephone exchange and
web address, with more or fewer offices, changed items, items of its own, items left out, towns and articles. Of ten
counties three have hardly begun, five are like the sample and two write much more. A county has 13.6 towns on average,
as in the whole country (about 38,600 in 2,843 counties). All names and numbers are made up.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import yaml

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "directories"
COUNTY = SAMPLE / "counties" / "qingyuan"
AS_IT_IS = (".docx", ".xlsx", ".png", ".pdf")

FIRST = "安宝昌德东丰福广和弘嘉金景康乐连龙茂明宁平启庆瑞尚泰同万文新永"
SECOND = "岑川峰岗谷河湖江口岭陵林门南坪泉山石塘田湾溪乡阳原云泽洲"
THIRD = "安川德丰和康宁平泰兴"
"""The third character of each name; hardly any real county has a name of three."""
STEP = 1237
"""The distance from one name to the next; a prime, so that no name repeats."""

PLACES = "白石 高桥 双河 长坪 柳湾 新集 大塘 青林 松山 枣园 石门 马店 三岔 沙洲 红岩 竹溪 杏花 西屏 南渡 北渠"
KINDS = (("镇", "1"), ("乡", "2"))
STREETS = "解放路 人民路 建设街 文化路 迎宾路 滨河路 振兴街 和平路"

OWN = {
    "employment": (
        ("就业信息服务", "零工驿站开放信息发布", "家门口的零工驿站"),
        ("就业信息服务", "以工代赈用工信息发布", "以工代赈招人"),
        ("就业信息服务", "乡村公益性岗位公告", "公益岗招人"),
        ("就业信息服务", "直播带岗活动预告", "看直播找工作"),
        ("就业信息服务", "返乡创业园入驻信息发布", "返乡创业园"),
        ("就业信息服务", "就业帮扶车间用工信息发布", "家门口的车间招人"),
        ("就业信息服务", "季节性用工信息发布", "农忙用工"),
        ("就业信息服务", "技能夜校课程信息发布", "下班学技能"),
    ),
    "social_insurance": (
        ("社会保险经办", "社会保险经办网点信息发布", "最近的社保网点"),
        ("社会保险经办", "社银合作网点信息发布", "在银行办社保"),
        ("社会保险经办", "村级协办员联系方式发布", "村里谁帮着办社保"),
        ("社会保险经办", "上门服务预约", "老人请人上门办"),
        ("社会保险经办", "流动服务车行程发布", "社保服务车到村"),
    ),
}
"""Items that a county may add, each with its first level and its everyday name."""

LOCAL = {
    "employment": "《清源县公共就业服务办法》（清政发〔2024〕5号）",
    "social_insurance": "《清源县社会保险经办服务办法》（清政发〔2024〕6号）",
}

LEFT_OUT = {
    "employment": ("2.2", "2.3", "8.1", "9.1"),
    "social_insurance": ("5.13", "5.14", "5.15", "5.16", "6.21", "6.22", "7.11"),
}
WHY_LEFT_OUT = "由设区的市办理，本县未开展此项业务。"

Choice = TypeVar("Choice")
Values = dict[str, Any]


class Chance:
    """Pseudo-random choices for a county; the same number gives the same county."""

    def __init__(self, number: int) -> None:
        self._random = Random(number)

    def number(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        return low + int(self._random.random() * (high - low + 1))

    def some(self, choices: Sequence[Choice], count: int) -> list[Choice]:
        """``count`` of the choices, in their order."""
        order = sorted(range(len(choices)), key=lambda _: self._random.random())
        return [choices[index] for index in sorted(order[:count])]


def name_of(number: int) -> str:
    """The name of a county, without 县; all names are different."""
    apart = number * STEP % (len(FIRST) * len(SECOND) * len(THIRD))
    rest, first = divmod(apart, len(FIRST))
    third, second = divmod(rest, len(SECOND))
    return FIRST[first] + SECOND[second] + THIRD[third]


def slug_of(number: int) -> str:
    """The name of a county's folder."""
    return f"county-{number:04}"


def many(folder: Path, counties: int, first: int = 0) -> None:
    """Make the project of that many counties from number ``first`` on, with a copy of the sample's national data."""
    shutil.copytree(SAMPLE / "national", folder / "national")
    for number in range(first, first + counties):
        for path, content in county_files(number):
            file = folder / "counties" / slug_of(number) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def county_files(number: int) -> Iterator[tuple[str, bytes]]:
    """The files of one county."""
    chance = Chance(number)
    size = (0.35, 0.7, 1.0)[(number % 10 > 2) + (number % 10 > 7)]
    guides = [path for path in _sample() if path.startswith("guides/")]
    written = set(chance.some(guides, round(len(guides) * size)))
    for path, content in _sample().items():
        if isinstance(content, bytes):
            yield path, content
        elif path == "county.yaml":
            yield path, varied(_text(_county(chance, size)), number).encode()
        elif path in written or not path.startswith(("guides/", "towns/")):
            yield path, varied(content, number).encode()
    for path, text in (*_towns(chance, round(chance.number(6, 36) * size)), *_articles(chance, round(36 * size))):
        yield path, varied(text, number).encode()


def varied(text: str, number: int) -> str:
    """A text of the sample with the county's own name, numbers and address."""
    name, street = name_of(number), STREETS.split()[number % 8]
    for old, new in {
        "清源路": street,
        "Qingyuan County": f"County {number}",
        "清源": name,
        "qingyuan": slug_of(number),
        "Qingyuan": f"County {number}",
        "990101": f"99{number // 90 % 90 + 10:02}{number % 90 + 1:02}",
        "0600-555": f"0{622 + number // 800}-{number % 800 + 200}",
        "清政发": f"{name[0]}政发",
        "清统发": f"{name[0]}统发",
    }.items():
        text = text.replace(old, new)
    return text


def main() -> None:
    """Make the project that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counties", type=int)
    parser.add_argument("folder", type=Path, help="a new one")
    asked = parser.parse_args()
    many(asked.folder, asked.counties)


@cache
def _sample() -> Mapping[str, str | bytes]:
    """The sample county's files by path: texts, and bytes of other files."""
    files = (path for path in sorted(COUNTY.rglob("*")) if path.is_file())
    return {
        path.relative_to(COUNTY).as_posix(): path.read_bytes() if path.suffix in AS_IT_IS else path.read_text("utf-8")
        for path in files
    }


def _county(chance: Chance, size: float) -> Values:
    """``county.yaml``: changed items as in the sample or fewer, items of its own, and items left out."""
    county: Values = yaml.load(str(_sample()["county.yaml"]), Loader=yaml.CSafeLoader)
    for index, place in enumerate(chance.some(PLACES.split(), round(chance.number(0, 8) * size)), 1):
        county["机构"][f"{place}分中心"] = {
            **county["机构"]["社保中心"],
            "名称": f"清源县社会保险事业服务中心{place}分中心",
            "英文名称": f"Social Insurance Service Centre, Branch {index}",
            "地址": f"清源县{place}镇{chance.some(STREETS.split(), 1)[0]}{chance.number(1, 90)}号",
            "电话": f"0600-555{2000 + index}",
        }
    for domain, directory in county["目录"].items():
        changed: Values = directory["事项"]
        wanted = set(chance.some(list(changed), round(len(changed) * size)))
        needed = [item for item, columns in changed.items() if "办事指南" in columns or "不列入" in columns]
        directory["事项"] = {item: columns for item, columns in changed.items() if item in {*wanted, *needed}}
        for item in chance.some(LEFT_OUT[domain], chance.number(0, 4)):
            directory["事项"][item] = {"不列入": WHY_LEFT_OUT}
        own = chance.some(OWN[domain], round(chance.number(0, len(OWN[domain])) * size))
        directory["增加"] += [_own(domain, count, *words) for count, words in enumerate(own, 1)]
    return county


def _own(domain: str, count: int, level: str, name: str, *plain: str) -> Values:
    number = f"1.{6 + count}" if domain == "employment" else f"10.{count}"
    return {
        "编号": number,
        "一级事项": level,
        "二级事项": name,
        "通俗名称": plain[0],
        "公开内容": ["服务对象", "服务地点", "服务时间", "怎样参加", "咨询电话"],
        "公开依据": ["《中华人民共和国政府信息公开条例》（国务院令第711号）", LOCAL[domain]],
        "公开时限": f"信息形成或变更之日起{count + 4}个工作日内公开",
        "公开主体": ["人社局", "就业中心" if domain == "employment" else "社保中心"],
        "公开渠道和载体": ["政府网站", "政务服务中心", "社区/企事业单位/村公示栏（电子屏）", "基层公共服务平台"],
        "公开对象": ["全社会"],
        "公开方式": ["主动"],
        "公开层级": ["县级", "乡级"],
    }


def _towns(chance: Chance, count: int) -> Iterator[tuple[str, str]]:
    """The files of towns, with what differs from the county."""
    names = [first + second for first in PLACES.split() for second in ("", "东", "西")]
    for index, name in enumerate(chance.some(names, count)):
        kind, digit = KINDS[index % 2]
        place, office = f"{name}{kind}", f"{kind}便民服务中心"
        directories: Values = {
            "employment": {"审核日期": date(2026, 3, 1), "默认": {"公开主体": {"增加": [office]}}, "事项": {}},
            "social_insurance": {"审核日期": date(2026, 3, 1), "默认": {"公开主体": {"增加": [office]}}, "事项": {}},
        }
        for domain, items in (("employment", ("1.2", "1.5", "4.1", "6.1")), ("social_insurance", ("1.5", "5.2"))):
            for item in chance.some(items, chance.number(1, len(items))):
                within = f"信息形成或变更之日起{chance.number(1, 2)}个工作日内公开"
                directories[domain]["事项"][item] = {"公开时限": within}
        yield f"towns/town-{index + 1:02}.yaml", _text({
            "名称": place,
            "代码": f"990101{digit}{index + 1:02}",
            "级别": "乡级",
            "机构": {
                office: {
                    "名称": f"{place}便民服务中心",
                    "类别": "乡镇街道平台",
                    "地址": f"清源县{place}{chance.some(STREETS.split(), 1)[0]}{chance.number(1, 90)}号",
                    "电话": f"0600-555{3000 + index * 10 + 1}",
                    "监督电话": f"0600-555{3000 + index * 10 + 2}",
                    "办公时间": "周一至周五8:30—12:00，14:00—17:30，法定节假日除外",
                }
            },
            "目录": directories,
        })  # fmt: skip


def _articles(chance: Chance, count: int) -> Iterator[tuple[str, str]]:
    """Announcements of job fairs and of courses, one every ten days."""
    day = date(2025, 1, 20) + timedelta(chance.number(0, 6))
    for index in range(count):
        day += timedelta(chance.number(9, 11))
        held = day + timedelta(10)
        place = chance.some(PLACES.split(), 1)[0]
        what, items = (("招聘会", "employment/3.1"), ("技能培训班", "employment/1.5"))[index % 2]
        many = chance.number(12, 90)
        yield (
            f"pages/notices/notice-{index + 1:02}.md",
            f"""---
标题: {place}镇{held.month}月{held.day}日{what}
日期: {day}
摘要: {held.month}月{held.day}日上午在{place}镇文化广场举办，不收费。
发布机构: 就业中心
有效至: {held}
事项: [{items}]
示例说明: 地点、日期和数目都是编的。
---
{held.year}年{held.month}月{held.day}日9:00至12:00，在{place}镇文化广场举办{what}，有{many}个名额。

- 带身份证即可，不收费。
- 想问的请打0600-5550111。
""",
        )


def _text(values: Values) -> str:
    return yaml.dump(values, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)


if __name__ == "__main__":
    main()
