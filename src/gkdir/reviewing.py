"""A county, a reader and a stage → county.yaml with one more entry of 审核; no other byte is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from gkdir.finding import Place, Unreadable
from gkdir.model.county import County
from gkdir.model.project import Project
from gkdir.model.review import STAGES, Signing
from gkdir.output import change_files
from gkdir.read.county import FILE
from gkdir.read.reviewed import KEY, content_digest, digest_of_all, digests, seal_of
from gkdir.service.review import FileReview, file_reviews, to_review, valid_signings
from gkdir.yaml.edit import append, at
from gkdir.yaml.emit import Value
from gkdir.yaml.lines import CannotEdit
from gkdir.yaml.nodes import Listing
from gkdir.yaml.spans import tree

BOM = "\ufeff"
_BY_HAND = "请看看“审核”里写了什么：这一段由程序写，写乱了的删去再签。"


class Reader(Struct, frozen=True):
    """Who reviews, at which stage (1 to 3), on which day."""

    stage: int
    by: str
    on: date


def reviews_of(project: Project, county: County) -> tuple[FileReview, ...]:
    """The reviews of each file of the county in its current version."""
    return file_reviews(county.overlay.signings, digests(project.folder, county))


def to_sign(reviews: Sequence[FileReview], stage: int, paths: Sequence[str]) -> Mapping[str, str]:
    """The files of ``paths`` (empty: all) not yet reviewed at ``stage``: path → digest.

    Raises Unreadable if one of them does not exist or has not passed the stage before.
    """
    known = {each.path for each in reviews}
    for path in paths:
        if path not in known:
            raise Unreadable(
                Place(path), "县的文件夹里没有这个文件。", "路径从县的文件夹算起，如 guides/employment/4.1.md。"
            )
    wanted = to_review([each for each in reviews if not paths or each.path in paths], stage)
    early = [each.path for each in reviews if each.path in wanted and each.reached < stage - 1]
    if early:
        more = " 等" if len(early) > 3 else ""
        message = (
            f"还没有{STAGES[stage - 2]}，不能签{STAGES[stage - 1]}：{'、'.join(early[:3])}{more}（{len(early)} 份）。"
        )
        raise Unreadable(Place(FILE), message, "一审、二审、三审依次签；审完又改过的，从一审起再签。")
    return wanted


def sign(project: Project, county: County, reader: Reader, files: Mapping[str, str]) -> None:
    """Write the entry to county.yaml. Raises Unreadable if it would not read back the same."""
    path = project.folder / county.folder / FILE
    before = path.read_bytes()
    text = before.decode("utf-8")
    mark = BOM if text.startswith(BOM) else ""
    try:
        after = mark + append(text.removeprefix(BOM), (KEY,), _entry(county.overlay.signings, reader, files))
    except CannotEdit as error:
        raise Unreadable(Place(str(path)), f"“{KEY}”写不进去，什么也没有改。", _BY_HAND) from error
    listed = at(tree(after.removeprefix(BOM)), (KEY,))
    added = isinstance(listed, Listing) and len(listed.items) == len(county.overlay.signings) + 1
    if not added or content_digest(FILE, after.encode()) != content_digest(FILE, before):
        raise Unreadable(Place(str(path)), "这个文件的写法不能在末尾续写，什么也没有改。", _BY_HAND)
    change_files({path: (before, after.encode())})


def _entry(signings: Sequence[Signing], reader: Reader, files: Mapping[str, str]) -> Value:
    digest = digest_of_all(files)
    stage = STAGES[reader.stage - 1]
    entries: dict[str, Value] = {"阶段": stage, "人": reader.by, "日期": reader.on.isoformat(), "摘要": digest}
    entries["校验"] = seal_of(stage, reader.by, reader.on, digest)
    if all(each.digest != digest for each in valid_signings(signings)):
        entries["内容"] = dict(files)
    return entries
