"""Settings and fixtures for all tests, and the one browser that they share."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import settings
from tests.browser.tabs import TIMEOUT_MILLISECONDS, Tabs
from tests.laws import law

import gkdir.export  # noqa: F401  # must come before openpyxl; see gkdir.export
from gkdir.publish.minify import minified
from gkdir.read.folder import Root
from gkdir.read.layerfiles import read_described, read_forms, read_guide, read_guides
from gkdir.read.national import read_national
from gkdir.read.schema.validate import filled, validate
from gkdir.resources import national_folder
from gkdir.yaml.nodes import Node
from gkdir.yaml.parse import parse_yaml

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Value = TypeVar("Value")

settings.register_profile("gkdir", law(40))  # the default for property tests without settings
settings.load_profile("gkdir")

gc.set_threshold(50_000)  # shared fixtures live until the end, so frequent collections are slow


@pytest.fixture(scope="session", autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests do not use the user's cache folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _the_same_is_read_once() -> Iterator[None]:
    """A process reads each national file, and parses each text, only once: the results depend on nothing else.

    Hundreds of tests read the whole sample again to change one of its files.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gkdir.read.national.read_national", _once(read_national))
        patch.setattr("gkdir.read.layerfiles.read_guide", _once(read_guide))
        patch.setattr("gkdir.read.layerfiles.read_described", _once(read_described))
        patch.setattr("gkdir.read.layerfiles.read_guides", _once_of_the_country(read_guides))
        patch.setattr("gkdir.read.layerfiles.read_forms", _once_of_the_country(read_forms))
        patch.setattr("gkdir.publish.render.minified", _once(minified))
        parsed = lru_cache(maxsize=2048)(parse_yaml)
        for module in ("gkdir.yaml.parse", "gkdir.yaml.front_matter"):
            patch.setattr(f"{module}.parse_yaml", parsed)
        patch.setattr("gkdir.read.reference.filled", _filled_once(filled))
        patch.setattr("gkdir.read.declaredfiles.filled", _filled_once(filled))
        patch.setattr("gkdir.read.declaredfiles.validate", _filled_once(validate))
        yield


@pytest.fixture(scope="session", autouse=True)
def _nothing_is_collected_between_counties() -> Iterator[None]:
    """No garbage collection between counties: a run of tests has a hundred times the objects of a command, and
    collecting takes a third of a second.
    """
    nothing = {name: lambda: None for name in ("collect", "freeze", "unfreeze")}
    switch = {name: getattr(gc, name) for name in ("isenabled", "enable", "disable", "get_count")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gkdir.workers.worker.gc", SimpleNamespace(**nothing, **switch))
        yield


def _once(read: Callable[..., Value]) -> Callable[..., Value]:
    """``read``, a function of a path and more, cached by the content of the file."""
    known: dict[tuple[object, ...], Value] = {}

    def remembered(path: Path, *more: object) -> Value:
        try:
            key = path.stem, path.read_bytes(), *more
        except OSError:
            return read(path, *more)
        if key not in known:
            known[key] = read(path, *more)
        return known[key]

    return remembered


def _once_of_the_country(read: Callable[[Root, Path], Value]) -> Callable[[Root, Path], Value]:
    """``read``, cached for the national folder that comes with gkdir, which no test writes to."""
    known = lru_cache(read)
    country = national_folder()
    return lambda root, folder: (known if folder.is_relative_to(country) else read)(root, folder)


def _filled_once(fill: Callable[..., Value]) -> Callable[..., Value]:
    """``fill``, a function of a type and of a part of a file, cached by the identity of that part."""
    known: dict[tuple[object, int], tuple[Node, Value]] = {}

    def remembered(kind: object, node: Node, *absent: object) -> Value:
        if any(absent):
            return fill(kind, node, *absent)
        key = kind, id(node)
        if key not in known:
            if len(known) > 1000:
                known.clear()
            known[key] = node, fill(kind, node, *absent)  # kept with the node, so that its id is not reused
        return known[key][1]

    return remembered


SLOW = (
    "tests/browser/",
    "tests/sheets/",
    "tests/release/",
    "tests/excel_form/",
    "tests/desk/",
    "tests/cli/",
    "tests/rules/test_second_adversary.py",
    "tests/rules/test_loopholes.py",
    "tests/rules/test_dates_ahead.py",
    "tests/rules/test_personal.py",
    "tests/rules/test_nameindex.py",
    "tests/publish/test_write.py",
    "tests/test_package.py",
    "tests/test_readme.py",
    "tests/test_ci.py",
    "tests/test_audit.py",
    "tests/test_golden.py",
    "tests/test_preview.py",
    "tests/test_fuzz_project.py",
    "tests/test_one_county.py",
    "tests/test_changes.py",
    "tests/test_diff.py",
    "tests/test_build.py",
    "tests/due/",
    "tests/oversight/",
    "tests/rules/test_sample_faults.py",
    "tests/rules/test_privacy_finished.py",
    "tests/read/test_long_texts.py",
    "tests/calculators/test_browser.py",
    "tests/calculators/test_pages.py",
    "tests/outward/",
    "tests/pages/test_machines.py",
    "tests/pages/test_sample_county.py",
    "tests/test_unchanged.py",
    "tests/test_guide_element.py",
    "tests/test_many.py",
    "tests/test_growth.py",
    "tests/test_bench.py",
    "tests/test_workers.py",
    "tests/test_cluster.py",
    "tests/publish/test_among_others.py",
    "tests/publish/test_mirror.py",
    "tests/importing/test_import_laws.py",
    "tests/pages/test_columns.py",
    "tests/rules/test_privacy_files.py::test_signs_that_never_end",
    "tests/search/test_box.py",
    "tests/search/test_engine.py",
    "tests/test_house.py::test_a_start_loads",
    "tests/test_house.py::test_a_shape_is_built",
    "tests/pages/test_ways.py::test_every_item_is_three_clicks",
    "tests/pages/test_templates.py::test_ours_are_made",
    "tests/export/test_workbook.py::test_the_bytes_depend",
)
"""What ``make quick`` leaves out: tests of whole commands, whole sites and whole counties."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Modules that ``make quick`` leaves out are not imported."""
    inside = collection_path.relative_to(config.rootpath).as_posix()
    return True if "not slow" in config.option.markexpr and {inside, f"{inside}/"} & {*SLOW} else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark slow tests and run them first, so that all processes finish at about the same time."""
    for item in items:
        if item.nodeid.startswith(SLOW):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Callable[..., Browser]]:
    """Starts Chromium, found by GKDIR_CHROMIUM or the path; the headless shell if there is one."""
    found = os.environ.get("GKDIR_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.skip("没有 Chromium：请安装，或用环境变量 GKDIR_CHROMIUM 指出它在哪里")
    from playwright.sync_api import expect, sync_playwright  # slow to import, and only needed here

    expect.set_options(timeout=TIMEOUT_MILLISECONDS)

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=found, args=[*arguments, *more])


@pytest.fixture(scope="session")
def browser(chromium: Callable[..., Browser]) -> Iterator[Browser]:
    """A browser for tests that click and take pictures."""
    started = chromium()
    yield started
    started.close()


@pytest.fixture(scope="session")
def measuring(chromium: Callable[..., Browser]) -> Iterator[Browser]:
    """A browser that paints no frames, at a quarter of a page's cost: for measuring, not for clicking."""
    started = chromium("--disable-threaded-compositing")
    yield started
    started.close()


@pytest.fixture(scope="session")
def _all_tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture
def tabs(_all_tabs: Tabs) -> Iterator[Tabs]:
    """Tabs to take; errors of their scripts and policies fail the test."""
    yield _all_tabs
    assert _all_tabs.give_back() == []
