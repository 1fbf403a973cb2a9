"""Tells the ledger where dossiers' own rows can be asked."""

from motcua.foundation.ledger import api as ledger

from .queries.promised import Dossiers

ledger.witnesses["dossiers"] = Dossiers()
