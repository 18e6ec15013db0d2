"""``gkdir serve``: a project → its site on this machine, rendered on request, shown anew when a file changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import date_option, project_argument


@click.command(name="serve")
@project_argument
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="端口；0 是随便一个空的。")
@date_option
def command(project: Path, port: int, today: date | None) -> None:
    """在本机预览，改动后自动刷新。

    只有本机能看到。按 Ctrl+C 停下。
    """
    from gkdir.buildoptions import BuildOptions
    from gkdir.preview.server import PreviewServer
    from gkdir.preview.site import Preview

    try:
        server = PreviewServer(Preview(BuildOptions(project, Path(), today=today)), port)
    except OSError:
        raise click.BadParameter(f"端口 {port} 已被占用，请换一个。", param_hint="--port") from None
    click.echo(f"用浏览器打开 http://127.0.0.1:{server.server_port}/ ，按 Ctrl+C 停下。", err=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("停下了。", err=True)
    finally:
        server.server_close()
