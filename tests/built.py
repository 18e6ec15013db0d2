"""The sample project, built once for all tests and processes of a run."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.places import DIRECTORIES

from gkdir.build import build
from gkdir.buildoptions import BuildOptions
from gkdir.outcome import BuildOutcome
from gkdir.publish.render import Renderer
from gkdir.site.page import Page


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder shared by all processes of this run: xdist gives each its own below the run's folder."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(made: Path, make: Callable[[Path], object]) -> Path:
    """The file or folder, made by the first process that needs it while the others wait. Must not be changed later."""
    done = made.with_name(f"{made.name}.done")
    with made.with_name(f"{made.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(made)
            done.touch()
    return made


def built_sample(factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, list[str]]]:
    """The sample's site, and the addresses of its pages by their templates."""
    folder = once(shared_folder(factory) / "sample", build_sample)
    return folder / "site", json.loads((folder / "pages.json").read_text(encoding="utf-8"))


def build_sample(folder: Path) -> tuple[Path, Mapping[str, list[str]]]:
    """Build the sample into ``folder``, with the list of its pages beside it."""
    folder.mkdir()
    with rendered() as pages:
        _, outcomes = build(BuildOptions(DIRECTORIES, folder / "site", jobs=1), list[BuildOutcome]().append)
    assert {outcome.state.value for outcome in outcomes} == {"published"}
    (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    return folder / "site", pages


@contextmanager
def rendered() -> Iterator[Mapping[str, list[str]]]:
    """Template → the pages rendered with it in this process while the context is open."""
    pages: dict[str, list[str]] = defaultdict(list)
    render: Callable[..., bytes] = Renderer.render

    def heard(self: Renderer, page: Page, *rest: object) -> bytes:
        if re.search(r"\.html$", page.template):
            pages[page.template].append(page.path)
        return render(self, page, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Renderer, "render", heard)
        yield pages
