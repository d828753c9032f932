"""What blocking does when it hears the ground floor's signals."""

from datetime import datetime
from typing import Any

from accounts.actors import Actor
from accounts.choices import Secret
from accounts.models import Account
from accounts.signals import secret_replaced, sign_in_completed
from blocking.models.counting import STRANGERS
from blocking.services import counting


def start_afresh_after_sign_in(sender: object, *, account: Account, by: Actor, at: datetime, **_: Any) -> None:
    counting.start_afresh(account, Secret.PASSWORD, browser_class=STRANGERS)


def start_new_tally_for_new_secret(
    sender: object, *, account: Account, secret: Secret, by: Actor, at: datetime, **_: Any
) -> None:
    counting.start_new_tally(account, secret)


def connect() -> None:
    sign_in_completed.connect(start_afresh_after_sign_in, dispatch_uid="blocking")
    secret_replaced.connect(start_new_tally_for_new_secret, dispatch_uid="blocking")
