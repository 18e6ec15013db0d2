"""The options that several commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from gkdir.finding import Finding, is_our_fault
from gkdir.model.columns import EARLIEST, LATEST

Function = TypeVar("Function", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date such as 2026-03-01, as ``datetime.date``."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date.

        :raises BadParameter: not a date, or out of range
        """
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-03-01 这样。", param, ctx)
        if not EARLIEST <= day <= LATEST:
            self.fail(f"“{value}”的年份要在 {EARLIEST.year} 到 {LATEST.year} 之间。", param, ctx)
        return day


class PathToWrite(click.Path):
    """A file or folder to write to.

    A leading dash means an option without its value, or standard output; neither is a path.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        :raises BadParameter: it begins with a dash, or is a folder where a file is needed or the reverse
        """
        if str(value).startswith("-"):
            what = "gkdir 不用它代表屏幕" if value == "-" else "像是另一个选项，前面漏写了名字"
            self.fail(f"“{value}”不能当名字：{what}；真要叫这个名字，写成 ./{value}。", param, ctx)
        return super().convert(value, param, ctx)


class Destination(click.ParamType["Path | str"]):
    """A folder, or the address of an object store."""

    name = "PLACE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """The folder's path, or the unchanged address."""
        if isinstance(value, str) and ("://" in value or value.startswith("s3:")):
            return value
        return Path(FOLDER_TO_WRITE.convert(value, param, ctx))


class XlsxToWrite(PathToWrite):
    """A workbook to be written."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.

        :raises BadParameter: its name is not that of a workbook
        """
        path: Path = super().convert(value, param, ctx)
        if path.suffix.lower() != ".xlsx":
            self.fail(f"“{path.name}”不是 .xlsx 文件。", param, ctx)
        return path


class FolderAddress(click.ParamType[str]):
    """The web address below which the counties' folders will be published."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The address.

        :raises BadParameter: not an address, or not that of a folder
        """
        from gkdir.read.webaddress import is_folder_address  # only few commands have an address

        if not is_folder_address(value):
            self.fail(
                f"“{value}”不是文件夹的网址：以 https:// 或 http:// 开头，有域名，没有 ?、#、空格、引号、.. 和 //，"
                "如 https://www.qingyuan.gov.cn/zwgk。", param, ctx,
            )  # fmt: skip
        return str(value)


_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE_TO_WRITE = PathToWrite(dir_okay=False, path_type=Path)
FOLDER_TO_WRITE = PathToWrite(file_okay=False, path_type=Path)

project_argument = click.argument("project", type=_FOLDER, default=Path("directories"))
county_option = click.option(
    "--county", "counties", metavar="SLUG", multiple=True, help="只处理这个县（文件夹名），可写多次。"
)
slug_option = click.option("--county", "slug", required=True, metavar="SLUG", help="哪个县（文件夹名）。")
date_option = click.option("--date", "today", type=Day(), help="今天的日期，用来算是否过期；不写就用数据里最新的日期。")
"""The day that ages are counted from."""
strict_option = click.option("--strict", is_flag=True, help="提醒也当作错误。")
jobs_option = click.option("--jobs", type=click.IntRange(min=0), default=0, help="同时用几个进程；不写就自己定。")
format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="写成哪种格式。"
)
out_option = click.option("-o", "--out", type=FILE_TO_WRITE, metavar="FILE", help="写到这个文件，不写到屏幕。")
"""The file for a command's text. The shell's ``>`` may write it in another encoding (PowerShell)."""


xlsx_option = click.option(
    "-o",
    "--out",
    required=True,
    metavar="FILE.xlsx",
    type=XlsxToWrite(dir_okay=False, path_type=Path),
    help="写到这个文件。",
)
font_option = click.option(
    "--font-dir",
    "fonts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="排版用的本单位字体的文件夹：有仿宋、小标宋就用它们，可写多次。",
)


def deliver(text: str, out: Path | None, what: str = "") -> None:
    """Print the text, or write it to ``out`` in UTF-8 and report that, naming it ``what``."""
    if out is None:
        # As bytes, because text streams would change the CR LF line ends of a calendar.
        click.echo(text.encode("utf-8", "replace") if "\r\n" in text else text, nl=False)
        return
    from gkdir.output import write_file  # rarely needed

    write_file(out, text.encode("utf-8", "replace"))
    click.echo(f"写好了 {out}{what}。", err=True)


def port_option(default: int) -> Callable[[Function], Function]:
    """The option ``--port``, at which a browser on this machine finds the server."""
    return click.option("--port", type=click.IntRange(0, 65535), default=default, help="端口；0 是随便一个空的。")


@contextmanager
def local_server(port: int) -> Iterator[Any]:
    """A LocalServer for browsers on this machine, until Ctrl+C.

    The command ends if its packages are not installed or the port is taken.
    """
    try:
        from gkdir.preview.serving import LocalServer
    except ModuleNotFoundError as error:
        click.echo(f"在浏览器里用的 {error.name} 没有装：pip install 'gkdir[desk]'。", err=True)
        sys.exit(1)
    try:
        server = LocalServer(port)
    except OSError:
        raise click.BadParameter(f"端口 {port} 已被占用，请换一个。", param_hint="--port") from None
    with suppress(KeyboardInterrupt):
        yield server
    click.echo("停下了。", err=True)


def exit_status(findings: Iterable[Finding], held: bool) -> int:
    """0 done, 1 something is held back, 3 a bug of gkdir in at least one county."""
    if not is_our_fault(findings):
        return int(held)
    from gkdir.faultlog import last_fault

    if path := last_fault():
        click.echo(f"程序自身毛病的来龙去脉和各个组件的版本写在 {path}，请把它发给维护者。", err=True)
    return 3


def require_counties(wanted: Sequence[str], there: Sequence[str]) -> None:
    """Usage error if the project does not have one of the counties ``wanted``."""
    unknown = [slug for slug in wanted if slug not in there]
    if unknown:
        from gkdir.excel_form.tidy import nearest  # most commands are given a county that is there

        near = nearest(unknown[0], there)
        more = f"等 {len(there)} 个" if len(there) > len(near) else ""
        message = f"项目里没有“{'”、“'.join(unknown)}”，有的是：{'、'.join(near) or '一个也没有'}{more}。"
        raise click.BadParameter(message, param_hint="--county")


def require_valid_county(slug: str, name: str, code: str, folder: str) -> None:
    """Usage error if a new county's names are invalid; ``folder`` is the option that names its folder."""
    from gkdir.importing.newcounty import NewCounty  # only two commands create counties

    wrong = NewCounty(slug, name, code).wrong
    if wrong is not None:
        hint = folder if wrong.what == "slug" else f"--{wrong.what}"
        raise click.BadParameter(f"{wrong.message}{wrong.hint}", param_hint=hint)
