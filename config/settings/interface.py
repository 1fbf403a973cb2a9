"""The interface for other systems: how many requests one credential may send in a minute."""

from . import env

API_LIMITS = {
    "read": env.number("MOTCUA_API_READS", 600, least=1),
    "write": env.number("MOTCUA_API_WRITES", 120, least=1),
    "heavy": env.number("MOTCUA_API_HEAVY", 30, least=1),
}
