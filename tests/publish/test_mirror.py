"""A built folder in an object store: the same bytes, only changes sent, other objects untouched, damage repaired."""

from __future__ import annotations

import asyncio
import shutil
import sys
from _thread import interrupt_main
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.built import built_sample
from tests.publish.stores import BUCKET, FailingStore, objects, plain, store_server

from gkdir.cli import group
from gkdir.cli.options import Destination
from gkdir.finding import Trouble, Unreadable
from gkdir.model.attached import PICTURES
from gkdir.publish.live import live_counties, root_of
from gkdir.publish.manifest import MANIFEST, manifest_of
from gkdir.publish.mirror import FOLDER, Mirror, only_publisher
from gkdir.publish.shared import publish_files
from gkdir.publish.store import Store, etag, headers
from gkdir.publish.swap import LOCK, locked_folder
from gkdir.publish.write import publish_folder
from gkdir.read.project import read_project
from gkdir.read.ready import OFFICE

ADDRESS = f"s3://{BUCKET}/zwgk"
pytestmark = pytest.mark.slow
THEIRS = {"other/index.html": b"theirs", "zwgk/notes.txt": b"theirs", "zwgk/anping/.hidden": b""}
Pages = Mapping[str, str]
OLD: Pages = {"index.html": "old", "about/index.html": "same", "gone/index.html": "gone", "assets/site.css": "a{}"}
NEW: Pages = {"index.html": "new", "about/index.html": "same", "new/index.html": "new", "assets/site.css": "b{}"}


@pytest.fixture(scope="module")
def server() -> Iterator[FailingStore]:
    with pytest.MonkeyPatch.context() as patch, store_server(patch) as app:
        yield app


@pytest.fixture(scope="module")
def opened(server: FailingStore) -> Store:
    assert server.asked
    return Store(ADDRESS)


@pytest.fixture
def store(server: FailingStore, opened: Store) -> Store:
    server.failing(lambda _: "")
    if paths := plain().find(BUCKET):
        plain().rm(paths)
    return opened


def stage(folder: Path, **counties: Pages) -> Path:
    """A folder as a build leaves it, with these counties live."""
    folder.mkdir(exist_ok=True)
    with locked_folder(folder):
        for number, (slug, pages) in enumerate(counties.items()):
            about = {"name": f"{slug}县", "code": f"99010{number}", "updated": "2026-03-01"}
            publish_folder(folder / slug, [(path, text.encode()) for path, text in pages.items()], about)
        listed = "".join(sorted(f"{one}{pages}" for one, pages in counties.items()))
        files = [("index.html", listed.encode()), ("assets/site.css", b"c{}")]
        publish_files(root_of(folder, live_counties(folder, {})), files)
    return folder


def send(store: Store, folder: Path, *slugs: str) -> tuple[Mirror, dict[str | None, Trouble]]:
    mirror = Mirror(store, folder)
    troubles = mirror.send(slugs or ("anping", "heping"), lambda: None)
    return mirror, dict(troubles)


def content(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: data for path, data in found.items() if path != LOCK}


def theirs(paths: Mapping[str, bytes]) -> None:
    plain().pipe({f"{BUCKET}/{path}": data for path, data in paths.items()})


def test_what_is_there_is_the_like_of_the_folder_and_only_changes_are_sent(
    store: Store, server: FailingStore, tmp_path: Path
) -> None:
    folder = stage(tmp_path / "site", anping=OLD, heping=OLD)
    mirror, troubles = send(store, folder)
    assert troubles == {}
    assert objects(ADDRESS) == content(folder)
    assert mirror.sent == len(content(folder))
    said = plain().call_s3("head_object", Bucket=BUCKET, Key="zwgk/anping/index.html")
    assert (said["ContentType"], said["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    server.failing(lambda _: "")
    assert send(store, folder)[0].sent == 0
    assert not [line for line in server.asked if not line.startswith(("GET", "HEAD"))], "nothing is written"
    stage(folder, anping=NEW, heping=OLD)
    server.failing(lambda _: "")
    mirror, _ = send(store, folder)
    assert objects(ADDRESS) == content(folder)
    paths = [line.split()[1].removeprefix(f"/{BUCKET}/zwgk/") for line in server.asked if line.startswith("PUT")]
    sent = [path for path in paths if path.startswith("anping/")]
    assert sent == ["anping/new/index.html", "anping/assets/site.css", "anping/index.html", "anping/manifest.json"]
    assert not any(path.startswith("heping/") for path in paths)
    last = [line for line in server.asked if not line.startswith(("GET", "HEAD"))]
    removal = next(number for number, line in enumerate(last) if line.startswith(("POST", "DELETE")))
    assert removal > last.index(f"PUT /{BUCKET}/zwgk/anping/manifest.json"), "what is gone goes last"
    assert (mirror.sent, mirror.removed) == (6, 1)


def test_what_is_not_ours_in_a_county_stays_and_the_county_too(store: Store, tmp_path: Path) -> None:
    slugs = ("anping", "changning", "fuan", "heping")
    not_ours = {
        "anping/index.html": b"edited",
        "changning/gone/index.html": b"edited",
        "fuan/extra.html": b"somebody's",
    }
    folder = stage(tmp_path / "site", **dict.fromkeys(slugs, OLD))
    send(store, folder, *slugs)
    theirs({f"zwgk/{path}": data for path, data in not_ours.items()})
    before = objects(ADDRESS)
    stage(folder, **dict.fromkeys(slugs, NEW))
    _, troubles = send(store, folder, *slugs)
    assert sorted(map(str, troubles)) == ["anping", "changning", "fuan"]
    for slug, path in zip(slugs, not_ours, strict=False):
        assert f"{slug} 没有发布" in troubles[slug].message
        assert path.removeprefix(f"{slug}/") in troubles[slug].message
    after = objects(ADDRESS)
    for slug in slugs[:3]:
        assert {path: after.get(path) for path in before if path.startswith(slug)}.items() <= before.items()
        assert {path for path in after if path.startswith(slug)} <= set(before)
    assert objects(f"{ADDRESS}/heping") == content(folder / "heping")
    plain().rm([f"{BUCKET}/zwgk/{path}" for path in not_ours])
    assert send(store, folder, *slugs)[1] == {}
    assert objects(ADDRESS) == content(folder)


def test_a_place_that_is_somebody_elses_is_left_alone(store: Store, tmp_path: Path) -> None:
    folder = stage(tmp_path / "site", anping=OLD, heping=OLD)
    theirs({**THEIRS, "zwgk/index.html": b"theirs", "zwgk/heping/index.html": b"theirs"})
    _, troubles = send(store, folder)
    assert set(troubles) == {"anping", "heping", None}
    assert "首页没有更新" in troubles[None].message
    assert {f"zwgk/{path}": data for path, data in objects(ADDRESS).items()}.items() >= {
        path: data for path, data in THEIRS.items() if path.startswith("zwgk/")
    }.items()
    assert objects(ADDRESS)["index.html"] == b"theirs"
    assert objects(f"s3://{BUCKET}/other") == {"index.html": b"theirs"}


def test_a_county_with_another_code_is_not_replaced(store: Store, tmp_path: Path) -> None:
    send(store, stage(tmp_path / "one", anping=OLD, heping=OLD))
    _, troubles = send(store, stage(tmp_path / "other", heping=OLD, anping=OLD))
    assert set(troubles) == {"anping", "heping"}
    assert "另一个县" in troubles["anping"].message


def test_notes_that_are_lost_are_made_up_for(store: Store, tmp_path: Path) -> None:
    folder = stage(tmp_path / "site", anping=OLD, heping=OLD)
    send(store, folder)
    plain().rm(f"{BUCKET}/zwgk/.gkdir", recursive=True)
    stage(folder, anping=NEW, heping=OLD)
    mirror, troubles = send(store, folder)
    assert (troubles, mirror.sent, mirror.removed) == ({}, 6, 1)
    assert objects(ADDRESS) == content(folder)


def test_a_request_in_ten_that_fails_is_made_again(store: Store, server: FailingStore, tmp_path: Path) -> None:
    folder = stage(tmp_path / "site", anping=OLD, heping=OLD)
    failures = ("503 SlowDown", "500 InternalError", "cut")
    server.failing(lambda number: "" if number % 10 else failures[number // 10 % 3])
    with only_publisher(store) as keep:
        assert list(Mirror(store, folder, keep).send(("anping", "heping"), lambda: None)) == []
    assert len(server.asked) > 30
    server.sound()
    assert objects(ADDRESS) == content(folder)


def test_who_interrupts_has_nothing_more_sent(store: Store, server: FailingStore) -> None:
    def interrupting(number: int) -> str:
        if number == 5:
            interrupt_main()
        return ""

    sync = pytest.importorskip("fsspec.asyn", reason="fsspec is not installed").sync

    async def ended() -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    server.failing(interrupting)
    with pytest.raises(KeyboardInterrupt):
        store.send({f"anping/{number}.html": b"" for number in range(300)})
    sync(store._files.loop, ended)
    assert len(server.asked) < 200


def test_a_store_that_breaks_off_at_any_tenth_request_is_healed(
    store: Store, server: FailingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    folder = stage(tmp_path / "site", anping=OLD)
    send(store, folder, "anping")
    theirs(THEIRS | {"zwgk/anping/.hidden": b"theirs"})
    plain().rm(f"{BUCKET}/zwgk/anping/.hidden")
    kinds = [OLD, NEW]
    states = [content(stage(tmp_path / f"state-{number}", anping=one)) for number, one in enumerate(kinds)]
    ended = False
    fragile = Store(ADDRESS)
    for broken in range(10, 200, 10):
        stage(folder, anping=kinds[(broken // 10) % 2])
        server.failing(lambda number, first=broken: "500 InternalError" if number >= first else "")  # type: ignore[misc]
        with suppress(Unreadable):
            send(fragile, folder, "anping")
            ended = True
        server.sound()
        whole(objects(ADDRESS), states)
        send(store, folder, "anping")
        assert {path: data for path, data in objects(ADDRESS).items() if path != "notes.txt"} == content(folder)
        if ended:
            break
    assert ended
    assert broken > 20
    assert plain().cat_file(f"{BUCKET}/zwgk/notes.txt") == b"theirs"
    assert plain().cat_file(f"{BUCKET}/other/index.html") == b"theirs"


def whole(there: Mapping[str, bytes], states: list[dict[str, bytes]]) -> None:
    """Each object is of one of the states, and each manifest lists only objects that exist."""
    for path, data in there.items():
        assert path == "notes.txt" or data in [state.get(path) for state in states], path
        folder = path.removesuffix(MANIFEST)
        if path.endswith(MANIFEST):
            manifest = manifest_of(data)
            assert manifest is not None
            assert {folder + inner for inner in manifest.files} <= set(there)


def test_a_fresh_folder_learns_which_counties_are_live(store: Store, tmp_path: Path) -> None:
    folder = stage(tmp_path / "site", anping=OLD, heping=OLD)
    send(store, folder)
    theirs(THEIRS)
    fresh = tmp_path / "fresh"
    Mirror(store, fresh).pull()
    lists = [f"{slug}/{MANIFEST}" for slug in ("anping", "heping")]
    assert content(fresh) == {path: (folder / path).read_bytes() for path in lists}
    assert [county.slug for county in live_counties(fresh, {}).counties] == ["anping", "heping"]


def test_a_second_one_is_refused_until_the_first_has_been_silent_for_long(
    store: Store, server: FailingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with only_publisher(store) as keep:
        keep()
        with pytest.raises(Unreadable, match="正在往这里发布"), only_publisher(store):
            pass
        monkeypatch.setattr("gkdir.publish.mirror._CLAIM_EXPIRES", timedelta(seconds=-1))
        with only_publisher(store) as other:
            other()
            with pytest.raises(Unreadable, match="这一个停下来"):
                keep()
    with only_publisher(store):
        assert len(store.objects(FOLDER)) == 1
    server.heeds_conditions = False
    try:
        with pytest.raises(Unreadable, match="没有才写"), only_publisher(store):
            pass
    finally:
        server.heeds_conditions = True


@pytest.mark.parametrize(
    ("status", "said"), [("403 AccessDenied", "不让进：no。"), ("404 NoSuchBucket", "没有“gov-site”这个存储桶")]
)
def test_a_store_that_refuses_is_told_of(store: Store, server: FailingStore, status: str, said: str) -> None:
    server.failing(lambda _: status)
    with pytest.raises(Unreadable, match=said):
        store.folders()


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"AWS_ENDPOINT_URL": "nonsense"}, "设置不对：.*nonsense"),
        ({"AWS_SECRET_ACCESS_KEY": ""}, "不让进：Partial credentials found in env"),
        ({"AWS_PROFILE": "nobody"}, "不让进：The config profile .nobody. could not be found"),
    ],
)
def test_an_environment_that_leads_to_no_store_is_told_of(
    store: Store, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unreadable, match=said):
        Store(store.address).folders()


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("s3fs", "botocore"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(Unreadable, match="没有装往对象存储发布要用的 s3fs"):
        Store(ADDRESS)


def test_every_file_is_sent_as_what_it_is(tmp_path_factory: pytest.TempPathFactory) -> None:
    site, _ = built_sample(tmp_path_factory)
    written = {path.suffix.removeprefix("."): path for path in site.rglob("*") if path.is_file() and path.name != LOCK}
    only_downloaded = {"wps", "et", "ofd"}
    kinds = {ending: headers(f"a.{ending}")["ContentType"] for ending in {*written, *PICTURES, *OFFICE}}
    assert {ending for ending, kind in kinds.items() if kind == "application/octet-stream"} == only_downloaded
    assert {ending for ending, kind in kinds.items() if kind.startswith("image/")} == {*PICTURES, "svg"}
    for ending, path in written.items():
        is_text = b"\0" not in path.read_bytes()
        assert ("; charset=utf-8" in kinds[ending]) is is_text, ending


@pytest.mark.parametrize(
    "address", ["s3:gov-site/a", "s3://", "s3://a", "s3://gov-site/a b", "s3://gov-site/../x", "gs://gov-site"]
)
def test_what_is_no_address_is_told_of(address: str) -> None:
    assert Destination().convert(address, None, None) == address, "no folder is made of it"
    with pytest.raises(Unreadable, match="不是对象存储的地址"):
        Store(address)


def test_the_command_sends_what_it_builds(
    store: Store, server: FailingStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = Path(__file__).parent.parent / "samples" / "small"
    project = Path(shutil.copytree(sample / "project", tmp_path / "project"))
    monkeypatch.setattr("gkdir.build.known_project", lambda *_: read_project(project, sample / "national"))
    command = ["build", str(project), "-o", ADDRESS, "--stage", str(tmp_path / "stage"), "--no-hant"]
    first = CliRunner().invoke(group, command)
    assert first.exit_code == 1, "one county is held back"
    built = {path: etag(data) for path, data in content(tmp_path / "stage").items()}
    there = {f"heping/{path}": one.etag for path, one in store.objects("heping").items()}
    assert there == {path: sum_ for path, sum_ in built.items() if path.startswith("heping/")}
    assert f"送到 {ADDRESS}：{len(built)} 个文件，删去 0 个" in first.stderr
    theirs({"zwgk/heping/extra.html": b"theirs"})
    server.failing(lambda _: "")
    second = CliRunner().invoke(group, command)
    assert "送到 s3://gov-site/zwgk：0 个文件" in second.stderr
    assert not any("heping/index.html" in line for line in server.asked)
    with only_publisher(store):
        third = CliRunner().invoke(group, command)
    assert "正在往这里发布" in str(third.exception)
