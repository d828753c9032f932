"""Asking for another e-mail address, and reading what came in the new mailbox."""

import re

from django.utils import timezone

from messagebox.mails import mail_of
from messagebox.models import Delivery
from tests.factories import PASSWORD

PAGE = "/mijn-account/e-mailadres/"
ELSEWHERE = "anna@elders.test"


def ask(screen, email=ELSEWHERE, password=PASSWORD):
    return screen.post(PAGE, {"email": email, "password": password})


def mails(template):
    return list(Delivery.objects.filter(template=template).order_by("id"))


def link_in_the_last_mail():
    """What somebody finds in the new mailbox."""
    mail = mail_of(mails("email_confirm")[-1], timezone.now())
    found = re.search(r"https?://[^/\s]+(/mijn-account/\S+)", str(mail.body))
    assert found
    return found[1]


def address_of(account):
    account.refresh_from_db()
    return account.email
