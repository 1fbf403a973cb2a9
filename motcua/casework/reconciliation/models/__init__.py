"""Statements, their lines, and how they disagree with the books."""

from .statements import Mismatch, Statement, StatementLine

__all__ = ["Mismatch", "Statement", "StatementLine"]
