"""Pictures and files that a clerk hands in → where the county's texts and forms want them, ready to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gkdir.excel_form.apply import Versions
from gkdir.finding import Place, Trouble, TroubleKind
from gkdir.model.county import Catalog, County
from gkdir.read.textlinks import beside, text_links

_PAPERS = ("空白表", "示范文本")
_HINT = (
    "图片和附件：先在填写表的“正文”里写上它，如 ![图上有什么](海报.png)；"
    "表格：文件叫 表格名空白表.docx 或 表格名示范文本.docx。"
)
Uploads = Sequence[tuple[str, Path]]
"""Files, each with the name that the clerk gave it."""


def place_uploads(
    project: Path, county: County, catalog: Catalog, files: Uploads
) -> tuple[Mapping[str, Versions], tuple[Trouble, ...]]:
    """Each file under the path where a text links to it or a form needs it; troubles of files that none needs."""
    changed: dict[str, Versions] = {}
    troubles = []
    for name, path in files:
        wanted = [*_linked(county, name), *_papers(county, catalog, name)]
        if not wanted:
            message = f"没有哪一篇写着“{name}”，也没有这个名称的表格，没有采用。"
            troubles.append(Trouble(TroubleKind.WRONG_VALUE, Place(name), message, _HINT))
        for place in wanted:
            there = project / place
            before, after = there.read_bytes() if there.is_file() else None, path.read_bytes()
            if before != after:
                changed[place] = before, after
    return changed, tuple(troubles)


def _linked(county: County, name: str) -> Iterator[str]:
    """Where texts of the county link to a file of that name beside them."""
    texts = [(f"{county.folder}/pages/{article.kind}", article.sections) for article in county.articles]
    texts += [(f"{county.folder}/guides/{guide.domain}", guide.sections) for guide in county.guides.values()]
    for folder, sections in texts:
        for section in sections:
            for link in text_links(section):
                target = beside(link.target)
                if target and target.rpartition("/")[2] == name:
                    yield f"{folder}/{target}"


def _papers(county: County, catalog: Catalog, name: str) -> Iterator[str]:
    """Where a form of the county has the ready file ``失业登记表空白表.docx``."""
    match = re.fullmatch(rf"(.+?)[ _－-]?({'|'.join(_PAPERS)})(\.\w{{1,5}})", name)
    asked = {material.form for guide in catalog.guides.values() for material in guide.materials or ()}
    if match and match[1] in {*catalog.forms, *county.forms, *asked}:
        yield f"{county.folder}/forms/{match[1]}/{match[2]}{match[3].lower()}"
