"""The settings of sign-in, which `site.settings` takes over with one line.

By a code sent to the e-mail address, or by a password; with a second factor (an app's codes, TOTP of RFC
6238) where one is set up, and for officials one must be. allauth counts the attempts in the cache that all
processes share. What allauth stores names nobody (`addresses`, docs/decisions/0033).
"""

from __future__ import annotations

from typing import Any

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "zemstvo.ground.people.sign_in.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "zemstvo.ground.people.sign_in.forms.PasswordSignIn",
    "signup": "zemstvo.ground.people.sign_in.forms.OpenAccount",
    "request_login_code": "zemstvo.ground.people.sign_in.forms.AskForCode",
    "confirm_login_code": "zemstvo.ground.people.sign_in.forms.ConfirmCode",
    "reset_password": "zemstvo.ground.people.sign_in.forms.ForgottenPassword",
    "add_email": "zemstvo.ground.people.sign_in.forms.AnotherAddress",
}
ACCOUNT_USER_DISPLAY = "zemstvo.ground.people.addresses.shown"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
"""The session that sets a password goes on; all others of the account end."""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key",
    "login": "60/m/ip",
    "signup": "20/m/ip",
    "request_login_code": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/5m/key",
    "confirm_email": "1/10s/key",
}
"""Attempts by the caller's address (`ip`: an office may share one) and by the account asked for (`key`)."""

MFA_FORMS = {"authenticate": "zemstvo.ground.people.sign_in.forms.ConfirmApp"}
MFA_ADAPTER = "zemstvo.ground.people.sign_in.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1


def settings(*, proxies: int) -> dict[str, Any]:
    """All settings of sign-in by name; `proxies` is how many of our own stand before the site."""
    own = {name: value for name, value in globals().items() if name.isupper()}
    return own | {"ALLAUTH_TRUSTED_PROXY_COUNT": proxies}
