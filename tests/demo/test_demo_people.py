"""`manage.py demo_people`: who one can be, with values that work."""

import json
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.actors import Actor
from accounts.models import Account, AuditEvent
from accounts.queries import contact_persons
from blocking.choices import Door
from blocking.models import Block
from blocking.services import Typed, check_secret
from messagebox.letters import body_of, subject_of
from messagebox.mails import mail_of
from messagebox.models import Delivery, Message

KEYS = {
    "role",
    "organisation",
    "agb_code",
    "user_number",
    "password",
    "pin",
    "totp_secret",
    "token",
    "services",
    "blocked",
    "gateway_token",
}


def people_of_the_command():
    printed = StringIO()
    call_command("demo_people", "--json", stdout=printed)
    return json.loads(printed.getvalue())


@pytest.fixture
def people(demo):
    return people_of_the_command()


def enters(door, person, secret):
    return check_secret(Typed(door, person["user_number"], secret), by=Actor(), at=timezone.now())


def with_role(people, role):
    return [person for person in people if person["role"] == role]


def test_the_keys_are_the_contract(people):
    assert all(set(person) == KEYS for person in people)
    assert {person["role"] for person in people} == {"contact_person", "user", "support", "system"}


def test_both_contact_persons_of_the_first_organisation_come_with_a_user_before_the_others(people):
    first = people[0]
    assert first["role"] == "contact_person"
    assert people[1]["role"] == "user"
    assert people[1]["blocked"] == []
    own = [person for person in with_role(people, "contact_person") if person["agb_code"] == first["agb_code"]]
    assert len(own) == 2
    assert len({person["agb_code"] for person in with_role(people, "contact_person")}) == 3


def test_there_is_a_user_for_each_reason_and_one_without(people):
    alone = {tuple(person["blocked"]) for person in with_role(people, "user")}
    assert {(), ("password",), ("pin",), ("quota",), ("support",)} <= alone


def test_what_is_listed_as_blocked_is_what_stands_open(people):
    for person in people:
        reasons = Block.objects.open().filter(account__user_number=person["user_number"])
        assert sorted(reasons.values_list("reason", flat=True)) == sorted(person["blocked"])


def test_services_and_organisation_are_the_accounts(people):
    for person in people:
        account = Account.objects.select_related("organisation").get(user_number=person["user_number"])
        services = account.authorisations.values_list("service__code", flat=True)
        assert sorted(services) == sorted(person["services"])
        assert person["agb_code"] == (account.organisation.agb_code if account.organisation else None)


def test_the_listed_passwords_and_pins_open_the_doors(people):
    for person in people:
        account = Account.objects.get(user_number=person["user_number"])
        if person["role"] == "system":
            assert person["password"] is None
        elif not person["blocked"]:
            assert enters(Door.SIGN_IN, person, person["password"]) == account
            assert enters(Door.FORGOTTEN_PASSWORD, person, person["pin"]) == account
        if person["password"]:
            assert check_password(person["password"], account.password)
        assert check_password(person["pin"], account.pin)


def test_the_blocked_ones_are_refused_with_the_right_password(people):
    for person in people:
        if person["blocked"]:
            assert enters(Door.SIGN_IN, person, person["password"]) is None


def test_only_the_software_has_the_gateways_token(demo, settings):
    settings.PORTAL_GATEWAY_TOKENS = ("the-first-token", "another-one")
    tokens = {person["role"]: person["gateway_token"] for person in people_of_the_command()}
    assert tokens.pop("system") == "the-first-token"
    assert set(tokens.values()) == {None}


def test_without_json_it_is_a_table(demo):
    printed = StringIO()
    call_command("demo_people", stdout=printed)
    assert "Anja Visser" in printed.getvalue()


def test_without_demo_data_there_is_a_sentence_instead(db):
    with pytest.raises(CommandError, match="No demo is loaded"):
        call_command("demo_people", "--json")


def test_a_production_refuses(demo, settings):
    settings.PORTAL_ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="This is a production"):
        call_command("demo_people", "--json")


def test_no_pin_and_no_password_is_in_any_message_mail_or_line_of_the_log(people):
    """So no number can stand beside its PIN either: this command is the one exception."""
    secrets = {value for person in people for value in (person["password"], person["pin"]) if value}
    texts = "\n".join([*_messages(), *_mails(), *(str(event) for event in AuditEvent.objects.values())])
    assert texts.count("Zorggroep Noord") > 0
    assert not [secret for secret in secrets if secret in texts]


def test_no_user_number_is_in_any_mail(people):
    mails = "\n".join(_mails())
    assert not [person for person in people if person["user_number"] in mails]


def _messages():
    for message in Message.objects.select_related("about", "organisation", "posted_by"):
        reader = contact_persons(message.organisation, timezone.now())[0]
        yield subject_of(message) + body_of(message, reader)


def _mails():
    for delivery in Delivery.objects.select_related("to_account__organisation", "message__organisation"):
        yield mail_of(delivery, timezone.now()).message().as_string()
