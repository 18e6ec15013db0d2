"""A PDF → its words with their boxes, its text without white space, its pages as pictures; skips without tools."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
import zxingcpp

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.S)
WORD = re.compile(r'<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*?)</word>', re.S)
BLANK = re.compile(r"[\s\u00a0\u200b\u00ad]+")


def need(tool: str, package: str) -> str:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"needs {tool}: apt-get install {package}")
    return found


def fold(text: str) -> str:
    return BLANK.sub("", text)


@cache
def _said(_written: int, tool: str, *arguments: str) -> str:
    """The output of a poppler tool about a file, cached until the file is written again."""
    command = [need(tool, "poppler-utils"), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def text(pdf: Path) -> str:
    """The text in reading order, without white space."""
    return fold(_said(pdf.stat().st_mtime_ns, "pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"))


def lost(pdf: Path, wanted: list[str]) -> list[str]:
    said = text(pdf)
    return [one for one in wanted if fold(one) not in said]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its page, its box in points from the top left, and whether the box is on the page."""

    page: int
    text: str
    box: tuple[float, float, float, float]
    inside: bool


def words(pdf: Path) -> Iterator[Word]:
    """The words on the page or across its edge. The tool leaves out words beyond it: see ``lost``."""
    said = _said(pdf.stat().st_mtime_ns, "pdftotext", "-bbox", str(pdf), "-")
    for number, (width, height, body) in enumerate(PAGE.findall(said), 1):
        for *edges, word in WORD.findall(body):
            left, top, right, bottom = map(float, edges)
            inside = left >= 0 and top >= 0 and right <= float(width) and bottom <= float(height)
            yield Word(number, word, (left, top, right, bottom), inside)


def overlapping(pdf: Path) -> list[tuple[str, str]]:
    """Pairs of words that overlap by more than a third of the smaller one's box, so that one is unreadable."""
    pages: dict[int, list[Word]] = {}
    for word in words(pdf):
        if any(map(str.isalnum, word.text)):  # the next word may use the empty half of a full stop
            pages.setdefault(word.page, []).append(word)
    found = []
    for page in pages.values():
        page.sort(key=lambda word: word.box[1])
        for number, one in enumerate(page):
            for other in page[number + 1 :]:
                if other.box[1] >= one.box[3]:
                    break
                wide = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
                high = min(one.box[3], other.box[3]) - other.box[1]
                if wide > 0 and wide * high > min(map(_area, (one, other))) / 3:
                    found.append((one.text, other.text))
    return found


def _area(word: Word) -> float:
    left, top, right, bottom = word.box
    return (right - left) * (bottom - top)


def sized(pdf: Path) -> Iterator[tuple[int, float, str]]:
    """Every run of text: page, size in points, text."""
    said = _said(pdf.stat().st_mtime_ns, "pdftohtml", "-xml", "-i", "-zoom", "1", "-stdout", str(pdf))
    sizes: dict[str, float] = {}
    for number, page in enumerate(ElementTree.fromstring(said.encode()).iter("page"), 1):
        sizes |= {font.attrib["id"]: float(font.attrib["size"]) for font in page.iter("fontspec")}
        for run in page.iter("text"):
            yield number, sizes[run.attrib["font"]], "".join(run.itertext())


def codes(pdf: Path, folder: Path, dots: int = 100, last: int | None = None) -> list[list[str]]:
    """The texts of the QR codes of each page up to ``last``, read at ``dots`` per inch."""
    from PIL import Image  # comes with pdfua

    pages = ["-l", str(last)] if last else []
    tool = need("pdftoppm", "poppler-utils")
    subprocess.run([tool, "-r", str(dots), *pages, "-gray", "-png", str(pdf), str(folder / "page")], check=True)
    found = []
    for file in sorted(folder.glob("page-*.png")):
        with Image.open(file) as picture:
            found.append([code.text for code in zxingcpp.read_barcodes(picture)])
    return found
