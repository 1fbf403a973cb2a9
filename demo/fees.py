"""The fee tables of the demo province: DMN files of this package with examples reckoned by hand."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import yaml

from motcua.casework.fees import api as fees
from motcua.lib.actor import Actor
from motcua.lib.decisions import read_dmn

TABLES = Path(__file__).parent / "fee_tables"


def tables() -> Iterator[fees.TableIn]:
    """Yield the tables as they are written."""
    for told in yaml.safe_load((TABLES / "tables.yaml").read_text(encoding="utf-8")):
        yield fees.TableIn(
            code=told["code"],
            name=told["name"],
            model=read_dmn((TABLES / f"{told['code']}.dmn").read_bytes()),
            valid_from=date.fromisoformat(told["valid_from"]),
            basis=told["basis"],
            basis_on=date.fromisoformat(told["basis_on"]),
            basis_issuer=told["basis_issuer"],
            examples=told["examples"],
        )


def publish_tables(*, by: Actor, at: datetime) -> int:
    """Publish the tables that are not known yet; answer how many that were."""
    known = {one.code for one in fees.tables_on(at.date())}
    missing = [one for one in tables() if one.code not in known]
    for one in missing:
        version = fees.save_table(one, by=by, at=at)
        fees.publish_table(version.pk, version.digest, by=by, at=at)
    return len(missing)
