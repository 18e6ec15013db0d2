"""A county's own tables, handed in at the desk once more: what else the county has written stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.places import COUNTY_TABLE

from gkdir.desk.newcounty import imported
from gkdir.finding import Unreadable
from gkdir.importing.newcounty import NewCounty
from gkdir.read.known import known_project

OURS = '# 由人写的\n名称: 和平县\n代码: "990102"\n'
REST = '机构:\n  # 两个\n  甲局: {名称: 甲局, 电话: "0600-5550101"}\n\n网站:\n  域名: a.gov.cn\n'


def proposed(project: Path, text: bytes) -> str:
    path = project / "counties" / "heping" / "county.yaml"
    path.write_bytes(text)
    county = NewCounty("heping", "和平县", "990102")
    files = imported(known_project(project), county, [("a.xlsx", COUNTY_TABLE)]).files
    before, after = files["counties/heping/county.yaml"]
    assert before == text
    assert after is not None
    return after.decode()


def test_what_the_table_does_not_say_stays(project: Path) -> None:
    after = proposed(project, f"{OURS}{REST}目录: {{}}\n允许: []\n".encode())
    assert after.count("名称: 和平县\n") == after.count("机构:\n") == after.count("目录:\n") == 1
    for kept in (
        "机构:\n  # 两个\n",
        '  甲局: {名称: 甲局, 电话: "0600-5550101"}\n',
        "网站:\n  域名: a.gov.cn\n",
        "允许: []\n",
    ):
        assert kept in after
    assert "  人社局:" in after  # the table's own
    assert proposed(project, after.encode().replace(b"\n", b"\r\n")).replace("\n\n", "\n") == after.replace(
        "\n\n", "\n"
    )
    assert proposed(project, OURS.encode()).startswith("#")


@pytest.mark.parametrize("spoilt", ["机构: [", "机构:\n  甲局: {名称: 甲局}\n  甲局: {名称: 乙局}\n"])
def test_a_file_that_cannot_be_kept_whole_is_not_replaced(project: Path, spoilt: str) -> None:
    with pytest.raises(Unreadable):
        proposed(project, f"{OURS}{spoilt}".encode())


def test_an_empty_list_of_offices_is_filled(project: Path) -> None:
    assert proposed(project, f"{OURS}机构:\n".encode()).count("机构:") == 1
