"""A delivery put into words: three parts, no user number, nothing from outside that can act.

Mail templates see names and no objects, so that no number of anybody can slip into a mail.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from accounts.actors import inert
from accounts.choices import Environment
from accounts.links import EMAIL_CHANGE, token_of
from accounts.models import Account, Organisation
from accounts.queries import contact_persons
from messagebox.mail_additions import added_to
from messagebox.models import Delivery, Message
from messagebox.wording import VALUE_MAX_LENGTH, html, one_line, plain_text, support_route, values_of


class NoAddress(Exception):
    """The account has no e-mail address at the moment its mail would leave."""


def mail_of(delivery: Delivery, at: datetime) -> EmailMultiAlternatives:
    """The mail, to the address of this moment. Raises NoAddress.

    The Message-ID follows from the delivery: a mail that leaves twice, because a crash came between
    sending and writing that down, is recognisable as one.
    """
    address = delivery.address_now
    if not address:
        raise NoAddress("Het account heeft geen e-mailadres.")
    folder, context = f"emails/{delivery.template}", _context(delivery, at)
    mail = EmailMultiAlternatives(
        subject=f"{_of_environment()}{one_line(f'{folder}/subject.txt', context)}",
        body=plain_text(f"{folder}/body.txt", context),
        to=[address],
        headers={"Message-ID": _message_id(delivery), "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(html(f"{folder}/body.html", context), "text/html")
    return mail


def _of_environment() -> str:
    """Nobody takes a mail of a test for a real one."""
    environment = Environment(settings.PORTAL_ENVIRONMENT)
    return "" if environment == Environment.PRODUCTION else f"[{environment.label}] "


def subject_of(delivery: Delivery, at: datetime) -> str:
    """What stands above the mail, for who looks back at it."""
    return one_line(f"emails/{delivery.template}/subject.txt", _context(delivery, at))


def _message_id(delivery: Delivery) -> str:
    return f"<{delivery.public_id}@{urlsplit(settings.PORTAL_PUBLIC_URL).hostname}>"


def _context(delivery: Delivery, at: datetime) -> dict[str, object]:
    account, message = delivery.to_account, delivery.message
    return {
        **values_of(delivery.parameters),
        **added_to(delivery.parameters),
        **support_route(),
        **(_of_account(account, at) if account else {}),
        **(_of_message(message) if message else {}),
        **_of_email_change(delivery.parameters.get("email_change")),
    }


def _of_account(account: Account, at: datetime) -> dict[str, object]:
    return {
        "name": inert(account.name, VALUE_MAX_LENGTH),
        "contact_persons": _colleagues_in_charge(account, at),
        "is_support": account.is_staff,
        "has_user_administration": bool(account.organisation and not account.organisation.is_pgb_provider),
    }


def _of_message(message: Message) -> dict[str, object]:
    """Where a message lies and whose it is, never what it says."""
    return _of_organisation(message.organisation) | {
        "message_path": reverse("message", args=[message.public_id]),
        "message_admin_path": reverse("admin:messagebox_message_change", args=[message.pk]),
    }


def _of_email_change(public_id: str | None) -> dict[str, object]:
    """The link that confirms another address: signed as the mail is made, so that no row holds it."""
    return {"confirm_path": reverse("confirm-email", args=[token_of(public_id, EMAIL_CHANGE)])} if public_id else {}


def _of_organisation(organisation: Organisation) -> dict[str, object]:
    return {"organisation": inert(organisation.name, VALUE_MAX_LENGTH), "agb_code": organisation.agb_code}


def _colleagues_in_charge(account: Account, at: datetime) -> list[str]:
    """The names of the contact persons who can act for this account: never oneself."""
    if account.organisation is None or account.organisation.is_pgb_provider:
        return []
    others = contact_persons(account.organisation, at).exclude(pk=account.pk)
    return [inert(name, VALUE_MAX_LENGTH) for name in others.values_list("name", flat=True)]
