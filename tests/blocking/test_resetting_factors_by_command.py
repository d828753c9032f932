"""`manage.py reset_factors` helps a lone Support member without a factor, and nobody misses that it happened."""

import logging

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AuditEvent, OneTimeCodeDevice
from messagebox.models import Delivery
from tests.factories import PASSWORD
from tests.fixtures_signing_in import sign_in
from tests.second_factors import with_recovery_codes

pytestmark = pytest.mark.django_db

WHO = {"reason": "telefoon kwijt, geen collega", "by_name": "Piet van Beheer"}
LINK = "/mijn-account/tweede-factor/"


def reset(user_number, **how):
    call_command("reset_factors", user_number, **(WHO | how))


def test_every_factor_is_gone_and_a_new_one_is_linked_after_the_next_password(sanne):
    with_recovery_codes(sanne)
    before = sign_in(sanne)
    reset(sanne.user_number)
    assert not OneTimeCodeDevice.objects.exists()
    assert before.get("/beheer/")["Location"].startswith("/inloggen/")
    browser = Client()
    answer = browser.post("/inloggen/", {"user_number": sanne.user_number, "password": PASSWORD})
    assert answer["Location"].startswith(LINK)
    assert browser.get("/beheer/")["Location"].startswith(LINK)


def test_it_stands_in_both_logs_with_why_and_by_whom(sanne, caplog):
    with caplog.at_level(logging.ERROR):
        reset(sanne.user_number)
    event = AuditEvent.objects.get(slug="account:factors_break_glass:used")
    assert (event.account, event.parameters) == (sanne, {"note": WHO["reason"], "by_name": WHO["by_name"]})
    assert str(sanne.public_id) in caplog.text
    assert sanne.user_number not in caplog.text


def test_support_and_who_it_is_about_are_mailed(sanne):
    reset(sanne.user_number)
    assert Delivery.objects.get(template="factors_glass_broken").to_address == settings.PORTAL_SUPPORT_EMAIL
    assert Delivery.objects.get(template="factor_removed").to_account == sanne


@pytest.mark.parametrize("missing", [{"reason": " "}, {"by_name": ""}])
def test_without_a_reason_or_a_name_nothing_happens(sanne, missing):
    with pytest.raises(CommandError, match="Say why"):
        reset(sanne.user_number, **missing)
    assert OneTimeCodeDevice.objects.exists()
    assert AuditEvent.objects.filter(slug="account:factors_break_glass:refused", account=sanne).count() == 1


@pytest.mark.parametrize("typed", ["99999999999999", "geen nummer"])
def test_nobody_is_no_account(typed):
    with pytest.raises(CommandError, match="no account"):
        reset(typed)


def test_who_has_none_has_none_to_lose(anna):
    with pytest.raises(CommandError, match="no second factor"):
        reset(anna.user_number)
    assert not Delivery.objects.exists()
