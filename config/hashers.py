"""How passwords are kept: Argon2id at a strength two cores can bear when all sign in at once.

Django's own takes a quarter of a second of processor time and 100 MB for each sign-in, so that
four a second would fill a core. Source: docs/reference/security-checks.md
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane; stronger or weaker hashes are renewed at the next sign-in."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
