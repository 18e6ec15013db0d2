"""A PDF → its words with their boxes, its text without white space, its pages as pictures; or a skip."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

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


def text(pdf: Path) -> str:
    """In the order in which the page says it, all white space gone."""
    tool = need("pdftotext", "poppler-utils")
    said = subprocess.run([tool, "-raw", "-enc", "UTF-8", str(pdf), "-"], capture_output=True, check=True).stdout
    return fold(said.decode())


def lost(pdf: Path, wanted: list[str]) -> list[str]:
    said = text(pdf)
    return [one for one in wanted if fold(one) not in said]


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its page, its box in points from the top left, and whether that lies on the page."""

    page: int
    text: str
    box: tuple[float, float, float, float]
    inside: bool


def words(pdf: Path) -> Iterator[Word]:
    """Those on the page or across its edge; the tool does not tell of what is wholly beyond: that is ``lost``."""
    tool = need("pdftotext", "poppler-utils")
    said = subprocess.run([tool, "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    for number, (width, height, body) in enumerate(PAGE.findall(said), 1):
        for *edges, word in WORD.findall(body):
            left, top, right, bottom = map(float, edges)
            inside = left >= 0 and top >= 0 and right <= float(width) and bottom <= float(height)
            yield Word(number, word, (left, top, right, bottom), inside)


def overlapping(pdf: Path) -> list[tuple[str, str]]:
    """Words that stand on one another, by more than a third of the smaller one's box: one of them cannot be read."""
    pages: dict[int, list[Word]] = {}
    for word in words(pdf):
        if any(map(str.isalnum, word.text)):  # what stands beside a full stop may use the empty half of it
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
    """Every run of text: its page, its size in points, what it says."""
    tool = need("pdftohtml", "poppler-utils")
    said = subprocess.run([tool, "-xml", "-i", "-zoom", "1", "-stdout", str(pdf)], capture_output=True, check=True)
    sizes: dict[str, float] = {}
    for number, page in enumerate(ElementTree.fromstring(said.stdout).iter("page"), 1):
        sizes |= {font.attrib["id"]: float(font.attrib["size"]) for font in page.iter("fontspec")}
        for run in page.iter("text"):
            yield number, sizes[run.attrib["font"]], "".join(run.itertext())


def pictures(pdf: Path, dots: int, folder: Path) -> list[Path]:
    """Every page as a grey PNG."""
    tool = need("pdftoppm", "poppler-utils")
    subprocess.run([tool, "-r", str(dots), "-gray", "-png", str(pdf), str(folder / pdf.stem)], check=True)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))
