"""Pages that stand for what people scanned at home: one for each paper that a procedure lists."""

import io
from dataclasses import dataclass, field, replace
from functools import lru_cache

from docx import Document

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import CopyKind, PaperIn
from motcua.casework.procedures.api import Definition
from motcua.foundation.files import api as files
from motcua.foundation.papers import api as papers
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now

from .places import REFORM_DAY
from .word_templates import set_page, write

GAP = "…" * 24
SAYS = ("Họ và tên: ", "Số giấy tờ: ", "Nơi cấp: ", "Ngày cấp: ", "Nội dung: ")
WARNING = "Trang do hệ thống dựng để dùng thử; không phải giấy tờ thật."


@dataclass(slots=True)
class Scans:
    """What was kept already: every dossier with the same paper shares one file."""

    kept: dict[str, int] = field(default_factory=dict)

    def attached_to(
        self, application: dossiers.Application, definition: Definition
    ) -> dossiers.Application:
        """Return the application with a page behind each electronic paper."""
        given = tuple(
            self._scanned(paper, definition) if paper.kind == CopyKind.ELECTRONIC else paper
            for paper in application.papers
        )
        return replace(application, papers=given)

    def _scanned(self, paper: PaperIn, definition: Definition) -> PaperIn:
        name = f"{paper.spec_code}.pdf"
        key = f"{definition.code}/{name}"
        if key not in self.kept:
            content = io.BytesIO(page(paper.name, definition.short_name))
            self.kept[key] = files.keep_file(name, content, by=SYSTEM, at=now()).pk
        return replace(paper, file_id=self.kept[key], file_name=name)


@lru_cache(maxsize=128)
def page(paper_name: str, procedure_name: str) -> bytes:
    """Return one page that shows which paper it stands for, as PDF."""
    document = Document()
    set_page(document)
    write(document.add_paragraph(), paper_name.upper(), bold=True, before=40)
    write(document.add_paragraph(), f"(kèm hồ sơ “{procedure_name}”)", italic=True, before=4)
    for words in SAYS:
        write(document.add_paragraph(), f"{words}{GAP}", before=14, left=True)
    write(document.add_paragraph(), WARNING, size=11, italic=True, before=60)
    written = io.BytesIO()
    document.save(written)
    return papers.render_word(written.getvalue(), paper_name, REFORM_DAY)
