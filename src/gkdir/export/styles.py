"""The looks of cells → the styles part of a workbook, each look without and with a quote prefix."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BUILT_IN = {"": 0, "@": 49}
_OWN_FORMATS = 164
"""The number of the first custom number format."""
_APPLIED = 'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"'
_PLAIN = '<font><sz val="11"/><name val="Calibri"/></font>'
"""The font of blank cells, which is also the unit of column widths."""
_FILLS = ('<fill><patternFill patternType="none"/></fill>', '<fill><patternFill patternType="gray125"/></fill>')
_UNFRAMED = "<border><left/><right/><top/><bottom/><diagonal/></border>"


class Look(Struct, frozen=True):
    """How a cell looks, in 宋体.

    Colours are six hexadecimal digits, blank for none. ``name`` is that of a named style of the workbook, shared by
    looks that differ only in ``format``.
    """

    size: float = 10
    bold: bool = False
    colour: str = ""
    fill: str = ""
    frame: str = ""
    across: str = ""
    down: str = "center"
    wraps: bool = True
    format: str = ""
    locked: bool = True
    name: str = ""


def styles(looks: Sequence[Look]) -> str:
    """The styles part. Cells with look ``n`` have style ``2n + 1``, or ``2n + 2`` if their text could be a formula."""
    fonts = list(dict.fromkeys((_PLAIN, *map(_font, looks))))
    fills = list(dict.fromkeys((*_FILLS, *filter(None, map(_fill, looks)))))
    frames = list(dict.fromkeys((_UNFRAMED, *map(_frame, looks))))
    formats = list(dict.fromkeys(look.format for look in looks if look.format not in _BUILT_IN))
    names = list(dict.fromkeys(look.name for look in looks if look.name))

    def parts(look: Look) -> str:
        form = _BUILT_IN[look.format] if look.format in _BUILT_IN else _OWN_FORMATS + formats.index(look.format)
        fill = _fill(look)
        return (
            f'numFmtId="{form}" fontId="{fonts.index(_font(look))}" fillId="{fills.index(fill) if fill else 0}"'
            f' borderId="{frames.index(_frame(look))}"'
        )

    first = {name: next(look for look in looks if look.name == name) for name in names}
    named = [f"<xf {parts(look)} {_APPLIED}>{_placed(look)}</xf>" for look in first.values()]
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
    used = [f'{plain} xfId="0"/>']
    used += [
        f'<xf {parts(look)} xfId="{names.index(look.name) + 1 if look.name else 0}"{guard} {_APPLIED}>'
        f"{_placed(look)}</xf>"
        for look in looks
        for guard in ("", ' quotePrefix="1"')
    ]
    called = ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']
    called += [f'<cellStyle name="{name}" xfId="{n}"/>' for n, name in enumerate(names, 1)]
    own = [f'<numFmt numFmtId="{_OWN_FORMATS + n}" formatCode="{form}"/>' for n, form in enumerate(formats)]
    return (
        f'<styleSheet xmlns="{SHEETS}">{_listed("numFmts", own) if own else ""}{_listed("fonts", fonts)}'
        f"{_listed('fills', fills)}{_listed('borders', frames)}{_listed('cellStyleXfs', [f'{plain}/>', *named])}"
        f"{_listed('cellXfs', used)}{_listed('cellStyles', called)}</styleSheet>"
    )


def _listed(name: str, parts: Sequence[str]) -> str:
    return f'<{name} count="{len(parts)}">{"".join(parts)}</{name}>'


def _font(look: Look) -> str:
    colour = f'<color rgb="FF{look.colour}"/>' if look.colour else ""
    return f'<font>{"<b/>" if look.bold else ""}<sz val="{look.size:g}"/>{colour}<name val="宋体"/></font>'


def _fill(look: Look) -> str:
    colour = f'<fgColor rgb="FF{look.fill}"/>'
    return f'<fill><patternFill patternType="solid">{colour}</patternFill></fill>' if look.fill else ""


def _frame(look: Look) -> str:
    if not look.frame:
        return _UNFRAMED
    colour = f'<color rgb="FF{look.frame}"/>'
    sides = (f'<{side} style="thin">{colour}</{side}>' for side in ("left", "right", "top", "bottom"))
    return f"<border>{''.join(sides)}<diagonal/></border>"


def _placed(look: Look) -> str:
    across = f' horizontal="{look.across}"' if look.across else ""
    wraps = ' wrapText="1"' if look.wraps else ""
    return f'<alignment{across} vertical="{look.down}"{wraps}/><protection locked="{int(look.locked)}"/>'
