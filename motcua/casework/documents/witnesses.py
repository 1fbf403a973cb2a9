"""Tells the ledger where documents' own rows can be asked."""

from motcua.foundation.ledger import api as ledger

from .queries.promised import Documents

ledger.witnesses["documents"] = Documents()
