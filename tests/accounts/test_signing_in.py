"""Signing in and out, as a browser sees it."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from tests.factories import PASSWORD, WRONG_PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, account, password=PASSWORD, **more):
    return client.post("/inloggen/", {"user_number": account.user_number, "password": password} | more)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_the_right_password_lets_in_and_goes_on_to_the_start(client, anna):
    answer = sign_in(client, anna)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert is_signed_in(client)


def test_the_sign_in_is_recorded(client, anna):
    sign_in(client, anna)
    anna.refresh_from_db()
    assert anna.last_sign_in_at is not None
    event = AuditEvent.objects.get(slug="account:sign_in:succeeded")
    assert (event.actor, event.account, event.source_address) == (anna, anna, "127.0.0.1")


def test_the_session_keeps_when_and_how_somebody_proved_themselves(client, anna):
    sign_in(client, anna)
    (proof,) = client.session["proofs"]
    assert proof["means"] == "password"
    assert datetime.fromisoformat(proof["at"]) <= timezone.now()


def test_the_session_key_is_new_after_signing_in(client, anna):
    client.get("/inloggen/")
    client.session.save()
    before = client.session.session_key
    sign_in(client, anna)
    assert client.session.session_key != before


def test_a_refusal_is_the_same_page_with_status_200(client, anna):
    answer = sign_in(client, anna, WRONG_PASSWORD)
    assert answer.status_code == 200
    assert not is_signed_in(client)
    assert "Inloggen is niet gelukt" in answer.text
    assert WRONG_PASSWORD not in answer.text
    assert f'value="{anna.user_number}"' in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Vul uw gebruikersnummer in."),
        ({"user_number": "1", "password": ""}, "Vul uw wachtwoord in."),
        ({"user_number": "1", "password": "x" * 129}, "Een wachtwoord heeft hoogstens 128 tekens."),
        ({"user_number": "1" * 65, "password": "x"}, "Een gebruikersnummer heeft 14 cijfers."),
    ],
)
def test_a_malformed_entry_gets_a_sentence_at_the_field(client, fields, sentence):
    answer = client.post("/inloggen/", fields)
    assert answer.status_code == 200
    assert sentence in answer.text
    assert "<title>Fout: " in answer.text


def test_somebody_on_the_way_to_a_page_of_ours_arrives_there(client, anna):
    assert sign_in(client, anna, next="/mijn-account/")["Location"] == "/mijn-account/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://kwaad.test/", "//kwaad.test/", "/\\kwaad.test", "javascript:alert(1)", "http:kwaad.test"],
)
def test_nobody_is_sent_to_another_site(client, anna, elsewhere):
    assert sign_in(client, anna, next=elsewhere)["Location"] == "/"


def test_who_is_signed_in_does_not_sign_in_again(client, anna):
    sign_in(client, anna)
    assert client.get("/inloggen/").status_code == 303


def test_signing_out_ends_the_session_and_is_recorded(client, anna):
    sign_in(client, anna)
    answer = client.post("/uitloggen/")
    assert (answer.status_code, answer["Location"]) == (303, "/inloggen/")
    assert not is_signed_in(client)
    assert AuditEvent.objects.filter(slug="account:sign_out:succeeded", actor=anna).count() == 1


def test_signing_out_is_told_once_and_only_to_who_was_in(client, anna):
    sign_in(client, anna)
    told = "U bent uitgelogd."
    assert told in client.post("/uitloggen/", follow=True).text
    assert told not in client.get("/inloggen/").text
    assert told not in client.post("/uitloggen/", follow=True).text


def test_a_get_never_signs_out(client, anna):
    sign_in(client, anna)
    assert client.get("/uitloggen/").status_code == 405
    assert is_signed_in(client)


def test_without_the_token_of_the_form_nothing_is_looked_at(anna):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, anna).status_code == 403
    assert not AuditEvent.objects.filter(slug__startswith="account:sign_in").exists()


def test_a_page_that_is_left_cannot_be_seen_again_from_a_cache(client, anna):
    assert "no-store" in sign_in(client, anna)["Cache-Control"]
