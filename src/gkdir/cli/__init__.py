"""The commands: command line in, exit status out. Only this package prints or exits.

Each command is a module, loaded only when it runs, so that ``gkdir --help`` is fast.
"""

from __future__ import annotations

import atexit
import gettext
import importlib
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import click

from gkdir import __version__
from gkdir.cli.streams import make_harmless
from gkdir.finding import Unreadable
from gkdir.patterns import use_cache
from gkdir.refused import why_refused

COMMANDS: dict[str, tuple[str, str]] = {
    "build": ("gkdir.cli.build", "读取、核对并生成网站"),
    "check": ("gkdir.cli.check", "只核对，不生成：build 核对的它都核对"),
    "read": ("gkdir.cli.read", "读取任意一份目录表格，看看读出了什么"),
    "import": ("gkdir.cli.importing", "把县里现有的目录表格变成只写差别的 county.yaml"),
    "import-guides": ("gkdir.cli.importguides", "把政务服务平台导出的办事指南和县里的对照，补上空着的"),
    "export": ("gkdir.cli.export", "按国家目录的版式导出本县目录，供备案"),
    "form": ("gkdir.cli.form", "导出成 Excel 表给业务人员填，填好再导入"),
    "print": ("gkdir.cli.printing", "排版目录、海报、告知单、一本通和表格，写成 PDF"),
    "review": ("gkdir.cli.review", "三审三校：记下谁审了哪一版，审过以后改没改"),
    "share": ("gkdir.cli.share", "写成 12345 知识库的表格、微信公众号的文章"),
    "pack": ("gkdir.cli.pack", "把一个县的网站打成压缩包，交给管网站的同事"),
    "stats": ("gkdir.cli.stats", "从访问日志里数：看了什么，搜了什么没有答上；不看是谁"),
    "release": ("gkdir.cli.release", "做一份有日期的存档，供备案"),
    "desk": ("gkdir.cli.desk", "工作台：在浏览器里点按钮办事，不用命令和 YAML"),
    "serve": ("gkdir.cli.serve", "在本机预览，改动后自动刷新"),
    "init": ("gkdir.cli.init", "新建一个马上能生成网站的项目"),
    "due": ("gkdir.cli.due", "看看什么快到期了，什么已经过期"),
    "report": ("gkdir.cli.report", "给上级督导用的报告：各县得分、缺什么、谁逾期、比上次怎样"),
    "explain": ("gkdir.cli.explain", "看一个事项的每个要素是哪一级、哪个文件写的"),
    "diff": ("gkdir.cli.diff", "比较两份目录：新增、修改、停用了什么；写进更新记录"),
    "links": ("gkdir.cli.links", "问一问链接到的别的网站打不打得开（要连网）"),
    "audit": ("gkdir.cli.audit", "查一份已发布的网页有没有被改动"),
    "rules": ("gkdir.cli.rules", "列出全部规则，或讲清一条规则"),
    "schema": ("gkdir.cli.schema", "给编辑器用的 JSON Schema"),
    "cache": ("gkdir.cli.cache", "删去 gkdir 为了快而留在本机的东西"),
    "doctor": ("gkdir.cli.doctor", "看看本机装了什么、缺什么"),
}
"""Command name → its module (which defines ``command``), and what it does in one line."""

INTERRUPTED = 128 + signal.SIGINT
"""The exit status of a command that was ended with Ctrl+C, as shells expect it."""


class Commands(click.Group):
    """A click group that lists every command without loading it, and loads a command when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the order of ``COMMANDS``, in which a clerk meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, whose module is imported now; ``None`` if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        use_cache()
        loaded = importlib.import_module(COMMANDS[cmd_name][0]).command
        assert isinstance(loaded, click.Command)
        return loaded

    def invoke(self, ctx: click.Context) -> object:
        """Run the command.

        Ctrl+C exits with ``INTERRUPTED``: click's own exit status, 1, means an error in the project.
        """
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("\n已中止。", err=True)
            ctx.exit(INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, without loading any."""
        with formatter.section("命令"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="每个命令后加 --help 看用法。退出码：0 完成，1 有错误，2 用法不对，3 程序自身的毛病，130 按 Ctrl+C 停下的。",
)
@click.version_option(__version__, message="gkdir %(version)s", help="显示版本。")
def group() -> None:
    """基层政务公开标准目录：读取国家目录和各县的差别，按通知逐条核对，生成可检索的网站。"""


def main() -> NoReturn:
    """Run ``gkdir`` and exit: 0 done, 1 findings of severity error, 2 wrong usage, 3 a bug of ours, 130 interrupted."""
    if sys.getfilesystemencoding() != "utf-8":
        _start_again_in_utf8()
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # it ends the process while modules load
        signal.signal(signal.SIGINT, signal.default_int_handler)
    make_harmless()
    _speak_chinese()
    status = _run()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # from here on it ends this process and its workers
    use_cache().save()
    # Freeing every value before the process ends would take a tenth of a second.
    atexit._run_exitfuncs()
    if status == INTERRUPTED and sys.platform != "win32":
        signal.raise_signal(signal.SIGINT)  # end by the signal itself, so that a calling script ends too
    os._exit(status)


def _start_again_in_utf8() -> None:
    """Restart Python in UTF-8 mode, so that it reads file names as UTF-8 under any locale."""
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _run() -> int:
    """Run the command line, report what went wrong, flush the output and return the exit status."""
    try:
        status = _status()
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        return 1  # the reader of the pipe has exited
    except KeyboardInterrupt:  # raised outside the command
        click.echo("\n已中止。", err=True)
        return INTERRUPTED
    except Unreadable as error:
        trouble = error.trouble
        click.echo(f"{trouble.place}: {trouble.message}", err=True)
        if trouble.hint:
            click.echo(f"  {trouble.hint}", err=True)
        return 1
    except OSError as error:
        why = why_refused(error)
        if why is None:
            return _own_fault(error)
        click.echo(f"{error.filename or '输出'}: {why}", err=True)
        return 1
    except Exception as error:
        return _own_fault(error)


def _status() -> int:
    try:
        group(prog_name="gkdir")
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    return 0


def _own_fault(error: Exception) -> int:
    from gkdir.faultlog import note_fault  # only for bugs of gkdir

    path = note_fault(error)
    if path is None:
        import traceback

        traceback.print_exception(error)
    text = f"来龙去脉和各个组件的版本写在 {path}，请把它发给维护者" if path else "请把上面的内容告诉维护者"
    click.echo(f"这是 gkdir 自身的毛病（{type(error).__name__}），{text}。", err=True)
    return 3


def _speak_chinese() -> None:
    # click translates its messages with gettext; the locale is ignored, since gkdir always speaks Chinese.
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("gkdir", Path(__file__).with_name("locale"))
    gettext.textdomain("gkdir")
