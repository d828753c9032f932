"""Marked secrets typed everywhere, by everybody, in every way: afterwards they are found nowhere."""

import logging
import re
from base64 import b32decode, b64encode
from email import message_from_bytes
from email.policy import default
from urllib.parse import quote, quote_plus

import pytest
from django.contrib.auth.hashers import make_password
from django.template import RequestContext, Template
from django.utils import timezone
from redis import Redis

from accounts.policy.factors import code_of_step, step_at
from blocking.doors import DOORS, OTHERWISE_WATCHED, factor_doors
from tests import factories
from tests.fixtures_signing_in import SIGN_IN_FACTOR
from tests.resilience.own_database import OwnDatabase
from tests.security.secret_fields import CODE, SECRET_FIELDS
from tests.security.visitor import FORGOTTEN_PASSWORD, FORM, SIGN_IN, Visitor
from vecozo_portal.processes.waiting import wait_until

pytestmark = [pytest.mark.process, pytest.mark.django_db(transaction=True)]

PATIENCE_SECONDS = 60.0
LINK = "/mijn-account/tweede-factor/"
RIGHT_PASSWORD = "merkteken Wachtwoord één 7f3a"
WRONG_PASSWORD = "merkteken Wachtwoord twee 81cc"
NEW_PASSWORD = "merkteken Wachtwoord drie 5d0e"
RIGHT_PIN = "Mk7pRt4m"
WRONG_PIN = "Mk9xWq3t"
# Without those whose address itself holds a link's token: addresses stand in the access log.
OTHER_ADDRESSES = {
    address.replace("<int:pk>", "1")
    for address in OTHERWISE_WATCHED
    if address.startswith("/") and "<str:" not in address
}
GATEWAY_TOKEN = "merkteken-Token-van-een-poort-64c1-en-nog-wat-langer"
REFUSED = {400, 401, 403, 404, 503}
MARKERS = (RIGHT_PASSWORD, WRONG_PASSWORD, NEW_PASSWORD, RIGHT_PIN, WRONG_PIN, GATEWAY_TOKEN)


@pytest.fixture
def bert(noord):
    return factories.account(noord, "Bert Mulder")


@pytest.fixture
def database(own_engines, anna, anja, bert, bram, sanne):
    for person in (anna, anja, bert, bram, sanne):
        person.password, person.pin = make_password(RIGHT_PASSWORD), make_password(RIGHT_PIN)
        person.save()
    database = OwnDatabase(own_engines.postgres.url)
    database.copy_people()
    database.log_every_statement()
    return database


@pytest.fixture
def portal(start_portal, own_engines, database):
    settings = own_engines.settings | {"PORTAL_LOG_LEVEL": "DEBUG", "PORTAL_GATEWAY_TOKENS": GATEWAY_TOKEN}
    return start_portal(workers=1, threads=4, settings=settings)


def type_secrets_everywhere(portal, anna, anja):
    """Every field of both doors, in the body, the address, headers and cookies, read or refused."""
    for number in (anna.user_number, anja.user_number, "99999999999999", RIGHT_PASSWORD, WRONG_PIN):
        for password in (WRONG_PASSWORD, RIGHT_PASSWORD):
            Visitor(portal.base_url).enter_password(number, password)
        for pin in (WRONG_PIN, RIGHT_PIN):
            Visitor(portal.base_url).enter_pin(number, pin, NEW_PASSWORD)
    for marker in MARKERS:
        visitor = Visitor(portal.base_url)
        visitor.open_door()
        everywhere = dict.fromkeys(("user_number", "password", "pin", "new_password"), marker)
        for door in (SIGN_IN, FORGOTTEN_PASSWORD):
            visitor.post(door, everywhere)
            visitor.post(door, everywhere | {"password": marker * 50, "pin": marker * 50})
            visitor.post(door, everywhere | {"user_number": f"{marker}\x00"})
            visitor.send("POST", door, f"password={quote(marker)}&pin={quote(marker)}", {"Content-Type": FORM})
            visitor.send("PUT", door, f"password={quote(marker)}", {"X-CSRFToken": visitor.token})
            visitor.get(f"{door}?password={quote(marker)}&pin={quote(marker)}&next=/{quote(marker)}")


def type_secrets_at_every_registered_door(portal, anna):
    """By a stranger and by somebody signed in, in every field a secret may have, and as a machine's token."""
    signed_in = Visitor(portal.base_url)
    assert signed_in.enter_password(anna.user_number, RIGHT_PASSWORD).status == 303
    signed_in.open_door("/mijn-account/wachtwoord/")
    addresses = {rule.address for rule in DOORS.values()} | factor_doors() | OTHER_ADDRESSES
    for visitor in (Visitor(portal.base_url), signed_in):
        for address in sorted(addresses):
            for marker in MARKERS:
                visitor.post(address, dict.fromkeys((*SECRET_FIELDS, CODE), marker) | {"user_number": anna.user_number})
                visitor.get(address, Authorization=f"Bearer {marker}")


def links_an_app(portal, person):
    """Somebody who must, and is in with a factor from here on; and what the portal made for them: a key and codes."""
    visitor = Visitor(portal.base_url)
    assert visitor.enter_password(person.user_number, RIGHT_PASSWORD).status == 303
    [key] = re.findall(r'data-vp-copy="([A-Z2-7 ]+)"', visitor.open_door(LINK).body)
    code = code_of_step(b32decode(key.replace(" ", "")), step_at(timezone.now()))
    assert visitor.post(LINK, {"token": code}).status == 303
    codes = re.findall(r'vp-number">([0-9A-Z-]{29})<', visitor.get(f"{LINK}herstelcodes/").body)
    assert len(set(codes)) == 10
    return visitor, [key, *codes]


def half_way_in(portal, person):
    """With the right password, before the factor that they have."""
    visitor = Visitor(portal.base_url)
    assert visitor.enter_password(person.user_number, RIGHT_PASSWORD).status == 303
    visitor.open_door(SIGN_IN_FACTOR)
    return visitor


def type_secrets_where_a_factor_is_shown(visitors):
    """By who is half way in, and by who is in with a factor: contact person and Support."""
    for visitor in visitors:
        for address in sorted(factor_doors() | OTHER_ADDRESSES):
            for marker in MARKERS:
                for means in ("one_time_code", "recovery_code"):
                    visitor.post(address, dict.fromkeys((*SECRET_FIELDS, CODE), marker) | {"means": means})


def show_factors(portal, database, contact_person, support, person):
    """A real enrolment each, a recovery code used up. Everything secret that the portal itself made meanwhile."""
    at_desk, made = links_an_app(portal, contact_person)
    at_support, made_for_support = links_an_app(portal, support)
    of_the_desk = show_secrets_of_the_desk(database, at_desk, at_support, person)
    half_way = half_way_in(portal, contact_person)
    type_secrets_where_a_factor_is_shown([half_way, at_desk, at_support])
    used = half_way.post(SIGN_IN_FACTOR, {"token": made[1], "means": "recovery_code"})
    assert used.status == 303
    cookies = {
        value
        for visitor in (half_way, at_desk, at_support)
        for name, value in visitor.cookies.items()
        if value.strip('"') and "csrf" not in name
    }
    given = {*made, *made_for_support}
    return cookies | of_the_desk | given | {re.sub("[ -]", "", text) for text in given}


def shown(answer, pattern):
    assert answer.status == 200
    [secret] = re.findall(pattern, answer.body)
    return secret


def show_secrets_of_the_desk(database, at_desk, at_support, person):
    """A new PIN, revealed; a case about a block, its code read out, and secrets typed for that code."""
    page = f"/gebruikersbeheer/accounts/{person.public_id}/nieuwe-pincode/"
    at_desk.open_door(page)
    message = at_desk.post(page, {}).headers["Location"]
    pin = shown(at_desk.post(f"{message}toon-pincode/", {}), r'vp-number vp-nowrap">([^<]+)<')

    place = f"/beheer/blocking/block/plaatsen/?account={person.pk}"
    at_support.open_door(place)
    assert at_support.post(place, {"reason": "Op verzoek"}).status == 303
    [block] = database.rows("SELECT public_id FROM blocking_block WHERE reason = 'support'")
    assert at_desk.post(f"/gebruikersbeheer/blokkades/{block['public_id']}/verzoek/", {}).status == 303
    code = shown(at_desk.post("/berichtenbox/code/", {}), r'vp-number[^>]*">([^<]+)<')
    [case] = database.rows("SELECT id FROM blocking_supportcase")
    check = f"/beheer/blocking/supportcase/{case['id']}/code/"
    for marker in MARKERS:
        at_support.post(check, dict.fromkeys((*SECRET_FIELDS, CODE), marker))
    return {pin, code, code.replace(" ", "")}


def send_secrets_to_the_gate(address):
    """As its token, a user number, a certificate and in every place besides, by who has a token and who has none."""
    gate = Visitor(address)
    for marker in MARKERS:
        written = quote(marker)
        for token in (GATEWAY_TOKEN, written):
            asking = {"Authorization": f"Bearer {token}", "Portal-Client-Address": "192.0.2.9"}
            assert (
                gate.get(f"/v1/decisions/cov?pin={written}", **asking, **{"Portal-User-Number": written}).status
                in REFUSED
            )
            for certificate in (written, f":{b64encode(marker.encode()).decode()}:"):
                assert gate.get("/v1/decisions/cov", **asking, **{"Client-Cert": certificate}).status in REFUSED
            assert gate.get("/v1/decisions/cov", **asking | {"Portal-Client-Address": written}).status in REFUSED
            assert gate.send("POST", "/v1/decisions/cov", written, asking).status in REFUSED


def fall_over(portal, database, anna, anja):
    """A door that fails half-way, with the secret in hand: a mistake of ours, then an outage."""
    database.execute("ALTER TABLE accounts_auditevent RENAME TO accounts_auditevent_away")
    for person in (anna, anja):
        assert Visitor(portal.base_url).enter_password(person.user_number, WRONG_PASSWORD).status == 500
        assert Visitor(portal.base_url).enter_pin(person.user_number, WRONG_PIN, NEW_PASSWORD).status == 500
    database.execute("ALTER TABLE accounts_auditevent_away RENAME TO accounts_auditevent")


def five_wrong(portal, person):
    visitor = Visitor(portal.base_url)
    for _ in range(5):
        visitor.enter_password(person.user_number, WRONG_PASSWORD)
        visitor.enter_pin(person.user_number, WRONG_PIN, NEW_PASSWORD)


def broker_as_text(own_engines):
    with Redis.from_url(own_engines.valkey.url) as queue:
        kinds = {b"list": lambda key: queue.lrange(key, 0, -1), b"hash": queue.hgetall, b"string": queue.get}
        return "\n".join(repr(kinds.get(queue.type(key), repr)(key)) for key in queue.scan_iter())


def mails_as_text(portal):
    files = sorted((portal.folder / "mail").glob("*"))
    parts = [part for file in files for part in message_from_bytes(file.read_bytes(), policy=default).walk()]
    return "\n".join([file.read_text() for file in files] + [str(part.get_payload(decode=True)) for part in parts])


def metrics_as_text(portal):
    stored = [path.read_bytes().decode(errors="replace") for path in (portal.folder / "metrics").iterdir()]
    return Visitor(portal.base_url).get("/metrics").body + "\n".join(stored)


def spellings(marker):
    """As it was typed, and as addresses, reprs, JSON and base64 would write it."""
    raw = marker.encode()
    return {
        marker,
        quote(marker),
        quote_plus(marker),
        ascii(marker)[1:-1],
        repr(raw)[2:-1],
        b64encode(raw).decode()[:-4],
    }


def test_secrets_never_land(portal, own_engines, database, anna, anja, bert, bram, sanne):
    made = show_factors(portal, database, bram, sanne, bert)
    type_secrets_at_every_registered_door(portal, anna)
    type_secrets_everywhere(portal, anna, anja)
    five_wrong(portal, anna)
    fall_over(portal, database, anna, anja)
    address, gate = portal.start_gate()
    send_secrets_to_the_gate(address)
    places = {"broker": broker_as_text(own_engines)}
    worker = portal.start_worker()
    portal.start_beat()
    assert wait_until(
        lambda: not database.rows("SELECT id FROM messagebox_delivery WHERE state <> 'sent'"), PATIENCE_SECONDS
    )

    places |= {
        "database": database.everything_as_text(),
        "log of the portal": portal.log,
        "log of the gate": gate.log.read_text(errors="replace"),
        "log of the worker": worker.log.read_text(errors="replace"),
        "log of PostgreSQL": own_engines.postgres.log.read_text(errors="replace"),
        "mail": mails_as_text(portal),
        "metrics": metrics_as_text(portal),
    }
    assert "account:password:failed" in places["database"]
    assert "INSERT INTO" in places["log of PostgreSQL"]
    assert "Traceback" in places["log of the portal"]
    assert "Subject:" in places["mail"]
    found = {
        (place, marker)
        for place, text in places.items()
        for marker in (*MARKERS, *made)
        for spelling in spellings(marker)
        if spelling in text
    }
    assert found == set()
    assert not re.search(r"\b\d{14}\b", places["mail"]), "no user number in a mail"


def test_a_template_that_asks_for_nothing_known_prints_no_context(rf, caplog):
    request = rf.get("/", {"pin": RIGHT_PIN})
    with caplog.at_level(logging.DEBUG, logger="django"):
        Template("{{ not_there }}").render(RequestContext(request))
    assert RIGHT_PIN not in caplog.text
