"""domains.yaml: each of the 26 domains has a name, a symbol, everyday words, the responsible office and a hotline."""

from __future__ import annotations

from pathlib import Path

from tests.places import NATIONAL

from gkdir.model.domain import hotlines
from gkdir.read.declaredfiles import read_domains


def test_every_domain_says_what_it_is_and_whom_to_call() -> None:
    domains, troubles = read_domains([NATIONAL])
    assert troubles == ()
    assert len(domains) == 26
    for domain in domains:
        assert all((domain.everyday, domain.ministry, domain.office, domain.hotline.number, domain.hotline.name)), (
            domain
        )
        assert len(domain.mark) == 1
    for told in ([one.mark for one in domains], [one.stem for one in domains], [one.name for one in domains]):
        assert len(set(told)) == 26


def test_a_domain_without_a_hotline_of_its_own_is_asked_about_at_12345(tmp_path: Path) -> None:
    (tmp_path / "domains.yaml").write_text("救灾: {文件: disaster_relief, 怪: 1}\n", encoding="utf-8")
    (domain,), troubles = read_domains([tmp_path])
    assert (domain.hotline.number, domain.mark, domain.everyday) == ("12345", "", "")
    assert ["怪" in trouble.message for trouble in troubles] == [True]


def test_a_number_is_given_once_for_all_domains_that_share_it_and_that_for_everything_last() -> None:
    domains, _ = read_domains([NATIONAL])
    some = [one for one in domains if one.name in ("就业", "社会保险", "义务教育", "税收管理")]
    given = {line.number: line.line for line in hotlines(some)}
    assert list(given) == ["12366", "12333", "12345"]
    assert given["12333"] == "问就业、社会保险的事"
    assert [line.number for line in hotlines(some[-1:])] == ["12345"]
