"""Contact persons and Support of the demo have an app, and whoever tries the portal sees what it shows."""

from base64 import b32decode
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Account, OneTimeCodeDevice
from accounts.policy.factors import code_of_step, step_at
from messagebox.models import Delivery
from tests.demo.test_demo_people import people_of_the_command, with_role
from tests.fixtures_signing_in import SIGN_IN, SIGN_IN_FACTOR
from vecozo_portal.demo.loading import load_demo


@pytest.fixture
def people(demo):
    return people_of_the_command()


def signs_in(person, token):
    browser = Client()
    browser.post(SIGN_IN, {"user_number": person["user_number"], "password": person["password"]})
    return browser.post(SIGN_IN_FACTOR, {"token": token})


def test_contact_persons_and_support_have_one_and_nobody_else(people):
    with_one = {person["user_number"] for person in people if person["totp_secret"]}
    expected = with_role(people, "contact_person") + with_role(people, "support")
    assert with_one == {person["user_number"] for person in expected}
    assert all(bool(person["token"]) == bool(person["totp_secret"]) for person in people)


def test_the_secret_is_the_one_that_makes_the_codes(people):
    person = with_role(people, "support")[0]
    key = b32decode(person["totp_secret"])
    assert signs_in(person, code_of_step(key, step_at(timezone.now())))["Location"] == "/"


def test_the_printed_code_signs_in_and_so_does_the_next_one_at_once(people):
    for person in (with_role(people, "contact_person")[0], with_role(people, "support")[0]):
        for _ in range(2):
            [now] = [each for each in people_of_the_command() if each["user_number"] == person["user_number"]]
            assert signs_in(person, now["token"]).status_code == 303


def test_the_page_and_the_command_show_the_codes(people, settings):
    settings.PORTAL_DEMO = True
    page = Client().get("/demo/codes/")
    printed = StringIO()
    call_command("demo_people", "--codes", stdout=printed)
    for person in with_role(people, "contact_person"):
        assert person["user_number"] in page.text
        assert person["token"] in page.text
        assert f"{person['token']}  {person['user_number']}" in printed.getvalue()
        assert person["password"] not in page.text


@pytest.mark.parametrize(("name", "value"), [("PORTAL_DEMO", False), ("PORTAL_ENVIRONMENT", "production")])
def test_without_a_demo_there_is_no_such_page(demo, settings, name, value):
    setattr(settings, name, value)
    assert Client().get("/demo/codes/").status_code == 404


def test_nobody_is_mailed_about_it(demo):
    assert not Delivery.objects.filter(template="factor_added").exclude(state="sent").exists()


def test_who_lost_it_in_the_portal_does_not_get_it_back_at_the_next_start(demo):
    OneTimeCodeDevice.objects.all().delete()
    load_demo(at=timezone.now())
    assert not OneTimeCodeDevice.objects.exists()
    assert Account.objects.exists()
