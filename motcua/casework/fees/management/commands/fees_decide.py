"""Say what a fee table in a DMN file sets for given facts."""

import json
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from motcua.casework.fees.api import AMOUNT, BASIS
from motcua.lib.decisions import Decided, Model, Table, compile_model, read_dmn
from motcua.lib.errors import Anticipated


class Command(BaseCommand):
    """Answer as JSON, with the rows that fired; the exit code is 1 if there is no answer."""

    help = "Tính theo bảng quyết định DMN: kết quả và hàng đã áp dụng, dạng JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, metavar="BẢNG.dmn", help="tệp DMN")
        parser.add_argument(
            "--input", type=facts_in, required=True, metavar="JSON", help='như {"so_ban": 2}'
        )

    def handle(self, *_args: object, **options: Any) -> None:
        """Decide and tell."""
        model = model_in(options["file"])
        try:
            compiled = compile_model(model)
            made = compiled.decide(options["input"])
        except Anticipated as error:
            raise CommandError(str(error)) from error
        last = compiled.steps[-1][0]
        answer = as_plain(model, made[last.name], last.name)
        answer["decisions"] = [as_plain(model, one, name) for name, one in made.items()]
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
        if made[last.name].value is None:
            raise SystemExit(1)


def as_plain(model: Model, decided: Decided, name: str) -> dict[str, Any]:
    """Return one decision as JSON carries it; numbers that are not whole stay exact as text."""
    table = next((one for one in model.decisions if one.name == name), None)
    notes = table.annotations if isinstance(table, Table) else ()
    return {
        "decision": name,
        "result": decided.value,
        "outputs": [dict(one) for one in decided.answers],
        "rules": [
            {
                "row": row,
                "id": rule.id,
                **({"basis": rule.notes[notes.index(BASIS)]} if BASIS in notes else {}),
            }
            for row, rule in zip(decided.rows, decided.rules, strict=True)
        ],
        **({AMOUNT: decided.answer[AMOUNT]} if AMOUNT in decided.answer else {}),
    }


def model_in(path: Path) -> Model:
    """Return the model of a file. Raises: CommandError."""
    try:
        return read_dmn(path.read_bytes())
    except OSError as error:
        raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error
    except Anticipated as error:
        raise CommandError(f"{path.name}: {error}") from error


def facts_in(word: str) -> dict[str, Any]:
    """Return the facts. Raises: ArgumentTypeError."""
    try:
        facts = json.loads(word)
    except ValueError as error:
        raise ArgumentTypeError('không phải JSON; hãy viết như {"so_ban": 2}') from error
    if not isinstance(facts, dict):
        message = 'phải là một đối tượng JSON, như {"so_ban": 2}'
        raise ArgumentTypeError(message)
    return facts
