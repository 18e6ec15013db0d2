"""Forms (GK606–GK609): they exist, are intact, and have instructions and a filled sample."""

from __future__ import annotations

from collections.abc import Iterator

from gkdir.finding import Place, Severity
from gkdir.model.article import Article
from gkdir.model.attached import FormFile
from gkdir.model.guide import Form, Guide
from gkdir.read.ready import OFFICE, wrong
from gkdir.read.traces import OLD, traces
from gkdir.rules.guideparts import place
from gkdir.rules.names import meant
from gkdir.rules.rule import Context, Fault, rule

ZIPPED = ("docx", "xlsx", "pptx", "ods", "odt", "odp", "ofd")


@rule("GK606", "unknown-form", "材料写的表格不存在", on=Guide, requirement="R3.2d")
def unknown_form(guide: Guide, context: Context) -> Iterator[Fault]:
    """办理材料里写了一张表格，forms 文件夹里没有。

    ## 为什么
    指南里的规范表格要能下载。点不开的表格，群众只好再跑一趟。

    ## 错误
    ```yaml guides/employment/4.1.md
    办理材料:
      - {名称: 失业登记表, 表格: 失业登记单, 形式: 原件, 份数: 1, 来源: 窗口领取或本页下载, 必要性: 必要}
    ```

    ## 正确
    ```yaml guides/employment/4.1.md
    办理材料:
      - {名称: 失业登记表, 表格: 失业登记表, 形式: 原件, 份数: 1, 来源: 窗口领取或本页下载, 必要性: 必要}
    ```
    """
    forms = context.catalog.forms if context.catalog else context.county.forms
    for index, material in enumerate(guide.materials or ()):
        if material.form is not None and material.form not in forms:
            near = meant(material.form, forms)
            yield Fault(
                place(guide, f"办理材料.{index}.表格"),
                f"材料“{material.name}”的表格“{material.form}”不在 forms 文件夹里",
                f"您是不是想写“{near}”。" if near else f"请在 forms 里放“{material.form}.yaml”或同名文件夹。",
            )


@rule("GK607", "form-without-instructions", "表格没有填写说明", on=Form, severity=Severity.WARNING, requirement="R3.2e")
def form_without_instructions(form: Form, context: Context) -> Iterator[Fault]:
    """一张表格没有填写说明。

    ## 为什么
    表格、填写说明和示范文本要一起提供。用 YAML 描述的表格，在“说明”里写怎么填，填写说明会自动生成。

    ## 错误
    ```yaml forms/失业登记表.yaml
    说明:
    分节:
      - 标题: 本人情况
        栏目:
          - {名称: 姓名, 示例: 示例甲}
    ```

    ## 正确
    ```yaml forms/失业登记表.yaml
    分节:
      - 标题: 本人情况
        栏目:
          - {名称: 姓名, 说明: 与身份证一致, 示例: 示例甲}
    ```
    """
    if form.blank is None and not form.sections:
        return  # there is no form yet to explain
    helped = form.note or any(field.help for section in form.sections for field in section.fields)
    if not (form.instructions or "").strip() and not (form.sections and helped) and not _troubled(form, context):
        yield Fault(
            form.place,
            f"表格“{form.title}”没有填写说明",
            f"请在 forms/{form.name}/ 里放“填写说明.md”，或者在表格的 YAML 里给难填的栏目写“说明”。",
        )


@rule("GK608", "form-without-sample", "表格没有示范文本", on=Form, severity=Severity.WARNING, requirement="R3.2f")
def form_without_sample(form: Form, context: Context) -> Iterator[Fault]:
    """一张表格没有示范文本。

    ## 为什么
    照着样子填，最不容易错。示范文本里的人和事都要是虚构的。

    ## 错误
    ```yaml forms/失业登记表.yaml
    分节:
      - 标题: 本人情况
        栏目:
          - {名称: 姓名, 说明: 与身份证一致}
    ```

    ## 正确
    ```yaml forms/失业登记表.yaml
    分节:
      - 标题: 本人情况
        栏目:
          - {名称: 姓名, 说明: 与身份证一致, 示例: 示例甲}
    ```
    """
    if form.blank is None and not form.sections:
        return  # there is no form yet to fill in
    shown = any(field.example for section in form.sections for field in section.fields)
    if form.sample is None and not shown and not _troubled(form, context):
        yield Fault(
            form.place,
            f"表格“{form.title}”没有示范文本",
            f"请在 forms/{form.name}/ 里放“示范文本”，或者在表格的 YAML 里给各栏目写“示例”。",
        )


@rule("GK609", "broken-form-file", "表格文件打不开或不全", on=Form, requirement="R3.2d")
def broken_form_file(form: Form, context: Context) -> Iterator[Fault]:
    """一张表格没有空白表，或者文件是空的、类型不对、内容与类型不符。

    ## 为什么
    “表格附件打不开”是网站检查里点名的问题。

    ## 错误
    ```yaml forms/求职登记表/填写说明.md
    逐项填写。
    ```

    ## 正确
    ```yaml forms/失业登记表.yaml
    说明: 请用黑色签字笔填写。
    ```
    """
    if form.blank is None and not form.sections and not _troubled(form, context):
        yield Fault(
            form.place,
            f"表格“{form.title}”没有空白表",
            f"请在 forms/{form.name}/ 里放“空白表.docx”，或者用 {form.name}.yaml 描述这张表格。",
        )
    for file in (form.blank, form.sample):
        problem = wrong(file, context.project.folder, OFFICE) if file is not None else None
        if file is not None and problem:
            yield Fault(
                Place(f"{_prefix(form, context)}{file.path}"),
                f"表格“{form.title}”的文件{problem}",
                "请重新保存一份再放进来，打开看一看。",
            )


@rule(
    "GK963", "left-traces", "表格、附件里留着修订、批注或者个人姓名", on=(Form, Guide, Article),
    severity=Severity.WARNING, requirement="R3.2d",
)  # fmt: skip
def left_traces(subject: Form | Guide | Article, context: Context) -> Iterator[Fault]:
    """要发布的 Word、Excel、WPS、PPT、PDF 文件里，还有没接受的修订、批注、幻灯片的备注，或者属性里有经办人的姓名。

    ## 为什么
    谁下载都看得到领导改了什么、批了什么、是谁写的。

    ## 错误
    空白表.docx 里有没接受的修订，作者是经办人的姓名。

    ## 正确
    接受或者拒绝全部修订，删去批注，用“检查文档”去掉姓名以后再放进来。
    """
    for file, where in _published(subject, context):
        if file.suffix not in ZIPPED and file.suffix not in OLD:
            continue
        left = traces(context.project.folder / file.path)
        problems = ["没有接受或者拒绝的修订"] if left.revised else []
        problems += ["批注"] if left.commented else []
        problems += ["演讲者备注"] if left.noted else []
        problems += [f"姓名“{'、'.join(left.people)}”"] if left.people else []
        if problems:
            yield Fault(
                where,
                f"文件里留着{'、'.join(problems)}",
                "请接受或者拒绝全部修订，删去批注和备注，在“文件—信息—检查文档”里去掉姓名，重新保存。",
            )


def _published(subject: Form | Guide | Article, context: Context) -> Iterator[tuple[FormFile, Place]]:
    """The files that are published unchanged with ``subject``, each with its place."""
    if isinstance(subject, Form):
        ready = (file for file in (subject.blank, subject.sample) if file is not None)
        yield from ((file, Place(f"{_prefix(subject, context)}{file.path}")) for file in ready)
    else:
        beside = {file.path: file for section in subject.sections for file in section.files}
        yield from ((file, file.place) for file in beside.values())


def _prefix(form: Form, context: Context) -> str:
    """The prefix of places before a path relative to the project."""
    return form.place.file.partition(context.county.folder)[0]


def _troubled(form: Form, context: Context) -> bool:
    # the contents of a file or folder that could not be read are not missing
    return any(trouble.place.file.startswith(form.place.file) for trouble in context.county.troubles)
