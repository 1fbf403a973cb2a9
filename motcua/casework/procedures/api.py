"""Procedures: what the law asks, version by version; search; who decides and who does what."""

from .choices import (
    CompetentLevel,
    FeeKind,
    FilingChannel,
    FilingMode,
    Ground,
    PaperHandling,
    ServiceLevel,
    VersionState,
)
from .errors import BadDefinition, NoSuchProcedure, NotForFiling
from .models import Procedure, ProcedureVersion, ServiceField
from .operations.publishing import publish_version, save_draft, set_duty, withdraw_procedure
from .queries import (
    competent_agencies,
    current_definition,
    definition_of,
    draft_definition,
    duty_unit,
    find_procedures,
    forget_kept,
    service_fields,
    version_in_force,
)
from .rules.definition import (
    Case,
    Definition,
    FeeDue,
    FeeLine,
    OutcomeSpec,
    PaperSpec,
    Question,
    WaitingTerm,
    fees_due,
)
from .rules.parse import parse_definition, parse_text

__all__ = [
    "BadDefinition",
    "Case",
    "CompetentLevel",
    "Definition",
    "FeeDue",
    "FeeKind",
    "FeeLine",
    "FilingChannel",
    "FilingMode",
    "Ground",
    "NoSuchProcedure",
    "NotForFiling",
    "OutcomeSpec",
    "PaperHandling",
    "PaperSpec",
    "Procedure",
    "ProcedureVersion",
    "Question",
    "ServiceField",
    "ServiceLevel",
    "VersionState",
    "WaitingTerm",
    "competent_agencies",
    "current_definition",
    "definition_of",
    "draft_definition",
    "duty_unit",
    "fees_due",
    "find_procedures",
    "forget_kept",
    "parse_definition",
    "parse_text",
    "publish_version",
    "save_draft",
    "service_fields",
    "set_duty",
    "version_in_force",
    "withdraw_procedure",
]
