"""Decisions by table (DMN), compiled to look-ups: no code is ever executed.

`compile_table(table).decide(facts)` and `compile_model(model).decide(facts)` answer;
`check_table(table)` names gaps and overlaps with an example; `read_dmn`, `write_dmn` are the files.
Source: docs/adr/0051-decisions-are-looked-up.md
"""

from .checking import Checked, Fault, Finding, check_table
from .compiling import CompiledModel, CompiledTable, Decided, compile_model, compile_table
from .dmn import NAMESPACES, read_dmn, write_dmn
from .proofing import (
    Asked,
    CellFault,
    check_expression,
    facts_asked,
    faulty_cells,
    faulty_columns,
)
from .tables import (
    Aggregation,
    BadTable,
    Contradiction,
    Formula,
    HitPolicy,
    Input,
    Kind,
    Model,
    NoAnswer,
    Output,
    Rule,
    Table,
)

__all__ = [
    "NAMESPACES",
    "Aggregation",
    "Asked",
    "BadTable",
    "CellFault",
    "Checked",
    "CompiledModel",
    "CompiledTable",
    "Contradiction",
    "Decided",
    "Fault",
    "Finding",
    "Formula",
    "HitPolicy",
    "Input",
    "Kind",
    "Model",
    "NoAnswer",
    "Output",
    "Rule",
    "Table",
    "check_expression",
    "check_table",
    "compile_model",
    "compile_table",
    "facts_asked",
    "faulty_cells",
    "faulty_columns",
    "read_dmn",
    "write_dmn",
]
