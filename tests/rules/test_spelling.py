"""Wording of published texts: every mistake is reported at its place, and right texts are not."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from gkdir.finding import Place
from gkdir.model.project import Project
from gkdir.model.reference import Phrase, Reference
from gkdir.read.published import PublishedText, published, shown
from gkdir.read.reference import read_reference, read_wording
from gkdir.resources import national_folder
from gkdir.rules.calendar import misdated
from gkdir.rules.lexicon import LOOK_ALIKE, SHORTEST, Lexicon, SoundalikeMatcher
from gkdir.rules.unfinished import placeholders
from gkdir.search.sounds import sounds

from .examples import county_of, findings_of

CORRECT = (Path(__file__).parent / "correct_sentences.txt").read_text(encoding="utf-8")
ABOUT_WORDS = {"wording.yaml", "vocabulary.yaml", "laws.yaml", "hant.yaml", "words.yaml"}


@pytest.fixture(scope="module")
def reference() -> Reference:
    return read_reference((national_folder(),))[0]


@pytest.fixture(scope="module")
def lexicon(reference: Reference) -> Lexicon:
    return Lexicon(reference.wording, reference.laws)


def found(text: str, lexicon: Lexicon, part: str = "pages") -> list[str]:
    """The findings in a text."""
    one = shown("a.md", part, text)
    wrong = [word for line in lexicon.mistakes([one]) for word, _ in line.words]
    return [
        *wrong,
        *(word for _, words in placeholders(one) for word in words),
        *(told for _, told in misdated(one.text)),
    ]


def test_a_thousand_correct_sentences_are_left_alone(lexicon: Lexicon) -> None:
    texts = [PublishedText("correct", "pages", CORRECT)]
    for path in sorted(national_folder().rglob("*")):
        if path.suffix in (".md", ".yaml") and path.name not in ABOUT_WORDS:
            part = "guides" if "guides" in path.parts else "forms"
            texts.append(shown(path.name, part, path.read_text(encoding="utf-8")))
    assert sum(text.text.count("。") for text in texts) > 3000
    assert [(one.place, one.words[0][0]) for one in lexicon.mistakes(texts)] == []
    assert [(one.place(at), told) for one in texts for at, told in misdated(one.text)] == []
    assert [(one.place(at), told) for one in texts if one.part != "guides" for at, told in placeholders(one)] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("请登陆网站填写。", "登陆"),
        ("在平台登陆，再填表。", "登陆"),
        ("填写帐号。", "帐号"),
        ("带上身分证。", "身分证"),
        ("截止2026年12月31日前到窗口。", "截止2026年"),
        ("截止目前有十人。", "截止目前"),
        ("做为登记依剧。", "做为"),
        ("做为登记依剧。", "依剧"),
        ("禁止烧秸杆。", "秸杆"),
        ("可以申请行政复意。", "行政复意"),
        ("认真贯砌落实。", "贯砌落实"),
        ("本通知自发布之日起失行。", "自发布之日起失行"),
        ("社会保险事业管里局", "社会保险事业管里"),
        ("习近平总书纪强调", "习近平总书纪"),
        ("中华人民共和囯", "中华人民共和囯"),
        ("欢迎台湾、韩国等国家的青年。", "等国家的"),
        ("表里是 #REF!。", "#REF!"),
        ("共有${count}人，{{name}}审批。", "${count}"),
        ("姓名undefined。", "undefined"),
        ("联系人：某某某", "联系人：某某"),
        ("电话：0000-0000000", "0000-0000000"),
        ("截止日期1900-01-00", "1900-01-00"),
        ("时间：8:70—12:00。", "没有“8:70”这个时间"),
        ("周一至周五9:00-17:61。", "没有“17:61”这个时间"),
        ("加收滞呐金。", "滞呐金"),
        ("带上户口薄。", "户口薄"),
        ("中华人民共合国公民。", "中华人民共合国"),
        ("中华人民和国公民。", "中华人民和国"),
        ("中华人民和共国公民。", "中华人民和共国"),
        ("中华**人民共合**国公民。", "中华人民共合国"),
        ("台湾国居民。", "台湾国"),
        ("从美国、台湾等国家回来。", "台湾等国家"),
        ("清源县人名政府。", "人名政府"),
        ("到县国税局、地税局办理。", "国税局"),
        ("到县扶贫办盖章。", "扶贫办"),
        ("敬请期待。", "敬请期待"),
        ("（待补充）现将有关事项通知如下：……", "待补充"),
        ("清源县XX局关于XXX的通知", "XXX"),
        ("清源县××局。", "××"),
        ("联系人：xxx", "联系人：xxx"),
        ("20XX年度计划", "20XX年"),
        ("内容整理中", "内容整理中"),
        ("略", "略"),
        ("（略）", "（略）"),
        ("待定", "待定"),
        ("某某局关于放假的通知", "某某"),
        ("2026年11月31日开会。", "没有“2026年11月31日”这一天"),
        ("2月30日开会。", "没有“2月30日”这一天"),
        ("2025年2月29日开会。", "没有“2025年2月29日”这一天"),
        ("二〇二六年十一月三十一日", "没有“二〇二六年十一月三十一日”这一天"),
        ("于2026-11-31前报送", "没有“2026-11-31”这一天"),
        ("2026年11月14日（星期日）休息。", "2026年11月14日是星期六，不是星期日"),
        ("星期日（2026年11月14日）休息。", "2026年11月14日是星期六，不是星期日"),
        ("2026-11-14（周日）休息。", "2026年11月14日是星期六，不是星期日"),
        ("---\n标题: 休息\n日期: 2026-11-10\n---\n11月14日（周日）休息。", "2026年11月14日是星期六，不是星期日"),
        ("上午9:00—12:60。", "没有“12:60”这个时间"),
        ("每天8:30—25:00开放。", "没有“25:00”这个时间"),
        ("下午25点开会。", "没有“下午25点”这个时间"),
        ("上午14:00开会。", "“上午14:00”已经是下午"),
        ("早上15时集合。", "“早上15时”已经过了中午"),
        ("2026年12月5日至6日（周五、周六）", "2026年12月5日是星期六，不是星期五"),
        ("2026年10月1日至10月7日（周四至周二）放假", "2026年10月7日是星期三，不是星期二"),
        ("星期八休息。", "没有“星期八”"),
        ("每月32日前缴费。", "没有“每月32日”"),
        ("到12时60分。", "没有“12时60分”"),
    ],
)  # fmt: skip
def test_a_mistake_is_told(text: str, word: str, lexicon: Lexicon) -> None:
    assert word in found(text, lexicon)


def test_mistakes_of_many_kinds_are_told(lexicon: Lexicon) -> None:
    with (Path(__file__).parent / "mistaken_sentences.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 150
    assert [row for row in rows if row["word"] not in found(row["text"], lexicon)] == []


def test_of_two_words_that_sound_alike_neither_is_a_mistake() -> None:
    lexicon = SoundalikeMatcher(("失业保险", "事业保险"))
    assert list(lexicon.found("失业保险、事业保险。")) == []
    assert [at for at, _ in lexicon.found("师业保险。")] == [0]


def test_an_office_adds_words_and_characters() -> None:
    place = Place("wording.yaml")
    lexicon = Lexicon([Phrase(place, alike=("堰塘",)), Phrase(place, right="沆", wrong=("[坑炕]",))])
    assert [found(text, lexicon) for text in ("在燕塘，", "在堰塘，", "坑，炕。")] == [["燕塘"], [], ["坑", "炕"]]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("错: [甲乙]", ["没有写“应为”。"]),
        ("错: [甲乙], 应为: 丙", []),
        ("音近: [行政复议]", []),
        ("近似: true", ["没有写“应为”。"]),
    ],
)
def test_an_entry_says_what_is_right(tmp_path: Path, entry: str, told: list[str]) -> None:
    (tmp_path / "wording.yaml").write_text(f"- {{{entry}}}\n", encoding="utf-8")
    assert [trouble.message for trouble in read_wording(tmp_path / "wording.yaml", "wording.yaml")[1]] == told


RIGHT_DAYS = """
2026年12月5日至6日（周六、周日）。2026年10月1日至10月7日（周四至周三）放假。每月31日、每年12月31日。上午12:00下班。一周八次。
值班22:00—次日8:00。周一至周五8:30-12:00、14:00-17:30。比例为3:70。农历2月30日。每年12月数据。礼拜八次。2026年11月30日24时。
"""


def test_right_days_and_times_are_left_alone() -> None:
    assert list(misdated(RIGHT_DAYS)) == []


def test_every_word_is_known_by_its_sound(reference: Reference) -> None:
    known = sounds()
    words = {word for phrase in reference.wording for word in phrase.alike if len(word) >= SHORTEST}
    assert len(words) > 300
    lexicon = SoundalikeMatcher(words)
    for word in sorted(words):
        at, right = next((at, one) for at, one in enumerate(word) if one in known)
        alike = (one for one in known if one != right and known[one] == known[right])
        other = next((one for one in alike if one not in LOOK_ALIKE[::2]), None)
        if other:
            said = f"{word[:at]}{other}{word[at + 1 :]}"
            assert (2, word) in lexicon.found(f"请看{said}。"), said
        assert list(lexicon.found(f"请看{word}。")) == []


def test_remarks_answers_and_addresses_are_not_looked_at(lexicon: Lexicon) -> None:
    text = "# 登陆网站\n允许:\n  - {规则: GK952, 理由: 登陆网站是原文}\n\n说明: https://a.cn/xxxx/帐号 见网站  # 帐号\n"
    one = shown("a.yaml", "", text)
    assert list(lexicon.mistakes([one])) == []
    assert one.addresses == ((5, "https://a.cn/xxxx/帐号"),)


def test_every_kind_of_file_is_looked_at(project: Project) -> None:
    texts = {
        "guides/employment/4.1.md": "结果送达: 登陆网站查看\n",
        "pages/notices/a.md": "标题: 登陆网站\n日期: 2026-05-01\n正文: |\n  正文。\n",
        "pages/faq/b.md": "标题: 网站\n日期: 2026-05-01\n正文: |\n  怎样登陆网站。\n",
        "ways.yaml": "一件事: {失业了: {事项: {employment/4.1: 登陆网站登记}}}\n",
        "towns/baishi.yaml": '名称: 白石镇\n代码: "990101101"\n机构:\n  站: {名称: 白石镇人社站, 说明: 登陆网站预约}\n',
        "forms/帐户变更表.yaml": "填写说明: 用黑色笔填写。\n",
        "wording.yaml": "- {错: [劳动局], 应为: 人社局, 类别: 机构}\n- {错: [正文], 应为: 全文}\n",
    }
    county_of(list(texts.items()), project.folder / "counties" / "spelt")
    told = {one.place.file.partition("/spelt/")[2] for one in findings_of(project, "spelt") if one.rule == "GK952"}
    assert told == {*texts} - {"wording.yaml"}
    (own,) = (one for one in findings_of(project, "spelt") if "全文" in one.message)
    assert own.place.line == 5


def test_a_places_own_name_is_not_taken_for_another_word(project: Project) -> None:
    town = '名称: 泰湾镇\n代码: "990101101"\n机构:\n  站: {名称: 泰湾镇人社站, 地址: 泰湾镇和平路1号}\n'
    article = "标题: 政策\n日期: 2026-05-01\n正文: |\n  泰湾居民、去泰湾和周边的人都可以参保。\n"
    for slug, files in {"named": [("towns/taiwan.yaml", town)], "unnamed": []}.items():
        county_of([*files, ("pages/notices/a.md", article)], project.folder / "counties" / slug)
    told = {slug: [one.rule for one in findings_of(project, slug)] for slug in ("named", "unnamed")}
    assert [one.message for one in findings_of(project, "named") if one.rule == "GK951"] == []
    assert "GK951" in told["unnamed"]


def test_obsolete_papers_are_told_wherever_they_are_published(project: Project) -> None:
    county_of(
        [
            (
                "pages/notices/a.md",
                "标题: 招聘会\n日期: 2026-05-01\n正文: |\n  见[表](b.csv)。\n\n  ## 带再就业优惠证\n\n  来。\n",
            ),
            ("pages/notices/b.csv", "要带的,暂住证\n原来的,税务登记证已经取消\n"),
            ("forms/变更表.yaml", "填写说明: 附未婚证明。依据《关于台港澳人员就业证有关问题的通知》。\n"),
            ("county.yaml", "机构:\n  窗口: {名称: 办证窗口, 说明: 办理准生证。}\n"),
        ],
        project.folder / "counties" / "papers",
    )
    told = {
        (one.place.file.partition("/papers/")[2], word)
        for one in findings_of(project, "papers")
        if one.rule == "GK507"
        for word in ("再就业优惠证", "暂住证", "税务登记证", "未婚证明", "台港澳", "准生证")
        if word in one.message
    }
    assert told == {
        ("pages/notices/a.md", "再就业优惠证"),
        ("pages/notices/b.csv", "暂住证"),
        ("forms/变更表.yaml", "未婚证明"),
        ("county.yaml", "准生证"),
    }


def test_names_within_an_archive_are_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "counties" / "a" / "pages" / "notices"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("登陆网站.docx", "")
    (text,) = published(tmp_path, "counties/a").texts
    assert (text.text, text.lined) == ("登陆网站.docx", False)
