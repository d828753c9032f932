from accounts.views.confirming import ConfirmView
from accounts.views.factors import drop_app, factors_page, replace_app
from accounts.views.passkeys import drop_passkey, new_passkey
from accounts.views.recovery_codes import codes_kept, download_codes, new_recovery_codes, recovery_codes_page
from accounts.views.second_factor import SecondFactorView
from accounts.views.sign_in import SignInView, sign_out

__all__ = [
    "ConfirmView",
    "SecondFactorView",
    "SignInView",
    "codes_kept",
    "download_codes",
    "drop_app",
    "drop_passkey",
    "factors_page",
    "new_passkey",
    "new_recovery_codes",
    "recovery_codes_page",
    "replace_app",
    "sign_out",
]
