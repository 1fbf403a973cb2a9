"""What may be refused about telling other systems."""

from motcua.lib.errors import Anticipated, NotFound


class WebhookError(Anticipated):
    """Nothing can be done so now."""


class NoSuchSubscription(NotFound):
    """There is no such subscription, or it is somebody else's."""
