"""vectors.tsv → its cases; a case as somebody types it → Python's answer, worded as in the table.

Amounts are in yuan in the table and in 分 in the program; ``-`` stands for not paid, unknown or not so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import to_builtins

from gkdir.calculators import Injured, compensation, death_grant, drawing, monthly, planned, retiring
from gkdir.finding import Place
from gkdir.model.benefits import Amount, BenefitRules, Month, Standards
from gkdir.read.schema.validate import filled
from gkdir.resources import national_folder
from gkdir.yaml.parse import read_yaml

TABLE = Path(__file__).parent / "vectors.tsv"
MONEY = frozenset(
    ("wage", "lump", "allowance", "care", "monthly", "later", "total", "account", "basic", "extra", "grant")
)
NONE = "-"

Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vector:
    """One line of the table."""

    calculator: str
    standards: str
    said: Said
    expected: Mapping[str, str]
    origin: str
    note: str


@cache
def rules() -> BenefitRules:
    """The national parameters that come with gkdir."""
    document = read_yaml(national_folder() / "reckoning.yaml", "reckoning.yaml")
    reckoning: BenefitRules = filled(BenefitRules, document.root)[0]
    return reckoning


def vectors() -> list[Vector]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()[1:]
    return [_vector(*line.split("\t")) for line in lines]


def _vector(calculator: str, standards: str, said: str, expected: str, origin: str, note: str) -> Vector:
    return Vector(calculator, standards, _pairs(said), _pairs(expected), origin, note)


def _pairs(text: str) -> Mapping[str, str]:
    return {name: value for name, _, value in (pair.partition("=") for pair in text.split(";"))}


def amount(yuan: int, *, later: int | None = None, extra: int | None = None) -> Amount:
    """A valid, fictional amount."""
    source = "《清源县某标准》（清政发〔2026〕1号）"
    return Amount(
        yuan * 100,
        Place("counties/qingyuan/county.yaml", 1, 1),
        source,
        date(2026, 1, 1),
        later=later and later * 100,
        extra=extra and extra * 100,
    )


STANDARDS: Mapping[str, Standards] = {
    "全": Standards(amount(1500, later=1350), amount(1800), amount(700), amount(6000), amount(163, extra=2)),
    "部分": Standards(minimum_wage=amount(1800)),
    "无": Standards(),
}
"""The county's declared amounts, by their name in the table."""


def answer(calculator: str, said: Said, national: BenefitRules, standards: Standards) -> dict[str, str]:
    """Everything that Python answers to what somebody typed."""
    if calculator == "retirement":
        career = next(one for one in national.retirement.careers if one.key == said["career"])
        found = retiring(Month(int(said["year"]), int(said["month"])), career, national)
        plan = planned(found, int(said.get("plan") or 0) or None, national)
        return _result_in_words(found) | {f"plan_{name}": value for name, value in _result_in_words(plan).items()}
    if calculator == "unemployment":
        paid = int(said["years"]) * 12 + int(said["months"])
        return _result_in_words(drawing(paid, int(said["left"]), national.unemployment, standards.benefit))
    if calculator == "injury":
        care = next((one for one in national.injury.care if one.key == said["care"]), None)
        average, least = standards.average_wage, standards.minimum_wage
        return _result_in_words(
            compensation(Injured(int(said["grade"]), fen(said["wage"]), care), national.injury, average, least)
        )
    if calculator == "pension":
        return _result_in_words(
            monthly(fen(said["balance"]), int(said["years"]), national.pension, standards.basic_pension)
        )
    income = next(one for one in national.incomes if one.year == int(said["injured"]) - 1)
    return {"grant": yuan(death_grant(income, national.injury))}


def fen(text: str) -> int:
    whole, _, rest = text.partition(".")
    return int(whole) * 100 + int(rest)


def yuan(value: int) -> str:
    return f"{value // 100}.{value % 100:02}"


def in_words(name: str, value: object) -> str:
    """A value, worded as in the table."""
    if value is None or value is False:
        return NONE
    if value is True:
        return "是"
    return yuan(value) if isinstance(value, int) and name in MONEY else str(value)


def _result_in_words(result: object) -> dict[str, str]:
    values = to_builtins(result)
    return {
        name: in_words(name, Month(**value) if isinstance(value, dict) else value) for name, value in values.items()
    }
