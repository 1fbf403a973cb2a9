"""Our own import contract: a module is entered only through its door."""

from collections.abc import Container, Iterable

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.imports import Module


class DoorsContract(Contract):
    """Modules of the given floors may import from each other only through `api`.

    Tests may also use the `make` helpers of another module's tests.
    """

    type_name = "doors"

    # The linter's fields put plain values in their own place.
    floors: Iterable[Module] = fields.ListField(subfield=fields.ModuleField())  # type: ignore[assignment]  # -- see above
    doors: Container[str] = fields.ListField(subfield=fields.StringField())  # type: ignore[assignment]  # -- see above

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        offences = [
            (importer, imported)
            for floor in self.floors
            for owner in graph.find_children(floor.name)
            for imported in graph.find_descendants(owner)
            if imported.removeprefix(f"{owner}.") not in self.doors
            for importer in graph.find_modules_that_directly_import(imported)
            if not f"{importer}.".startswith(f"{owner}.")
            and not (".tests." in importer and imported.endswith(".tests.make"))
        ]
        return ContractCheck(kept=not offences, metadata={"offences": sorted(offences)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["offences"]:
            output.print_error(f"{importer} enters {imported} by the window; use its api.")
