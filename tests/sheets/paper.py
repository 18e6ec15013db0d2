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
    page: int
    text: str
    inside: bool


def words(pdf: Path) -> Iterator[Word]:
    tool = need("pdftotext", "poppler-utils")
    said = subprocess.run([tool, "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    for number, (width, height, body) in enumerate(PAGE.findall(said), 1):
        for x0, y0, x1, y1, word in WORD.findall(body):
            inside = float(x0) >= 0 and float(y0) >= 0 and float(x1) <= float(width) and float(y1) <= float(height)
            yield Word(number, word, inside)


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
