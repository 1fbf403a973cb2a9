"""The thirty procedures of the demo province, each walked through the real pages."""
