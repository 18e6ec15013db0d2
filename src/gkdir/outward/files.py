"""A Site → the files of ``gkdir share``, and whether a file that lies there is one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gkdir.output import written_by_gkdir
from gkdir.outward.knowledge import entries, workbooks
from gkdir.outward.wechat import MADE, article_post, item_post
from gkdir.service.site import Site


def knowledge_files(site: Site, out: Path) -> Iterator[tuple[Path, bytes]]:
    """``out``, and where one workbook is not enough ``out-2`` and so on."""
    for number, content in enumerate(workbooks(entries(site), site.date), 1):
        yield (out if number == 1 else out.with_stem(f"{out.stem}-{number}")), content


def post(site: Site, page: str) -> bytes | None:
    """The article about the item or the text ``page``; ``None`` if there is none."""
    if page in site.services:
        return item_post(site.services[page], site)
    article = next((one for one in site.catalog.articles if one.id == page), None)
    return article_post(article, site) if article else None


def is_outward(content: bytes) -> bool:
    """Whether gkdir wrote the file, and nobody changed it since."""
    return written_by_gkdir(content) or (
        MADE.encode() in content[:400] and content.endswith(b"</section>\n</body>\n</html>\n")
    )
