"""What may differ between a document handed out and the same document signed."""

from collections.abc import Iterable

from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    CatalogModificationRule,
    ModificationLevel,
    ReferenceUpdate,
    StandardDiffPolicy,
    SuspiciousModification,
)
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON

_PERMISSIONS, _OF_SIGNATURE = "/Perms", "/DocMDP"
_Update = tuple[ModificationLevel, ReferenceUpdate]


class FirstSignatureRule(CatalogModificationRule):
    """The ordinary rule, but a signature may be the one that certifies the document."""

    def __init__(self) -> None:
        super().__init__(ROOT_EXEMPT_STRICT_COMPARISON | {_PERMISSIONS})  # type: ignore[no-untyped-call]  # -- typed in parts only

    def apply_qualified(
        self, old: HistoricalResolver, new: HistoricalResolver
    ) -> Iterable[_Update]:
        """Yield what is explained. Raises: SuspiciousModification."""
        was, now = old.root.get(_PERMISSIONS), new.root.get(_PERMISSIONS)
        if was != now and (was is not None or now is None or set(now) != {_OF_SIGNATURE}):
            raise SuspiciousModification("the permissions of the document were changed")
        yield from super().apply_qualified(old, new)
        held = new.root.raw_get(_PERMISSIONS) if now is not None else None
        if isinstance(held, IndirectObject):
            yield ModificationLevel.LTA_UPDATES, ReferenceUpdate(held.reference)


ONLY_SIGNED = StandardDiffPolicy(
    global_rules=[FirstSignatureRule(), *DEFAULT_DIFF_POLICY.global_rules[1:]],
    form_rule=DEFAULT_DIFF_POLICY.form_rule,
)
