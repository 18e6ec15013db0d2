"""A column of a form → its validation in the spreadsheet program: dropdown, limits, prompt."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from gkdir.clerk.table import TableColumn, Takes
from gkdir.export.cells import TICK, clean

_TITLE_LENGTH, _PROMPT_LENGTH = 32, 255
"""Excel's own limits."""


class Dropdowns:
    """The hidden sheet of choices, with a column for each list; equal lists share one."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._areas: dict[tuple[str, ...], str] = {}

    def offer(self, sheet: Worksheet, column: TableColumn, area: str) -> None:
        """Add the validation of ``column`` to its cells, which are ``area``."""
        validation = self._validation(column)
        if column.prompt:
            validation.promptTitle = column.label[:_TITLE_LENGTH]
            validation.prompt = column.prompt[:_PROMPT_LENGTH]
            validation.showInputMessage = True
        if validation.type is not None or column.prompt:
            sheet.add_data_validation(validation)
            validation.add(area)

    def _validation(self, column: TableColumn) -> DataValidation:
        if column.takes is Takes.TICK:
            return self._list(f'"{TICK}"', True, "这一格只打“√”或者空着。")
        if column.takes is Takes.DAY:
            validation = DataValidation(type="date", operator="between", formula1="36526", formula2="73050")
            validation.showErrorMessage, validation.errorTitle = True, "不是日期"
            validation.error = "请写成 2026-03-01 这样的日期。"
            return validation
        if column.choices:
            return self._list(self._area(column.choices), column.only, "请从下拉列表里选。")
        return DataValidation()

    def _list(self, formula: str, only: bool, said: str) -> DataValidation:
        validation = DataValidation(type="list", formula1=formula, allow_blank=True)
        validation.showErrorMessage, validation.errorTitle, validation.error = only, "不在可选的词里", said
        return validation

    def _area(self, choices: tuple[str, ...]) -> str:
        if choices not in self._areas:
            place = len(self._areas) + 1
            for number, choice in enumerate(choices, 1):
                cell = self.sheet.cell(number, place)
                cell.value, cell.data_type = clean(choice), "s"
            letter = get_column_letter(place)
            self._areas[choices] = f"'{self.sheet.title}'!${letter}$1:${letter}${len(choices)}"
        return self._areas[choices]
