"""Accounts: how people sign in, and what keeps their secrets."""

from . import env
from .paths import HOME

PERSONAL_DATA_KEYS = env.text("MOTCUA_PERSONAL_DATA_KEYS", "")

ACCOUNTS_PREFIX = "/tai-khoan/"
LOGIN_URL = "/tai-khoan/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
SET_PASSWORD_URL = "account_change_password"
SECOND_FACTOR_URL = "mfa_index"
# Where somebody starts after signing in: the first page for which a power is held.
START_PAGES = (
    ("dossiers.receive", "/mot-cua/"),
    ("dossiers.approve", "/xu-ly/"),
    ("dossiers.handle", "/xu-ly/"),
    ("signing.seal", "/xu-ly/"),
    ("dossiers.hand_over", "/mot-cua/"),
    ("dossiers.read_all", "/xu-ly/"),
    ("identity.administer", "/quan-tri/"),
    ("dossiers.file_for_others", "/giup-dan/"),
)

PARTNERS_START_PAGE = "/doi-tac/"

# Who acts for somebody else carries the session in this cookie; when it is over, this page says so.
AGENT_COOKIE = "motcua_lam_thay"
AGENT_OVER_URL = "portal:agent_over"
# Short texts to telephones, for the codes by which people agree to be helped.
TEXT_CARRIER = env.choice("MOTCUA_TEXT_CARRIER", ("none", "relay", "folder"), "none")
TEXT_RELAY_URL = env.text("MOTCUA_TEXT_RELAY_URL", None if TEXT_CARRIER == "relay" else "")
TEXT_RELAY_KEY = env.text("MOTCUA_TEXT_RELAY_KEY", None if TEXT_CARRIER == "relay" else "")
TEXT_FOLDER = env.text("MOTCUA_TEXT_FOLDER", str(HOME / "var" / "texts"))

SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_NAME = "motcua_phien"
SESSION_COOKIE_AGE = 12 * 60 * 60  # the policy in force may end a session sooner
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

AUTHENTICATION_BACKENDS = ["motcua.channels.accounts.backends.LoginBackend"]
PASSWORD_HASHERS = [
    "config.hashers.Argon2idHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "motcua.foundation.identity.permissions.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "motcua.foundation.identity.permissions.NotUsedBefore"},
]

ACCOUNT_ADAPTER = "motcua.channels.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "motcua.channels.accounts.forms.LoginForm",
    "signup": "motcua.channels.accounts.forms.SignupForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "motcua.channels.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Một cửa"
