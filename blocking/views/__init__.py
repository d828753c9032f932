from blocking.views.activating import activation, activation_done
from blocking.views.doors import ForgottenPasswordView, NotMeView, forgotten_password_done, not_me_done
from blocking.views.forgotten_pin import forgotten_pin, forgotten_pin_done

__all__ = [
    "ForgottenPasswordView",
    "NotMeView",
    "activation",
    "activation_done",
    "forgotten_password_done",
    "forgotten_pin",
    "forgotten_pin_done",
    "not_me_done",
]
