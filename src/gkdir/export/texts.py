"""One item → an announcement for loudspeakers and phones, a text message, a WeChat post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from csv import QUOTE_ALL, writer
from io import StringIO

from gkdir.export.cells import guarded
from gkdir.service.phones import PHONE
from gkdir.service.summary import Summary

MESSAGE = 70
"""Characters of one short message in Chinese: UTF-16 units, as the networks count them."""
PLACE = 20
"""The most characters of a place's name in a message, so that the phone number always fits."""

_SPOKEN = str.maketrans("0123456789-", "零幺二三四五六七八九 ")


def voice(told: Summary) -> bytes:
    """A text to be read out: whole sentences, phone numbers also in words, the number twice.

    UTF-8 with the mark by which an old Notepad, and a browser that opens it from disk, know it.
    """
    lines = [f"各位乡亲，现在播送{told.place}政务公开信息：{told.title}。", told.summary, told.now]
    if told.served:
        lines.append(f"谁能办：{_sentence(told.served)}")
    if told.materials is not None:
        lines.append(f"办的时候要带：{_sentence(told.materials)}" if told.materials else f"办的时候{_nothing(told)}。")
    if told.some:
        lines.append(f"有的人还要带：{_sentence(told.some)}")
    lines += [f"第{number}步，{_stopped(step)}" for number, step in enumerate(told.steps, 1)]
    if told.office:
        where = "，地址：" + told.office.address if told.office.address else ""
        lines.append(f"到哪里办：{told.office.name}{where}。")
        if told.office.hours:
            lines.append(f"什么时候去：{told.office.hours}。")
    if told.deadlines:
        lines.append(f"不要错过：{_sentence(told.deadlines)}")
    if told.limit:
        lines.append(f"多长时间办好：{told.limit}。")
    if told.fee:
        lines.append(f"收不收费：{told.fee}。")
    if not told.guided:
        lines.append("要办理，请先打电话问清要带什么、去哪里。")
    lines.append(f"想问清楚，请打电话：{_said(told.consult)}。再说一遍：{_said(told.consult)}。")
    lines.append(f"办得不满意，请打电话：{_said(told.complaint)}。")
    return ("\n".join(_stopped(line) for line in lines if line) + "\n").encode("utf-8-sig")


def message(told: Summary) -> str:
    """At most ``MESSAGE`` characters: who, what, the number to call; then of the rest what still fits."""
    call = f"咨询{told.number}"
    head = f"【{told.place[:PLACE]}】"
    name = next((name for name in (told.title, told.official) if _fits(f"{head}{name}。{call}")), told.title)
    while not _fits(f"{head}{name}。{call}"):
        name = f"{name.rstrip('…')[:-1]}…"
    parts: list[str] = []
    for part in _details(told):
        if _fits(f"{head}{name}：{'，'.join([*parts, part])}。{call}"):
            parts.append(part)
    body = f"：{'，'.join(parts)}" if parts else ""
    return f"{head}{name}{body}。{call}"


def messages(told: Iterable[tuple[Summary, str]]) -> bytes:
    """Everything to be sent, a table with a line an item, for a mass sender; each with the address of its page."""
    out = StringIO()
    lines = writer(out, quoting=QUOTE_ALL, lineterminator="\r\n")
    lines.writerow(("事项", "编号", "短信", "短信字数", "微信"))
    for one, address in told:
        short = message(one)
        wechat = post(one, address).strip()
        lines.writerow((guarded(one.official), one.id, guarded(short), _units(short), guarded(wechat)))
    return out.getvalue().encode("utf-8-sig")


def post(told: Summary, address: str) -> str:
    """A WeChat text: a title, short lines, and where to read on."""
    lines = [f"【{told.place}】{told.title}"]
    if told.summary:
        lines += ["", told.summary, ""]
    if told.now:
        lines.append(f"马上做：{told.now}")
    if told.served:
        lines.append(f"谁能办：{'；'.join(told.served)}")
    if told.materials is not None:
        lines.append(f"带什么：{'、'.join(told.materials) or _nothing(told)}")
    if told.some:
        lines.append(f"有的人还要带：{'；'.join(told.some)}")
    if told.deadlines:
        lines.append(f"别错过：{'；'.join(told.deadlines)}")
    if told.office:
        lines.append(f"去哪办：{told.office.name}{'（' + told.office.address + '）' if told.office.address else ''}")
    lines += [f"{label}：{said}" for label, said in (("多久", told.limit), ("多少钱", told.fee)) if said]
    lines.append(f"问谁：{told.consult}")
    if address:
        lines.append(f"看全文：{address}")
    return "\n".join(lines) + "\n"


def _details(told: Summary) -> Iterator[str]:
    """The optional parts of a short message, the most important first."""
    if told.materials:
        yield f"带{'、'.join(told.materials)}"
    if told.office:
        yield f"到{told.office.name.removeprefix(told.place)}办"
    if told.limit:
        yield told.limit
    if told.fee:
        yield told.fee
    if told.materials == ():
        yield _nothing(told)


def _nothing(told: Summary) -> str:
    return "一般不用带材料" if told.some else "不用带材料"


def _fits(text: str) -> bool:
    return _units(text) <= MESSAGE


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _said(text: str) -> str:
    """The text with each phone number repeated as words, the way people read digits aloud."""
    return PHONE.sub(lambda found: f"{found[0]}（{found[0].translate(_SPOKEN)}）", text)


def _sentence(parts: Sequence[str]) -> str:
    return _stopped("；".join(part.rstrip("。") for part in parts))


def _stopped(text: str) -> str:
    return text if text.endswith(("。", "？", "；", "：")) else f"{text}。"
