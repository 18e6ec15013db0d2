"""One item → an announcement for loudspeakers and phones, a text message, a WeChat post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from csv import QUOTE_ALL, writer
from io import StringIO

from gkdir.export.cells import guarded
from gkdir.service.phones import PHONE
from gkdir.service.summary import Summary

MESSAGE = 70
"""The most characters of one short message in Chinese, in UTF-16 units, as networks count them."""
PLACE = 20
"""The most characters of a place's name in a message, so that the phone number always fits."""

_SPOKEN = str.maketrans("0123456789-", "零幺二三四五六七八九 ")


def voice(summary: Summary) -> bytes:
    """A text to be read out: whole sentences, phone numbers also in words, the one for questions twice.

    UTF-8 with a byte order mark, which an old Notepad, and a browser opening it from disk, need to recognise it.
    """
    lines = [f"各位乡亲，现在播送{summary.place}政务公开信息：{summary.title}。", summary.summary, summary.now]
    if summary.served:
        lines.append(f"谁能办：{_sentence(summary.served)}")
    if summary.materials is not None:
        lines.append(
            f"办的时候要带：{_sentence(summary.materials)}" if summary.materials else f"办的时候{_nothing(summary)}。"
        )
    if summary.some:
        lines.append(f"有的人还要带：{_sentence(summary.some)}")
    lines += [f"第{number}步，{_stopped(step)}" for number, step in enumerate(summary.steps, 1)]
    if summary.office:
        where = "，地址：" + summary.office.address if summary.office.address else ""
        lines.append(f"到哪里办：{summary.office.name}{where}。")
        if summary.office.hours:
            lines.append(f"什么时候去：{summary.office.hours}。")
    if summary.deadlines:
        lines.append(f"不要错过：{_sentence(summary.deadlines)}")
    if summary.limit:
        lines.append(f"多长时间办好：{summary.limit}。")
    if summary.fee:
        lines.append(f"收不收费：{summary.fee}。")
    if not summary.guided:
        lines.append("要办理，请先打电话问清要带什么、去哪里。")
    lines.append(summary.unchecked)
    lines.append(
        f"想问清楚，请打电话：{_with_spoken_phones(summary.consult)}。再说一遍：{_with_spoken_phones(summary.consult)}。"
    )
    lines.append(f"办得不满意，请打电话：{_with_spoken_phones(summary.complaint)}。")
    return ("\n".join(_stopped(line) for line in lines if line) + "\n").encode("utf-8-sig")


def message(summary: Summary) -> str:
    """At most ``MESSAGE`` characters: who, what, the number to call; then as many further parts as fit."""
    call = f"咨询{summary.number}"
    head = f"【{summary.place[:PLACE]}】"
    name = next((name for name in (summary.title, summary.official) if _fits(f"{head}{name}。{call}")), summary.title)
    while not _fits(f"{head}{name}。{call}"):
        name = f"{name.rstrip('…')[:-1]}…"
    parts: list[str] = []
    for part in _details(summary):
        if _fits(f"{head}{name}：{'，'.join([*parts, part])}。{call}"):
            parts.append(part)
    body = f"：{'，'.join(parts)}" if parts else ""
    return f"{head}{name}{body}。{call}"


def messages(summaries: Iterable[tuple[Summary, str]]) -> bytes:
    """A table with one line for each item, for a mass sender; WeChat's text has the address of the item's page."""
    out = StringIO()
    lines = writer(out, quoting=QUOTE_ALL, lineterminator="\r\n")
    lines.writerow(("事项", "编号", "短信", "短信字数", "微信"))
    for one, address in summaries:
        short = message(one)
        wechat = post(one, address).strip()
        lines.writerow((guarded(one.official), one.id, guarded(short), _units(short), guarded(wechat)))
    return out.getvalue().encode("utf-8-sig")


def post(summary: Summary, address: str) -> str:
    """A WeChat text: a title, short lines, and the address of the page."""
    lines = [f"【{summary.place}】{summary.title}"]
    if summary.summary:
        lines += ["", summary.summary, ""]
    if summary.now:
        lines.append(f"马上做：{summary.now}")
    if summary.served:
        lines.append(f"谁能办：{'；'.join(summary.served)}")
    if summary.materials is not None:
        lines.append(f"带什么：{'、'.join(summary.materials) or _nothing(summary)}")
    if summary.some:
        lines.append(f"有的人还要带：{'；'.join(summary.some)}")
    if summary.deadlines:
        lines.append(f"别错过：{'；'.join(summary.deadlines)}")
    if summary.office:
        lines.append(
            f"去哪办：{summary.office.name}{'（' + summary.office.address + '）' if summary.office.address else ''}"
        )
    lines += [f"{label}：{text}" for label, text in (("多久", summary.limit), ("多少钱", summary.fee)) if text]
    lines += [line for line in (f"问谁：{summary.consult}", summary.unchecked) if line]
    if address:
        lines.append(f"看全文：{address}")
    return "\n".join(lines) + "\n"


def _details(summary: Summary) -> Iterator[str]:
    """The optional parts of a short message, the most important first."""
    if summary.materials:
        yield f"带{'、'.join(summary.materials)}"
    if summary.office:
        yield f"到{summary.office.name.removeprefix(summary.place)}办"
    if summary.limit:
        yield summary.limit
    if summary.fee:
        yield summary.fee
    if summary.materials == ():
        yield _nothing(summary)


def _nothing(summary: Summary) -> str:
    return "一般不用带材料" if summary.some else "不用带材料"


def _fits(text: str) -> bool:
    return _units(text) <= MESSAGE


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _with_spoken_phones(text: str) -> str:
    """The text with each phone number repeated as words, the way people read digits aloud."""
    return PHONE.sub(lambda found: f"{found[0]}（{found[0].translate(_SPOKEN)}）", text)


def _sentence(parts: Sequence[str]) -> str:
    return _stopped("；".join(part.rstrip("。") for part in parts))


def _stopped(text: str) -> str:
    return text if text.endswith(("。", "？", "；", "：")) else f"{text}。"
