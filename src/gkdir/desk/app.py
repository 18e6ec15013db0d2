"""The desk → its HTTP routes: pages that only read, and forms that submit; each calls what the commands call."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from gkdir.desk.desk import Desk
from gkdir.desk.newcounty import counted, imported, imported_town
from gkdir.desk.pages import DeskPages, remedy
from gkdir.desk.proposal import Proposal, decision, filled_form, readable_form
from gkdir.desk.todo import Todo, on_page, todo
from gkdir.excel_form.candidates import place_uploads, unsettled
from gkdir.excel_form.doubts import REFUSED
from gkdir.excel_form.formplaces import with_form_places
from gkdir.finding import WORDS, Place, Unreadable
from gkdir.harmless import shown
from gkdir.importing.newcounty import NewCounty
from gkdir.importing.report import report_text
from gkdir.preview.draft import CountyDraft
from gkdir.preview.server import Framing, preview_routes
from gkdir.report.worklist import worklist

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_FILES = 20
_SEE = HTTPStatus.SEE_OTHER
FRAMING = Framing(
    b"parent.postMessage(location.pathname, '*');\n",
    {
        "Content-Security-Policy": "sandbox allow-scripts allow-popups; frame-ancestors 'self'",
        "Cross-Origin-Resource-Policy": "cross-origin",
    },
)
"""For the site's pages in the desk's frame: a script that tells the desk their path, and headers that give no origin.

Without an origin, a template of a project from elsewhere cannot send the desk requests.
"""

Endpoint = Callable[[Request], Awaitable[Response]]


class Submission(Struct, frozen=True):
    """What a form submits: its fields, and its files with the clerk's own names."""

    fields: Mapping[str, str]
    files: Sequence[tuple[str, Path]]

    @property
    def file(self) -> tuple[str, Path]:
        """The name and path of the first file.

        :raises Unreadable: there is none
        """
        if not self.files:
            raise Unreadable(Place("文件"), "没有选文件。", "请选一个文件，或者把它拖到框里。")
        return self.files[0]


ReadHandler = Callable[["DeskApp", Request], Response]
SubmitHandler = Callable[["DeskApp", Request, Submission], Response]


class DeskApp:
    """The pages of one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.pages = DeskPages(desk.options.project)
        self._todo: dict[str, tuple[CountyDraft, date, Todo]] = {}

    def starlette(self) -> Starlette:
        """The application."""
        routes = [
            Route("/new", self._submitting(DeskApp.new), methods=["POST"]),
            Route("/write", self._submitting(DeskApp.write), methods=["POST"]),
            Route("/c/{slug}/", self._reading(DeskApp.county)),
            Route("/c/{slug}/form", self._reading(DeskApp.form)),
            Route("/c/{slug}/form", self._submitting(DeskApp.filled), methods=["POST"]),
            Route("/c/{slug}/files", self._submitting(DeskApp.files), methods=["POST"]),
            Route("/c/{slug}/town", self._submitting(DeskApp.town), methods=["POST"]),
            Route("/c/{slug}/doubts", self._reading(DeskApp.doubts)),
            Route("/c/{slug}/doubts", self._submitting(DeskApp.decided), methods=["POST"]),
            Route("/c/{slug}/look", self._reading(DeskApp.look)),
            Route("/c/{slug}/findings", self._reading(DeskApp.findings)),
            Route("/c/{slug}/print", self._reading(DeskApp.papers)),
            Route("/c/{slug}/print/{path:path}", self._reading(DeskApp.paper)),
            Route("/c/{slug}/publish", self._submitting(DeskApp.publish), methods=["POST"]),
            Route("/c/{slug}/zip", self._reading(DeskApp.zip)),
            Route("/c/{slug}/undo", self._submitting(DeskApp.undo), methods=["POST"]),
            Mount("/site", routes=preview_routes(self.desk.preview, FRAMING)),
        ]
        return Starlette(routes=routes)

    def _reading(self, look: ReadHandler) -> Endpoint:
        """An endpoint that only reads."""

        def looked(request: Request) -> Response:
            try:
                with self.desk.work:
                    return look(self, request)
            except Exception as error:
                return self.pages.wrong(request, error)

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(looked, request)

        return endpoint

    def _submitting(self, take: SubmitHandler) -> Endpoint:
        """An endpoint for what a form submits; uploaded files are deleted afterwards."""

        def taken(request: Request, fields: Mapping[str, str], uploads: Sequence[UploadFile]) -> Response:
            try:
                with self.desk.work, tempfile.TemporaryDirectory() as folder:
                    return take(self, request, Submission(fields, _saved(uploads, Path(folder))))
            except Exception as error:
                return self.pages.wrong(request, error)

        async def endpoint(request: Request) -> Response:
            async with request.form(max_files=MAX_FILES, max_fields=50) as form:
                fields = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
                uploads = [each for _, each in form.multi_items() if isinstance(each, UploadFile) and each.filename]
                return await run_in_threadpool(taken, request, fields, uploads)

        return endpoint

    def county(self, request: Request) -> Response:
        """A county's to-do list, and the buttons."""
        draft = self.desk.draft(request.path_params["slug"])
        return self.pages.page(
            request,
            "county.html",
            county=draft.catalog.overlay,
            todo=self._to_do(draft),
            last=self.desk.last(draft.county.slug),
            done=request.query_params.get("done", ""),
            several=len(draft.project.counties) > 1,
        )

    def form(self, request: Request) -> Response:
        """The form to fill in."""
        from gkdir.excel_form.workbook import workbook  # slow to import, and the first page does not need it

        draft = self.desk.draft(request.path_params["slug"])
        return _download(workbook(readable_form(draft)), f"{draft.catalog.overlay.name}填写表.xlsx")

    def filled(self, request: Request, handed: Submission) -> Response:
        """What a filled-in form would change."""
        name, path = handed.file
        return self._proposed(request, filled_form(self.desk.draft(request.path_params["slug"]), path, name))

    def files(self, request: Request, handed: Submission) -> Response:
        """The page that shows which texts and forms the uploaded files belong to."""
        draft = self.desk.draft(request.path_params["slug"])
        done, troubles = place_uploads(draft.project.folder, draft.county, draft.catalog, handed.files)
        title = f"文件“{handed.file[0]}”"
        return self._proposed(request, Proposal(draft.county.slug, title, done, (), troubles, lines=tuple(done)))

    def town(self, request: Request, handed: Submission) -> Response:
        """What the import of a township's table would make of its file."""
        draft = self.desk.draft(request.path_params["slug"])
        files = handed.files or (handed.file,)  # which reports that there is none
        return self._proposed(request, imported_town(draft, handed.fields, files, self.desk.options.clock()))

    def doubts(self, request: Request) -> Response:
        """The rows in doubt beside the items they may be."""
        draft = self.desk.draft(request.path_params["slug"])
        rows = tuple(unsettled(draft.project, readable_form(draft)))
        if not rows:
            return RedirectResponse(f"{_root(request)}c/{draft.county.slug}/?done=settled", _SEE)
        last, message = self.desk.last(draft.county.slug), request.query_params.get("done", "")
        return self.pages.page(
            request, "doubts.html", county=draft.catalog.overlay, rows=rows, refused=REFUSED, last=last, done=message
        )

    def decided(self, request: Request, handed: Submission) -> Response:
        """Settle one row in doubt."""
        draft, fields = self.desk.draft(request.path_params["slug"]), handed.fields
        proposal = decision(draft, fields.get("row", ""), fields.get("verdict", ""), fields.get("reason", ""))
        if proposal.troubles:
            first = proposal.troubles[0]
            raise Unreadable(Place("存疑"), first.message, first.hint)
        self.desk.put(proposal)
        return RedirectResponse(f"{_root(request)}c/{draft.county.slug}/doubts?done=settled", _SEE)

    def look(self, request: Request) -> Response:
        """The county's pages as they would be published, with the findings on each."""
        draft = self.desk.draft(request.path_params["slug"])
        return self.pages.page(request, "look.html", county=draft.catalog.overlay, held=draft.held)

    def findings(self, request: Request) -> Response:
        """The findings on one page, as JSON."""
        draft = self.desk.draft(request.path_params["slug"])
        found = on_page(self._to_do(draft).findings, request.query_params.get("page", ""), draft.county.folder)
        lines = [
            {
                "weight": WORDS[each.severity],
                "message": shown(each.message),
                "hint": remedy(each),
                "cell": f"填写表：{shown(each.form)}" if each.form else "",
            }
            for each in found
        ]
        return JSONResponse(lines)

    def papers(self, request: Request) -> Response:
        """What can be printed."""
        from gkdir.desk.published import paper_groups  # heavy, as above

        draft = self.desk.draft(request.path_params["slug"])
        return self.pages.page(request, "papers.html", county=draft.catalog.overlay, groups=paper_groups(draft))

    def paper(self, request: Request) -> Response:
        """One PDF, made on request."""
        from gkdir.desk.published import pdf  # heavy, as above

        draft = self.desk.draft(request.path_params["slug"])
        return Response(pdf(draft, f"print/{request.path_params['path']}"), media_type="application/pdf")

    def publish(self, request: Request, _handed: Submission) -> Response:
        """Build, audit and archive the county; show the result of each."""
        from gkdir.audit import MISMATCHES
        from gkdir.desk.published import published  # heavy, as above

        draft = self.desk.draft(request.path_params["slug"])
        done = published(self.desk.options, draft.county.slug)
        jobs = worklist(with_form_places(draft.project, draft.county, done.findings), self.desk.options.clock()).jobs
        shows = {"county": draft.catalog.overlay, "done": done, "jobs": jobs, "mismatch": MISMATCHES}
        return self.pages.page(request, "published.html", **shows)

    def zip(self, request: Request) -> Response:
        """The published folder as one zip file, for the office that runs the website."""
        from gkdir.desk.published import zipped  # heavy, as above

        slug = request.path_params["slug"]
        return _download(zipped(self.desk.options.out / slug), f"{slug}.zip", "application/zip")

    def new(self, request: Request, handed: Submission) -> Response:
        """What an import of tables would make of a county.yaml; without a table, a new county."""
        fields = handed.fields
        county = NewCounty(fields.get("slug") or fields.get("code", ""), fields.get("name", ""), fields.get("code", ""))
        return self._proposed(request, imported(self.desk.preview.context().project, county, handed.files))

    def write(self, request: Request, handed: Submission) -> Response:
        """Write a proposal that the clerk has looked at."""
        fields, today = handed.fields, self.desk.options.clock()

        def as_written(proposal: Proposal) -> Proposal:
            if "record" not in fields:
                return proposal
            from gkdir.desk.recording import ChangeNote, with_record  # heavy, as above

            noted = ChangeNote(fields.get("reason", ""), fields.get("basis", ""), today)
            return with_record(self.desk.draft(proposal.slug), proposal, noted)

        done = self.desk.write(fields.get("id", ""), as_written)
        return RedirectResponse(f"{_root(request)}c/{done.slug}/?done=written", _SEE)

    def undo(self, request: Request, _handed: Submission) -> Response:
        """Undo the last change."""
        done = self.desk.undo(request.path_params["slug"])
        there = done.slug in self.desk.preview.context().project.counties
        return RedirectResponse(_root(request) + (f"c/{done.slug}/?done=undone" if there else "?all"), _SEE)

    def _to_do(self, draft: CountyDraft) -> Todo:
        """The to-do list, computed once until a file or the day changes."""
        slug, today = draft.county.slug, self.desk.options.clock()
        known = self._todo.get(slug)
        if known is None or known[0] is not draft or known[1] != today:
            known = self._todo[slug] = draft, today, todo(draft, today)
        return known[2]

    def _proposed(self, request: Request, proposal: Proposal) -> Response:
        there = proposal.slug in self.desk.preview.context().project.counties
        return self.pages.page(
            request,
            "proposal.html",
            proposal=proposal,
            kept=there,
            recording=there and bool(self.desk.draft(proposal.slug).county.amendments),
            counted=counted(proposal.report) if proposal.report else (),
            report=report_text(proposal.report) if proposal.report else "",
            id=self.desk.propose(proposal) if proposal.files else "",
            back=_root(request) + (f"c/{proposal.slug}/" if there else "?all"),
        )


def _root(request: Request) -> str:
    return f"{request.scope['root_path']}/"


def _saved(uploads: Sequence[UploadFile], folder: Path) -> Sequence[tuple[str, Path]]:
    """The uploads saved under neutral file names, each with the clerk's own name, which is only shown."""
    saved = []
    for number, upload in enumerate(uploads):
        path = folder / f"{number}"
        with path.open("wb") as file:
            while part := upload.file.read(1 << 20):
                file.write(part)
        saved.append((shown((upload.filename or "").replace("\\", "/").rpartition("/")[2])[:200], path))
    return saved


def _download(content: bytes, name: str, kind: str = EXCEL) -> Response:
    return Response(
        content, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}, media_type=kind
    )
