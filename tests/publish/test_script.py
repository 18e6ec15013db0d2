"""Simplified → Traditional: what the dictionary converts, what it would convert wrongly, and what must not change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("opencc")

from opencc import OpenCC
from scripts.traditional_tables import FOLDER, MERGED, dictionary, entries

from gkdir.publish.converter import BETWEEN, CONFIGURATION, Converter, script
from gkdir.read.declaredfiles import read_traditional
from gkdir.resources import national_folder

SAID, TROUBLES = read_traditional(national_folder() / "hant.yaml", "national/hant.yaml")
NATIONAL = Converter(SAID.words)

PHRASES = """
社会保险 社會保險 | 信息发布 信息發布 | 公布征集结果 公布徵集結果 | 软件和网络 軟件和網絡 | 村里的干部 村裡的幹部
面包和面粉 麵包和麵粉 | 当面签字 當面簽字 | 皇后和以后 皇后和以後 | 头发 頭髮 | 美发培训 美髮培訓
养老金发放到社保卡 養老金發放到社保卡 | 换发新卡 換發新卡 | 没有签的合同 沒有簽的合同 | 撕掉标签 撕掉標籤
因工致残 因工致殘 | 卡里的钱 卡裡的錢 | 请在指南里写明 請在指南裡寫明 | 五公里 五公里
 复印件 複印件 | 恢复缴费 恢復繳費
重复领取 重複領取 | 政务服务平台 政務服務平台 | 准予 准予
 标准 標準 | 系统 系統 | 联系电话 聯繫電話 | 关系转移 關係轉移
征地 徵地 | 长征 長征 | 若干意见 若干意見 | 干活 幹活 | 制度 制度 | 制造 製造 | 余额 餘額 | 申请表 申請表 | 手表 手錶
范某 范某 | 示范文本 示範文本 | 台风 颱風 | 一并登记 一併登記 | 并且 並且 | 只有一只 只有一隻 | 历城 歷城
""".replace("\n", "|")
PAIRS = [tuple(pair.split()) for pair in PHRASES.split("|") if pair.strip()]


def convert(with_: Converter, text: str) -> str:
    return with_.table([text])[text]


def test_our_own_list_is_read_without_trouble() -> None:
    assert TROUBLES == ()
    assert SAID.words
    assert all(len(character) == 1 for character in SAID.characters)


@pytest.mark.parametrize(("simplified", "traditional"), PAIRS)
def test_phrases_of_the_counter(simplified: str, traditional: str) -> None:
    assert convert(NATIONAL, simplified) == traditional


def test_the_merged_dictionaries_are_current() -> None:
    for called, names in MERGED.items():
        assert (FOLDER / f"{called}.ocd2").read_bytes() == dictionary(names), "make search-tables"


def test_they_convert_as_opencc_does_with_its_own() -> None:
    words = [word for called in ("compatible", "phrases") for word in entries(MERGED[called])][::5]
    texts = ["".join(words), "".join(sorted(words, key=lambda word: word[::-1])), "。".join(words)]
    ours, theirs = OpenCC(str(CONFIGURATION)), OpenCC("s2tw")
    assert [ours.convert(text) for text in texts] == [theirs.convert(text) for text in texts]


def test_every_exception_is_one() -> None:
    # 里 in 名称用字 would make 院里 wrong in an address, so 院里 is listed, though the dictionary has it.
    plain, named = Converter({}), Converter(SAID.characters)
    idle = {word for word in SAID.words if convert(plain, word) == convert(named, word) == SAID.words[word]}
    assert idle - {"标签", "书签", "抽签"} == set()  # these override the single 签


@pytest.mark.parametrize(
    "number",
    [
        "人社部发〔2019〕61号",
        "国办发[2021]28号",
        "财社〔2023〕181号",
        "国发（2024）3号",
        "清统发〔2026〕1号",
        "闽政办〔2025〕7号",
    ],
)
def test_the_number_of_a_document_stays_what_it_is_looked_up_by(number: str) -> None:
    assert convert(NATIONAL, f"根据{number}发给") == f"根據{number}發給"


def test_names_are_converted_as_names_and_words_in_them_as_words() -> None:
    names = ["范家涌", "范家涌镇后勤服务中心", "余家里18号", "清源县师范路", "钟山县"]
    made = script(SAID.words, SAID.characters, names)
    assert convert(made, "范家涌的模范") == "范家涌的模範"
    assert convert(made, "去范家涌镇后勤服务中心。") == "去范家涌鎮後勤服務中心。"
    assert convert(made, "余家里18号，余额") == "余家里18號，餘額"
    assert convert(made, "清源县师范路") == "清源縣師範路"
    assert convert(made, "钟山县") == "鍾山縣"


def test_a_county_goes_before_the_country() -> None:
    made = script({**SAID.words, "后街": "后街"}, SAID.characters, ())
    assert convert(made, "后街以后") == "后街以後"


def test_a_name_that_markup_could_not_hold_is_no_exception() -> None:
    made = script(SAID.words, SAID.characters, ['范"家', "范<家"])
    assert convert(made, "范家") == convert(NATIONAL, "范家")


texts = st.text(st.characters(codec="utf-8", exclude_characters=BETWEEN + "\0"), max_size=40)
HAN = "里发干签后面复范余范某示范换发指南人社部〔2019〕61号"


@given(st.lists(st.one_of(texts, st.text(HAN, max_size=12)), max_size=8))
def test_all_at_once_is_the_same_as_one_by_one(given_texts: list[str]) -> None:
    table = NATIONAL.table(given_texts)
    assert set(table) == set(given_texts)
    assert all(table[text] == convert(NATIONAL, text) for text in given_texts)


@given(st.text(st.characters(max_codepoint=0x7E, exclude_characters=BETWEEN + "\0")))
def test_what_is_not_chinese_stays(text: str) -> None:
    assert convert(NATIONAL, text) == text
