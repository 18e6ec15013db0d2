"""``gkdir desk``: a project → the commands as a web page with buttons, in a browser on this machine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import FOLDER_TO_WRITE, local_server, port_option, project_argument


@click.command(name="desk")
@project_argument
@port_option(0)
@click.option(
    "-o",
    "--out",
    type=FOLDER_TO_WRITE,
    help="网站发布到这个文件夹；不写就是项目里的 site。",
)
@click.option("--open/--no-open", "opening", default=True, help="要不要打开浏览器，默认打开。")
def command(project: Path, port: int, out: Path | None, opening: bool) -> None:
    """工作台：在浏览器里点按钮办事，不用命令和 YAML。

    PROJECT 是项目文件夹。要做什么、交原来的目录表、领填写表、交填好的表、看看网页、打印、发布，都在一页上。
    只有本机能打开，地址每次不同。没有数据库：文件夹里是什么，就是什么。按 Ctrl+C 停下。要装 gkdir[desk]。
    """
    with local_server(port) as server:
        import secrets
        import webbrowser
        from threading import Timer

        from gkdir.desk.front import DeskOptions, FrontDesk, only_desk
        from gkdir.output import refuse_overlap
        from gkdir.sources import ARCHIVES

        options = DeskOptions(project, out or project / "site", project / ARCHIVES, date.today)
        refuse_overlap(options.out, project)
        token = secrets.token_urlsafe(16)
        address = f"http://127.0.0.1:{server.port}/{token}/"
        with only_desk(project, address):
            click.echo(f"用浏览器打开 {address} ，按 Ctrl+C 停下。", err=True)
            if opening:
                Timer(0.3, webbrowser.open, (address,)).start()
            server.run(FrontDesk(options).starlette(), token)
