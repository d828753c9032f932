"""What blocking does when it hears the ground floor's signals."""

from datetime import datetime
from typing import Any

from accounts.actors import PORTAL, Actor
from accounts.choices import FactorChange, RemovalStep, Secret
from accounts.models import Account
from accounts.signals import account_removal, factor_changed, factor_guessed, secret_replaced, sign_in_completed
from blocking.choices import LetterState
from blocking.models import PinLetter
from blocking.queries.browsers import budget_class_of
from blocking.services import (
    counting,
    erase_letters,
    forget_all_browsers,
    forget_other_browsers,
    let_go_of_removed,
    remember_browser,
    tell_factor_guessed,
)


def welcome(sender: object, *, account: Account, by: Actor, at: datetime, **_: Any) -> None:
    """Five fresh attempts for this browser, which is known from now on."""
    counting.start_afresh(account, Secret.PASSWORD, browser_class=budget_class_of(account, by=by, at=at))
    remember_browser(account, by=by, at=at)


def start_new_tally_for_new_secret(
    sender: object, *, account: Account, secret: Secret, by: Actor, at: datetime, **_: Any
) -> None:
    counting.start_new_tally(account, secret)
    if secret == Secret.PIN:
        erase_letters(PinLetter.objects.filter(account=account), LetterState.REPLACED, by=by, at=at)


def forget_with_old_password(
    sender: object, *, account: Account, secret: Secret, by: Actor, at: datetime, **_: Any
) -> None:
    """Who had the old password may have left a browser known; the one in front of the person stays."""
    if secret == Secret.PASSWORD:
        forget_other_browsers(account, by=by, at=at)


def forget_with_all_factors(
    sender: object, *, account: Account, change: FactorChange, by: Actor, at: datetime, **_: Any
) -> None:
    if change == FactorChange.RESET:
        forget_all_browsers(account, by=by, at=at)


def tell_of_guessing(sender: object, *, account: Account, count: int, by: Actor, at: datetime, **_: Any) -> None:
    tell_factor_guessed(account, count=count, by=by, at=at)


def let_go_of_who_is_removed(sender: object, *, account: Account, step: RemovalStep, at: datetime, **_: Any) -> None:
    if step.is_the_end:
        let_go_of_removed(account, at=at)
        erase_letters(PinLetter.objects.filter(account=account), LetterState.EXPIRED, by=PORTAL, at=at)


def connect() -> None:
    account_removal.connect(let_go_of_who_is_removed, dispatch_uid="blocking")
    sign_in_completed.connect(welcome, dispatch_uid="blocking")
    secret_replaced.connect(start_new_tally_for_new_secret, dispatch_uid="blocking")
    secret_replaced.connect(forget_with_old_password, dispatch_uid="blocking_browsers")
    factor_guessed.connect(tell_of_guessing, dispatch_uid="blocking")
    factor_changed.connect(forget_with_all_factors, dispatch_uid="blocking")
