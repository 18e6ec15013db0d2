"""reckoning.yaml, as PyYAML gives it → the country's parameters. What does not fit raises as ``reference`` expects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast, get_args

from gkdir.model.reckoning import (
    Care,
    Career,
    Floor,
    Income,
    Injury,
    Kin,
    MinimumYears,
    Month,
    Pension,
    Reckoning,
    Retirement,
    Tier,
    Unemployment,
)
from gkdir.model.source import Confidence, Seen, Source


class NotSo(ValueError):
    """A value that makes no sense, and what would; in Chinese."""


FILE = "reckoning.yaml"
FEN = 100


def reckoning(raw: Mapping[str, Any]) -> Reckoning:
    """All parameters. Raises ``KeyError``, ``TypeError`` or ``NotSo`` where one is missing or makes no sense."""
    return Reckoning(
        retirement=_retirement(raw["延迟退休"]),
        minimum=_minimum(raw["最低缴费年限"]),
        unemployment=_unemployment(raw["失业保险金"]),
        injury=_injury(raw["工伤"]),
        incomes=tuple(
            Income(_count(one["年"]), _count(one["数额"]) * FEN, _source(one)) for one in raw["城镇居民人均可支配收入"]
        ),
        pension=_pension(raw["居民养老金"]),
    )


def _retirement(raw: Mapping[str, Any]) -> Retirement:
    careers = tuple(
        Career(
            key=str(one["键"]),
            name=str(one["名称"]),
            note=str(one["说明"]),
            age=_count(one["原年龄"]),
            first=_month(one["起点"]),
            step=_count(one["每"]),
            cap=_count(one["最多"]),
        )
        for one in raw["职工"]
    )
    return Retirement(_source(raw), careers, _count(raw["弹性"]))


def _minimum(raw: Mapping[str, Any]) -> MinimumYears:
    counts = (_count(raw[key]) for key in ("原来", "从哪年起", "每年加", "最高"))
    return MinimumYears(_source(raw), _source(raw.get("提前和推迟", raw)), *counts)


def _unemployment(raw: Mapping[str, Any]) -> Unemployment:
    tiers = tuple(Tier(_count(one["缴满"]), _count(one["最多领"])) for one in raw["领取月数"])
    return Unemployment(_source(raw), tiers, _count(raw["合并最多"]))


def _injury(raw: Mapping[str, Any]) -> Injury:
    return Injury(
        source=_source(raw),
        lump=tuple(_count(one) for one in raw["一次性伤残补助金"]),
        allowance=tuple(_count(one) for one in raw["伤残津贴"]),
        care=tuple(Care(str(one["键"]), str(one["名称"]), _count(one["比例"])) for one in raw["生活护理费"]),
        floor=_count(raw["本人工资"]["最低"]),
        ceiling=_count(raw["本人工资"]["最高"]),
        funeral=_count(raw["丧葬补助金"]),
        death=_count(raw["一次性工亡补助金"]),
        support=_source(raw.get("护理和供养", raw)),
        grant=_source(raw.get("工亡补助", raw)),
        kin=tuple(Kin(str(one["名称"]), _count(one["比例"])) for one in raw["供养亲属抚恤金"]),
    )


def _pension(raw: Mapping[str, Any]) -> Pension:
    floors = tuple(Floor(_count(one["每月"]) * FEN, _source(one)) for one in raw["全国最低标准"])
    return Pension(_source(raw), _count(raw["计发月数"]), _count(raw["最低年限"]), floors)


def _source(raw: Mapping[str, Any]) -> Source:
    since = raw["日期"]
    if not isinstance(since, date):
        raise NotSo(f"“{since}”不是日期，写法是 2026-01-01")
    return Source(
        text=str(raw["来源"]),
        since=since,
        confidence=cast(Confidence, _one_of(raw["把握"], get_args(Confidence))),
        seen=cast(Seen, _one_of(raw["出处"], get_args(Seen))),
        seen_at=raw.get("见于"),
    )


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise NotSo(f"“{value}”不是大于零的整数")
    return value


def _month(value: Any) -> Month:
    year, _, month = str(value).partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12):
        raise NotSo(f"“{value}”不是年月，写法是 1965-01")
    return Month(int(year), int(month))


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise NotSo(f"“{value}”不在{'、'.join(known)}之内")
    return str(value)
