"""YAML in, nodes with places out; one clear finding for every mistake of a clerk or trick of an attacker."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gkdir.finding import Place, TroubleKind, Unreadable
from gkdir.read.schema.unknown import unknown_keys
from gkdir.yaml import parse as yamlfile
from gkdir.yaml.nodes import Branch, Listing, Node, Scalar
from gkdir.yaml.parse import parse_yaml, read_yaml
from gkdir.yaml.textfile import FORBIDDEN, LIMIT

FILE = "county.yaml"


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def either_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlfile, "_LOADER", getattr(yaml, request.param))


def refusal(text: str) -> tuple[str, str]:
    """Place and reason of the refusal of ``text``."""
    with pytest.raises(Unreadable) as caught:
        parse_yaml(text, FILE)
    trouble = caught.value.trouble
    assert trouble.kind is TroubleKind.UNREADABLE
    assert trouble.hint
    return str(trouble.place), trouble.message


def values(text: str) -> list[object]:
    root = parse_yaml(text, FILE).root
    assert isinstance(root, Branch)
    return [node.value for _, node in root.entries if isinstance(node, Scalar)]


def test_only_null_booleans_and_whole_numbers_are_more_than_text() -> None:
    assert values("a: ~\nb:\nc: true\nd: False\ne: 12\nf: -3\ng: 0") == [None, None, True, False, 12, -3, 0]


@pytest.mark.parametrize(
    "spelling",
    ["12:30", "12:30:45", "010", "00", "no", "on", "yes", "2024-01-01", "1_000", "1.5", "1e3", "0x1F", ".inf"],
)
def test_what_other_readers_would_turn_into_something_else_stays_text(spelling: str) -> None:
    assert values(f"a: {spelling}") == [spelling]


def test_what_is_quoted_is_text() -> None:
    assert values("a: '12'\nb: \"true\"\nc: ''") == ["12", "true", ""]


def test_a_very_long_number_stays_text() -> None:
    assert values(f"a: {'9' * 10_000}") == ["9" * 10_000]


def test_places_count_from_one_in_code_points() -> None:
    root = parse_yaml("名称: 清源县\n𠮷键: {内层: [甲, 乙]}\n", FILE).root
    assert isinstance(root, Branch)
    (name, value), (_, inner) = root.entries
    assert name.place == Place(FILE, 1, 1)
    assert value.place == Place(FILE, 1, 5)
    assert value.key == Place(FILE, 1, 1)
    assert isinstance(inner, Branch)
    listing = inner.get("内层")
    assert isinstance(listing, Listing)
    assert [item.place for item in listing.items] == [Place(FILE, 2, 11), Place(FILE, 2, 14)]
    assert listing.key == Place(FILE, 2, 6)


def test_lines_can_start_further_down_the_file() -> None:
    root = parse_yaml("甲: 1", FILE, first_line=5).root
    assert root.place == Place(FILE, 5, 1)
    with pytest.raises(Unreadable) as caught:
        parse_yaml("甲: 1\n\t乙: 2", FILE, first_line=5)
    assert str(caught.value.trouble.place) == "county.yaml:6:1"


def test_an_empty_file_is_blank() -> None:
    assert parse_yaml("", FILE).root.blank
    assert parse_yaml("# 只有注释\n", FILE).root.blank


def test_a_key_that_stands_twice_is_reported_with_both_places_and_the_first_counts() -> None:
    document = parse_yaml("名称: 甲\n代码: 1\n名称: 乙\n", FILE)
    (trouble,) = document.troubles
    assert trouble.kind is TroubleKind.DUPLICATE_KEY
    assert str(trouble.place) == "county.yaml:3:1"
    assert "第 1 行第 1 列" in trouble.message
    assert isinstance(document.root, Branch)
    name = document.root.get("名称")
    assert isinstance(name, Scalar)
    assert name.text == "甲"


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("甲: &x 1\n乙: *x", "county.yaml:1:4", "锚点"),
        ("乙: *x", "county.yaml:1:4", "引用"),
        ("甲: *必填", "county.yaml:1:5", "“*”"),
        ("甲: !!python/object:os.system x", "county.yaml:1:4", "标签"),
        ("甲: !乙 丙", "county.yaml:1:", "!"),
        ("甲: {<<: {乙: 1}}", "county.yaml:1:5", "合并键"),
        ("? [甲]\n: 乙", "county.yaml:1:3", "键"),
        ("甲: 1\n---\n乙: 2", "county.yaml:2:1", "不止一份"),
        ("甲:\n\t- 乙", "county.yaml:2:1", "Tab"),
        ("甲:\n  乙: 1\n\t丙: 2", "county.yaml:3:1", "Tab"),
        ("甲: 乙: 丙", "county.yaml:1:5", "冒号"),
        ("名称：清源县\n代码: 1", "county.yaml:1:3", "中文冒号"),
        ("名称:清源县\n代码: 1", "county.yaml:1:3", "没有空格"),
        ("甲: [1, 2\n乙: 3\n", "county.yaml:", "方括号"),
        ("甲: [1, 2", "county.yaml:1:4", "方括号"),
        ("甲: {乙: 1", "county.yaml:1:4", "花括号"),
        ("甲: '乙\n丙: 1\n", "county.yaml:1:4", "引号"),
        ("甲:\n  - 乙\n 丙: 1", "county.yaml:3:2", "接不上"),
        ("- 甲\n乙: 丙", "county.yaml:2:1", "列表"),
        ("甲: @乙", "county.yaml:1:4", "“@”"),
        ('甲: "\\d"', "county.yaml:1:", "反斜杠"),
        ("甲: - 乙", "county.yaml:1:4", "“- ”"),
        ("%YAML 9.9\n---\n甲: 1", "county.yaml:1:1", "%"),
    ],
)
def test_every_mistake_gets_its_own_words_and_place(text: str, where: str, what: str) -> None:
    place, message = refusal(text)
    assert place.startswith(where)
    assert what in message


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ('甲: "a\\0b"', "county.yaml:1:6", "U+0000"),
        ('甲: "a\\\n  b\\e[2J"', "county.yaml:2:4", "U+001B"),
        ('"甲\\e]0;PWNED\\a": 1', "county.yaml:1:3", "U+001B"),
        ('甲: "\\x9b31m"', "county.yaml:1:5", "U+009B"),
        ('甲: "\\N"', "county.yaml:1:5", "U+0085"),
        ('甲: ["乙", "\\L"]', "county.yaml:1:11", "U+2028"),
        ('甲: "\\r"', "county.yaml:1:5", "U+000D"),
        ('甲: "\\u202e"', "county.yaml:1:5", "U+202E"),
        ('甲: "\\uFEFF"', "county.yaml:1:5", "U+FEFF"),
        ('甲: "\\U0001FFFE"', "county.yaml:1:5", "U+1FFFE"),
        ('甲: "\\\\0 \\0"', "county.yaml:1:9", "U+0000"),
    ],
)
def test_what_an_escape_smuggles_in_is_refused_where_it_was_written(text: str, where: str, what: str) -> None:
    place, message = refusal(text)
    assert (place, what in message) == (where, True), message


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("名称:\u00a0清源县\n代码: 1", "county.yaml:1:4", "不换行空格（U+00A0）"),
        ("名称:\u00a0清源县\n# 注\n\n代码: 1", "county.yaml:1:4", "不换行空格（U+00A0）"),
        ("名称:\u3000清源县\n代码: 1", "county.yaml:1:4", "全角空格（U+3000）"),
        ("机构:\n\u00a0 甲: 1", "county.yaml:2:1", "不换行空格（U+00A0）"),
        ("机构:\n  甲: 1\n\u3000\u3000乙: 2", "county.yaml:3:1", "全角空格（U+3000）"),
        ("\u200b名称: 甲", "county.yaml:1:1", "零宽空格（U+200B）"),
        ("\u200e名称: 甲", "county.yaml:1:1", "U+200E"),
        ("甲:\n  -\u00a0乙\n  -\u00a0丙", "county.yaml:2:", "不换行空格"),
        ("甲:\n  － 乙\n  － 丙", "county.yaml:2:3", "“－”"),
        ("甲:\n  • 乙\n  • 丙", "county.yaml:2:3", "“•”"),
        ("＃ 注释\n甲: 1", "county.yaml:1:1", "“＃”"),
        ("甲: ［乙，丙］", "county.yaml:1:4", "全角的括号"),
        ("甲: ｛乙: 丙｝", "county.yaml:1:4", "全角的括号"),
        ("甲﹕1\n乙: 2", "county.yaml:1:2", "“﹕”"),
        ('甲: "乙"\u00a0\n丙: 1', "county.yaml:1:7", "行尾有不换行空格"),
        ("甲: “乙: 丙”", "county.yaml:1:4", "“”不是英文的引号"),
    ],
)
def test_what_looks_like_yaml_and_is_not_is_named(text: str, where: str, what: str) -> None:
    place, message = refusal(text)
    assert place.startswith(where), (place, message)
    assert what.replace("“”", "““”") in message


def test_text_may_have_blanks_and_dashes_of_its_own() -> None:
    for text in (
        "甲: |\n  　　段落\n  － 乙\n",
        "甲: 　乙",
        '甲: "－ 乙"',
        "甲: • 乙",
        "甲: 乙\u00a0丙",
        "甲: 👨\u200d👩",
    ):
        assert parse_yaml(text, FILE).troubles == ()


def test_a_character_that_takes_no_room_is_told_of_and_kept() -> None:
    document = parse_yaml("甲: 1\n乙: 丙\u200b丁", FILE)
    (trouble,) = document.troubles
    assert (trouble.kind, str(trouble.place)) == (TroubleKind.INVISIBLE, "county.yaml:2:4")
    assert "零宽空格（U+200B）" in trouble.message


@pytest.mark.parametrize("nest", ["[", "{甲: ", "- "])
def test_deep_nesting_is_refused_before_anything_recurses(nest: str) -> None:
    place, message = refusal(nest * 50_000)
    assert "64" in message
    assert place.startswith("county.yaml:1:")


def test_english_is_never_shown() -> None:
    for text in ("甲: [", "甲: }", "]: 1", "甲: 'x'y", "甲: |9\n x", "甲: %x", '"\\u12"'):
        with pytest.raises(Unreadable) as caught:
            parse_yaml(text, FILE)
        said = caught.value.trouble.message + caught.value.trouble.hint
        assert not any(word in said for word in ("expected", "found", "while", "mapping", "scalar"))


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"\xef\xbb\xbf" + "名称: 清源县\r\n代码: '1'\r\n".encode())
    root = read_yaml(path, FILE).root
    assert isinstance(root, Branch)
    assert [key.text for key, _ in root.entries] == ["名称", "代码"]
    assert root.place == Place(FILE, 1, 1)


@pytest.mark.parametrize(
    ("content", "where", "what"),
    [
        ("甲: 1\n名称: 清源县".encode("gbk"), "county.yaml:1:1", "GBK"),
        ("甲: 1".encode("utf-16"), "county.yaml:1:1", "UTF-16"),
        (b"a: 1\nb: \xff\xff\xff", "county.yaml:2:4", "UTF-8"),
        (b"a: 1\nb: x\x00y", "county.yaml:2:5", "U+0000"),
        (b"a: 1\nb: x\x1by", "county.yaml:2:5", "U+001B"),
        ("a: 1\nb: x\u2028y".encode(), "county.yaml:2:5", "U+2028"),
        ("a: 1\nb: \ufeffy".encode(), "county.yaml:2:4", "U+FEFF"),
        (b"#" * (LIMIT + 1), "county.yaml", "2 MB"),
    ],
)
def test_a_file_that_is_not_plain_utf8_is_refused_with_a_remedy(
    tmp_path: Path, content: bytes, where: str, what: str
) -> None:
    path = tmp_path / FILE
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read_yaml(path, FILE)
    assert str(caught.value.trouble.place) == where
    assert what in caught.value.trouble.message
    assert caught.value.trouble.hint


def test_nothing_that_is_forbidden_can_be_printed() -> None:
    """Printable characters are not checked one by one."""
    assert [one for one in map(chr, range(0x110000)) if one.isprintable() and FORBIDDEN.match(one)] == []


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(Unreadable, match="文件夹"):
        read_yaml(tmp_path / FILE, FILE)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.yaml")
        with pytest.raises(Unreadable, match="普通"):
            read_yaml(tmp_path / "pipe.yaml", FILE)
    with pytest.raises(Unreadable, match="找不到"):
        read_yaml(tmp_path / "none.yaml", FILE)


@pytest.mark.parametrize(("error", "what"), [(PermissionError(13, "denied"), "权限"), (OSError(5, "I/O"), "打不开")])
def test_a_file_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, what: str
) -> None:
    def refuse(*_: object) -> None:
        raise error

    (tmp_path / FILE).write_text("甲: 1", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Unreadable, match=what):
        read_yaml(tmp_path / FILE, FILE)


def places(node: Node) -> list[Place]:
    inner: list[Node] = []
    if isinstance(node, Branch):
        inner = [each for entry in node.entries for each in entry]
    elif isinstance(node, Listing):
        inner = list(node.items)
    return [node.place, node.key, *(place for each in inner for place in places(each))]


@given(st.text(alphabet="甲a1 :：-[]{},'\"\n\t#&*!|>%@~𠮷", max_size=60))
def test_any_text_is_read_or_refused_and_every_place_is_inside_it(text: str) -> None:
    lines = text.split("\n")
    try:
        document = parse_yaml(text, FILE)
    except Unreadable as error:
        found = [error.trouble.place]
    else:
        found = [*places(document.root), *(trouble.place for trouble in document.troubles)]
    for place in found:
        assert place.line is not None
        assert place.column is not None
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


tree = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-999, 999), st.text("甲乙: #'\"-1x", max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("键k: 1", min_size=1, max_size=4), inner),
    max_leaves=12,
)


def plain(node: Node) -> object:
    if isinstance(node, Branch):
        return {key.text: plain(value) for key, value in node.entries}
    return [plain(item) for item in node.items] if isinstance(node, Listing) else node.value


@given(tree)
def test_what_is_written_is_read_back(value: object) -> None:
    document = parse_yaml(yaml.safe_dump(value, allow_unicode=True, default_style=None), FILE)
    assert plain(document.root) == value


def test_a_file_pasted_twice_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkdir.yaml.parse._MAX_DUPLICATES", 2)
    assert len(parse_yaml("甲: 1\n" * 3, "a").troubles) == 2
    with pytest.raises(Unreadable, match="写了两次的键超过 2 个"):
        parse_yaml("甲: 1\n" * 4, "a")


def test_of_very_many_unknown_keys_the_rest_is_one_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gkdir.read.schema.unknown._MOST", 2)
    branch = parse_yaml("甲: 1\n乙: 1\n丙: 1\n丁: 1\n", "a").root
    assert isinstance(branch, Branch)
    troubles = [*unknown_keys([key for key, _ in branch.entries], ("戊",))]
    assert [trouble.message for trouble in troubles[2:]] == ["没有“丙”这个键，它后面还有 1 个也没有。"]
    assert troubles[2].place.line == 3
