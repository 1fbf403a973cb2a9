"""How a process that lives long lets Python look for what nobody needs any more."""

import gc


def spare_what_stays() -> None:
    """Let the collector pass over all that has been imported, and come less often.

    It lives as long as the process: nobody need walk over it in the middle of a request or a batch,
    nor after every 700 objects.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
