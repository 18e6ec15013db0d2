"""A PDF → its violations of PDF/UA-1 and PDF/A-2a, as far as they can be found without a validator."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

PAINTING = frozenset(("Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "INLINE IMAGE"))
CONTAINED = {"/TR": ("/Table", "/THead", "/TBody", "/TFoot"), "/TH": ("/TR",), "/TD": ("/TR",), "/LI": ("/L",)}


def faults(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A line for each violation."""
    root = pdf.Root
    claims = pdf.open_metadata()
    wanted = {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    yield from (f"claims no {key} {value}" for key, value in wanted.items() if claims.get(key) != value)
    if not claims.get("dc:title") or claims.get("dc:title") != str(pdf.docinfo.get("/Title", "")):
        yield "has no title, or two"
    if str(root.get("/Lang", "")) not in ("zh-CN", "zh-TW"):
        yield "has no language"
    if not root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle"):
        yield "shows its file name"
    if not root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked"):
        yield "is not marked"
    if not [intent for intent in root.get("/OutputIntents", []) if "/DestOutputProfile" in intent]:
        yield "has colours of no space"
    if "/ID" not in pdf.trailer or "/Encrypt" in pdf.trailer or "/AA" in root or "/OpenAction" in root:
        yield "has no identifier, or is locked, or does something by itself"
    yield from _fonts(pdf)
    for number, page in enumerate(pdf.pages, 1):
        yield from (f"page {number} {fault}" for fault in _page(page))
    yield from _tree(root.StructTreeRoot, "") if "/StructTreeRoot" in root else ["has no structure"]


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    found = 0
    for font in (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"):
        name = font.get("/BaseFont")
        if "/DescendantFonts" in font or font.get("/Subtype") not in ("/CIDFontType0", "/CIDFontType2"):
            found += 1
            if "/ToUnicode" not in font:
                yield f"{name} does not say what its signs mean"
        if "/DescendantFonts" not in font and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(
            font.get("/FontDescriptor", pikepdf.Dictionary()).keys()
        ):
            yield f"{name} is not embedded"
    if not found:
        yield "has no font"


def _page(page: pikepdf.Page) -> Iterator[str]:
    """Everything painted is in a tag or an artefact; every link has a description."""
    told: list[bool] = []
    tagged = False
    for one in pikepdf.parse_content_stream(page):
        name, operands = str(one.operator), list(one.operands)
        if name in ("BDC", "BMC"):
            numbered = name == "BDC" and "/MCID" in operands[1]
            told.append(numbered or str(operands[0]) == "/Artifact")
            tagged |= numbered
        elif name == "EMC":
            told.pop()
        elif name in PAINTING and not any(told):
            yield f"paints {name} outside any tag"
    if page.get("/Tabs") != "/S" or (tagged and "/StructParents" not in page):
        yield "does not follow the structure"
    yield from (
        "has a link that says nothing"
        for link in page.get("/Annots", [])
        if not str(link.get("/Contents", "")) or "/StructParent" not in link
    )


def _tree(node: pikepdf.Object, above: str, seen: list[int] | None = None) -> Iterator[str]:
    levels = [0] if seen is None else seen
    kind = str(node.get("/S", ""))
    if kind in CONTAINED and above not in CONTAINED[kind]:
        yield f"has a {kind} in a {above}"
    if kind == "/Figure" and not str(node.get("/Alt", "")):
        yield "has a figure without words"
    if kind == "/TH" and not [one for one in node.get("/A", []) if "/Scope" in one]:
        yield "has a header of nothing"
    if kind[:2] == "/H" and kind[2:].isdigit():
        if int(kind[2:]) > levels[0] + 1:
            yield f"goes from level {levels[0]} to {kind}"
        levels[0] = int(kind[2:])
    kids = node.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") not in ("/MCR", "/OBJR"):
            yield from _tree(kid, kind, levels)
