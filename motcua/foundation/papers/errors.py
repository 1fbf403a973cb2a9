"""What may go wrong between a paper's values and its printed form."""

from motcua.lib.errors import Anticipated, BadInput


class PaperError(Anticipated):
    """A paper could not be made; the message says what to do."""


class PaperIncomplete(PaperError):
    """The paper lacks something that its official form must say."""


class PaperTooLong(PaperError):
    """The book has more lines than one volume may have."""


class FontsMissing(PaperError):
    """The installation has no printing fonts."""


class LayoutBroken(RuntimeError):
    """The layout could not be typeset: a fault of ours, so nobody is asked to catch it."""


class WordNotDrawn(BadInput):
    """A Word document has parts that our press cannot set; `parts` names them."""

    def __init__(self, message: str, parts: tuple[str, ...] = (), *, field: str = "file") -> None:
        super().__init__(message, field=field)
        self.parts = parts


class TemplateRefused(BadInput):
    """The Word template is damaged, dangerous, or asks for what a template may not do."""


class PdfRefused(BadInput):
    """A PDF cannot be drawn on: it is none, is locked or damaged."""

    def __init__(self, message: str, *, field: str = "file") -> None:
        super().__init__(message, field=field)
