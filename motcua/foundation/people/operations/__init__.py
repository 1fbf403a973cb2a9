"""Remember people and enterprises, confirm who they are, show a number to who must know it."""
