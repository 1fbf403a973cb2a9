"""What stands between a right password and being signed in."""

from allauth.account.stages import EmailVerificationStage
from django.http.response import HttpResponseBase


class EmailStage(EmailVerificationStage):
    """Asks for the code sent by e-mail; an account without an address has nothing to confirm."""

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        user = self.login.user
        if user is not None and not user.email:
            return None, True
        answer: tuple[HttpResponseBase | None, bool] = super().handle()
        return answer
