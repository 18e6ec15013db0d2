"""A county's forms/ folder → its forms: described in YAML, or ready files, or both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from gkdir.finding import Trouble, Unreadable
from gkdir.model.attached import FormFile
from gkdir.model.guide import Form
from gkdir.read.folder import Root, bad_name, contents, is_file_name, strays, told_apart
from gkdir.read.schema.validate import validate
from gkdir.yaml.parse import read_yaml
from gkdir.yaml.textfile import read_text

_PREFERRED = ("docx", "doc", "wps", "xlsx", "xls", "et", "pdf")
_BELONGS = "forms 里放“表格名.yaml”，或以表格名命名的文件夹，其中是 空白表.*、填写说明.md、示范文本.*。"
_NAME = '表格名里不要有空格和 / \\ : * ? " < > | # % & 这些符号，不以点结尾，不超过 50 个汉字。'


def read_forms(root: Root, folder: Path) -> tuple[Mapping[str, Form], tuple[Trouble, ...]]:
    """The forms in ``folder`` by name, and troubles."""
    found = contents(root, folder)
    troubles = list(found.troubles)
    forms: dict[str, Form] = {}
    described = tuple(path for path in found.files if path.suffix == ".yaml")
    troubles += strays(root, tuple(path for path in found.files if path not in described), _BELONGS)
    good, more = told_apart(root, (*described, *found.folders))
    troubles += more
    for path in (path for path in described if path in good):
        if not is_file_name(path.stem):
            troubles.append(bad_name(root, path, _NAME))
            continue
        try:
            forms[path.stem], more = read_described(path, root.called(path))
            troubles += more
        except Unreadable as error:
            troubles.append(error.trouble)
            forms[path.stem] = Form(path.stem, error.trouble.place, path.stem)
    for path in (path for path in found.folders if path in good):
        if not is_file_name(path.name):
            troubles.append(bad_name(root, path, _NAME))
            continue
        form = forms.get(path.name) or Form(path.name, root.place(path), path.name)
        forms[path.name], more = _with_files(root, path, form)
        troubles += more
    return forms, tuple(troubles)


def read_described(path: Path, name: str) -> tuple[Form, tuple[Trouble, ...]]:
    """The form that the YAML file at ``path`` describes, called ``name`` in places. Raises Unreadable."""
    document = read_yaml(path, name)
    form, troubles = validate(Form, document.root, {"名称": path.stem, "分节": ()}, {"name": path.stem})
    return form, document.troubles + troubles


def _with_files(root: Root, folder: Path, form: Form) -> tuple[Form, tuple[Trouble, ...]]:
    """``form`` with the ready files of ``folder``; they come before what a description would make."""
    found = contents(root, folder)
    troubles = list(found.troubles)
    blank, sample = _file(root, found.files, "空白表"), _file(root, found.files, "示范文本")
    instructions = form.instructions
    used = {file.path for file in (blank, sample) if file}
    for path in found.files:
        if path.name == "填写说明.md":
            used.add(root.relative(path))
            try:
                instructions = read_text(path, root.called(path))
            except Unreadable as error:
                troubles.append(error.trouble)
    unused = tuple(path for path in (*found.files, *found.folders) if root.relative(path) not in used)
    troubles += strays(root, unused, _BELONGS + "每样只取一份。")
    whole = replace(form, blank=blank or form.blank, sample=sample or form.sample, instructions=instructions)
    return whole, tuple(troubles)


def _file(root: Root, files: tuple[Path, ...], stem: str) -> FormFile | None:
    """The ready file called ``stem``: of several types, the one that is easiest to fill in."""
    of_name = [path for path in files if path.stem == stem and path.suffix and path.is_file()]
    if not of_name:
        return None

    def ease(path: Path) -> tuple[int, str]:
        suffix = path.suffix[1:].lower()
        return _PREFERRED.index(suffix) if suffix in _PREFERRED else len(_PREFERRED), path.name

    best = min(of_name, key=ease)
    return FormFile(root.relative(best), best.stat().st_size)
