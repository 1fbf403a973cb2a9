"""The lists of papers, flattened by their publisher into one string."""

import re
from collections.abc import Iterator

from motcua.casework.procedures.rules.published import PublishedCase, PublishedPaper
from motcua.casework.procedures.rules.wording import LOWER, UPPER, clean, one_line

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"

# A quantity cell: “1 bản chính” or “0 bản chính,1 bản sao”. Prose writes “01 bản chính”, or
# leaves a blank before the figure and something other than a new name behind it.
_QUANTITY = re.compile(r"(?<!\d)(\d+) bản chính(?:,(\d+) bản sao)?(?:,(\d+) bản điện tử)?")
_PROSE_BEHIND = re.compile(rf" [{LOWER}(]|[.;:)]\s|[,/]\s?|\)")
_FILE_END = re.compile(r"\.(?:docx?|pdf|xlsx?|rar|zip|7z|jpe?g|png|rtf|odt|tiff?)$", re.IGNORECASE)
_FILE_BREAK = re.compile(
    r"(?<=\.doc)(?=[^x\s]\S)|(?<=\.docx)(?=\S)|(?<=\.pdf)(?=\S)|(?<=\.xls)(?=[^x\s]\S)"
    r"|(?<=\.xlsx)(?=\S)|(?<=\.rar)(?=\S)|(?<=\.zip)(?=\S)",
    re.IGNORECASE,
)
# Where a file name begins: a known word glued to the paper's name, or else any capital or
# figure glued to it (not the second figure of “1.2”).
_WORDS = (
    r"(?:BM|Bi[eể]u|D[aA]NH|Danh|DON|Don|Đơn|ĐƠN|GI[AẤ]Y|Gi[aấ]y|M[AẪ]U|M[aẫâ]u|Mus?\d?|PH[UỤ]|"
    r"Ph[uụ]|Ph?lc|PHLC|PL|Phi[eế]u|T[OỜ]|T[oờ]|TK|VB|V[aă]n|B[aả]n|B[aá]o|Th[oô]ng)"
)
_KNOWN_START = re.compile(
    rf"(?<![\s(/“\"–_-]){_WORDS}|(?<![\s(/“\"–_\d.,-])\d{{1,3}}[ ._-]+(?:\d{{1,3}}[ ._-]+)*{_WORDS}"
    rf"|(?<=[{UPPER}.;:)])(?:m[aẫ]u|ph[uụ] l[uụ]c|b[aá]o c[aá]o|gi[aấ]y|[dđ][oơ]n) "
)
_GLUE = re.compile(
    rf"(?<=[{LOWER};:)”\",\]])(?=[{UPPER}\d])|(?<=\.)(?=[{UPPER}])|(?<=[^\d\s]\.)(?=\d)"
)
_LONGEST_FILE_NAME = 160
_CONDITION = re.compile(
    r"\((?:chỉ )?(?:nếu|trong trường hợp|đối với|trường hợp|áp dụng (?:đối với|trong))[^()]*\)",
    re.IGNORECASE,
)
_CASE_OF = re.compile(
    r"[\s*+–\-•.\d()a-zđ]{0,8}?((?:Trường hợp|Đối với|Trong trường hợp|Nếu)\b[^:;,]{3,300})[:;,]"
)


def read_cases(table: str) -> tuple[PublishedCase, ...]:
    """Read every list of papers with the name of its case; “--” stands for no name.

    A list without any paper and without a name is nothing; a named one is kept.
    """
    parts = table.split(HEADER)
    if len(parts) == 1:
        return ()
    cases = []
    name = parts[0]
    for part in parts[1:]:
        cells = list(quantities(part))
        papers = tuple(_read_papers(part, cells))
        cases.append(PublishedCase(case_name(name), papers))
        name = part[cells[-1].end() :] if cells else part
    if case_name(name):
        cases.append(PublishedCase(case_name(name), ()))
    return tuple(case for case in cases if case.name or case.papers)


def quantities(text: str) -> Iterator[re.Match[str]]:
    """Give the quantity cells of a flattened list, passing over the same words in prose."""
    for match in _QUANTITY.finditer(text):
        if not _is_prose(text, match):
            yield match


def count_quantities(text: str) -> int:
    """Count copies that are not written as prose writes them: an estimate that knows no names."""
    return len(re.findall(r"(?<![\s(\n]0)\d bản chính", text))


def case_name(words: str) -> str:
    """Return the name of a case, without the dashes that stand for none."""
    return one_line(words).strip("- ") and one_line(words)


def split_name(cell: str) -> tuple[str, tuple[str, ...]]:
    """Divide a flattened name into the paper's own name and the files of its forms.

    Where no border can be seen the name keeps the words of the file.
    """
    text = cell.rstrip()
    if not _FILE_END.search(text):
        return cell, ()
    first, *others = _FILE_BREAK.split(text)
    start = _file_start(first)
    if start is None:
        return cell, ()
    return first[:start], (one_line(first[start:]), *map(one_line, others))


def condition_of(name: str) -> str:
    """Return the words that say when a paper is needed: “(nếu có)”, “Trường hợp …”."""
    if match := _CONDITION.search(name):
        return one_line(match[0])[1:-1]
    if match := _CASE_OF.match(name):
        return one_line(match[1])
    return ""


def _is_prose(text: str, match: re.Match[str]) -> bool:
    figure, before = match[1], text[max(0, match.start() - 1) : match.start()]
    if re.fullmatch(r"0\d", figure) and match[2] is None:
        return True
    is_loose = before in {" ", "("} and len(figure) == 1
    return is_loose and bool(_PROSE_BEHIND.match(text, match.end()))


def _read_papers(part: str, cells: list[re.Match[str]]) -> Iterator[PublishedPaper]:
    start = 0
    for cell in cells:
        figures_at = cell.start() + len(cell[1]) - _width(part, cell)
        name, files = split_name(part[start:figures_at])
        yield PublishedPaper(
            name=clean(name),
            form_files=files,
            originals=int(part[figures_at : cell.start() + len(cell[1])]),
            copies=int(cell[2] or 0),
            electronic=int(cell[3] or 0),
            words=clean(part[start : cell.end()]),
            condition=condition_of(clean(name)),
        )
        start = cell.end()


def _width(part: str, cell: re.Match[str]) -> int:
    """Return how many of the figures are the quantity: a name may end in figures itself.

    “Mẫu số 011 bản chính” is form 01, one original; “…;12 bản chính” is twelve.
    """
    before = part[max(0, cell.start() - 1) : cell.start()]
    is_own = re.fullmatch(r"[1-9]\d", cell[1]) and re.match(r"[^\W\d]|[;)]", before)
    return 2 if is_own else 1


def _file_start(text: str) -> int | None:
    """Return where the file name at the end of a text begins: the latest likely border.

    Of several borders within one word the first is meant: “MauBanKhai.docx”.
    """
    stem_end = text.rindex(".")
    for borders in (_KNOWN_START, _GLUE):
        places = [
            match.start()
            for match in borders.finditer(text)
            if match.start() and len(text) - _LONGEST_FILE_NAME < match.start() < stem_end
        ]
        if places:
            word = text.rfind(" ", 0, places[-1])
            return next(place for place in places if place > word)
    return None
