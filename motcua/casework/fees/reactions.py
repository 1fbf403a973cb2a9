"""Procedures ask here before they name a table."""

from motcua.casework.procedures import api as procedures

from .queries.tables import complaint_about

procedures.ask_about_tables(complaint_about)
