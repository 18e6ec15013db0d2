"""``gkdir serve``: a project → its site on this machine, rendered on request, reloaded when a file changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gkdir.cli.options import date_option, local_server, port_option, project_argument

PORT = 8000


@click.command(name="serve")
@project_argument
@port_option(PORT)
@date_option
def command(project: Path, port: int, today: date | None) -> None:
    """在本机预览，改动后自动刷新。

    只有本机能看到。按 Ctrl+C 停下。要装 gkdir[desk]。
    """
    with local_server(port) as server:
        from gkdir.buildoptions import BuildOptions
        from gkdir.preview.server import preview_app
        from gkdir.preview.site import Preview

        click.echo(f"用浏览器打开 http://127.0.0.1:{server.port}/ ，按 Ctrl+C 停下。", err=True)
        server.run(preview_app(Preview(BuildOptions(project, Path(), today=today))))
