"""收费 (GK621): a guide with a fee states its legal basis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gkdir.finding import Severity
from gkdir.model.guide import Guide
from gkdir.rules.guideparts import place
from gkdir.rules.rule import Context, Fault, rule

FREE = re.compile(r"不(?:用|需)?[收交缴]|免费|免收|无(?:收费|需|\Z)|^没有|没有收费|^0\s*元")
_CHARGED = re.compile(r"(?:[1-9]\d*(?:\.\d+)?|0\.\d+)\s*元")
GROUND = re.compile(r"《|[〔（(\[]\d{4}[〕）)\]]")
"""A name or a number of the document that the charge rests on."""


def charges(fee: str) -> bool:
    """Whether something has to be paid: an amount, or no word that nothing has."""
    return bool(_CHARGED.search(fee) or not FREE.search(fee))


@rule("GK621", "fee-without-ground", "收费没有写依据", on=Guide, severity=Severity.WARNING, requirement="R3.2b")
def fee_without_ground(guide: Guide, _context: Context) -> Iterator[Fault]:
    """办事指南写着收费，没有写依据哪个文件；或者只写“按规定收费”。

    ## 为什么
    社会保险目录的公开内容列着“收费依据及标准”。收多少、凭什么收，两样都要写明。

    ## 错误
    ```yaml guides/employment/4.1.md
    收费: 每证5元
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    收费: {标准: 每证5元, 依据: 《清源县证照收费目录》（清发改〔2024〕5号）}
    ```
    """
    fee = guide.fee.text if guide.fee else ""
    if fee and not FREE.search(fee) and not GROUND.search(fee):
        yield Fault(
            place(guide, "收费"),
            f"收费“{fee}”没有写依据",
            "请写成 收费: {标准: 每证5元, 依据: 《…》（文号）}；不收费的写 不收费。",
            guide.id,
        )
