"""Contracts ask here what was collected, when a month is settled with a partner."""

from motcua.casework.contracts import api as contracts

from .queries.collected import collected_between

contracts.ask_for_payments(collected_between)
