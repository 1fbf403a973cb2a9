"""The door: reading in bulk for analysis."""

from .choices import Stream
from .errors import CursorTooOld
from .operations import MOST_ROWS, Piece, PieceIn, take_piece

__all__ = ["MOST_ROWS", "CursorTooOld", "Piece", "PieceIn", "Stream", "take_piece"]
