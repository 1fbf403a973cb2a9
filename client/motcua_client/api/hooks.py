"""Endpoints: hooks. Written by `./run client`; do not edit."""

from typing import cast

from motcua_client import models
from motcua_client.core import Call, Group, escaped


class Hooks(Group):
    """Endpoints: hooks."""

    def kinds(self) -> list[models.HookKindOut]:
        """Return the kinds of news there are."""
        return cast("list[models.HookKindOut]", self._json(Call("GET", "/api/v1/hooks/kinds")))

    def list_hooks(self) -> list[models.HookOut]:
        """Return one's own subscriptions, the newest first."""
        return cast("list[models.HookOut]", self._json(Call("GET", "/api/v1/hooks")))

    def subscribe(self, body: models.HookBody) -> models.NewHookOut:
        """Begin to be told. The secret is in this answer alone."""
        return cast("models.NewHookOut", self._json(Call("POST", "/api/v1/hooks", body=body)))

    def read_hook(self, hook: str) -> models.HookOut:
        """Return one subscription."""
        return cast("models.HookOut", self._json(Call("GET", f"/api/v1/hooks/{escaped(hook)}")))

    def change_hook(self, hook: str, body: models.HookBody) -> models.HookOut:
        """Say anew what is told, and where; the secret stays."""
        return cast(
            "models.HookOut", self._json(Call("PUT", f"/api/v1/hooks/{escaped(hook)}", body=body))
        )

    def pause(self, hook: str) -> models.HookOut:
        """Be told nothing for now; what happens meanwhile is kept for thirty days."""
        return cast(
            "models.HookOut", self._json(Call("POST", f"/api/v1/hooks/{escaped(hook)}/pause"))
        )

    def resume(self, hook: str) -> models.HookOut:
        """Go on, with what waited first."""
        return cast(
            "models.HookOut", self._json(Call("POST", f"/api/v1/hooks/{escaped(hook)}/resume"))
        )

    def end(self, hook: str) -> models.HookOut:
        """End the subscription; what waits is told no more."""
        return cast(
            "models.HookOut", self._json(Call("POST", f"/api/v1/hooks/{escaped(hook)}/end"))
        )

    def renew_secret(self, hook: str) -> models.SecretOut:
        """Get a new secret; the one before signs beside it for a day."""
        return cast(
            "models.SecretOut", self._json(Call("POST", f"/api/v1/hooks/{escaped(hook)}/secret"))
        )

    def test(self, hook: str) -> models.DeliveryOut:
        """Have a message about nothing sent (kind `ping`)."""
        return cast(
            "models.DeliveryOut", self._json(Call("POST", f"/api/v1/hooks/{escaped(hook)}/test"))
        )

    def deliveries(
        self,
        hook: str,
        *,
        state: str | None = None,
        before: int | None = None,
        limit: int | None = None,
    ) -> models.DeliveryPage:
        """Return the messages of thirty days with what came back, the newest first."""
        return cast(
            "models.DeliveryPage",
            self._json(
                Call(
                    "GET",
                    f"/api/v1/hooks/{escaped(hook)}/deliveries",
                    query={"state": state, "before": before, "limit": limit},
                )
            ),
        )

    def resend(self, hook: str, message_id: str) -> models.DeliveryOut:
        """Have one message sent once more, under its old id."""
        return cast(
            "models.DeliveryOut",
            self._json(
                Call(
                    "POST", f"/api/v1/hooks/{escaped(hook)}/deliveries/{escaped(message_id)}/resend"
                )
            ),
        )

    def replay(self, hook: str, body: models.ReplayBody) -> models.Replayed:
        """Have everything between two moments sent once more, in order, under the old ids."""
        return cast(
            "models.Replayed",
            self._json(Call("POST", f"/api/v1/hooks/{escaped(hook)}/replay", body=body)),
        )
