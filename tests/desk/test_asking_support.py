"""Asking Support to lift what one does not lift oneself: from the message, from the account's page, and never twice."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import AuditEvent
from blocking.choices import BlockReason
from blocking.models import Block, SupportCase
from blocking.services import open_block, refuse_case, take_case
from messagebox.models import Message
from messagebox.services import post_message
from tests import factories
from tests.cases import a_case, checked, granted, lifted_by_support
from tests.desk.conftest import account_address, text_of
from tests.factories import by

pytestmark = pytest.mark.django_db

BUTTON = "Vraag Support om op te heffen"


@pytest.fixture
def block(anna, a_service):
    opened = open_block(anna, reason=BlockReason.QUOTA, service=a_service, by=PORTAL, at=timezone.now())
    assert opened
    return opened


@pytest.fixture
def message(anja, block):
    return Message.objects.get(kind="blocking:block_opened")


def read(message):
    return f"/berichtenbox/{message.public_id}/"


def from_message(message):
    return f"{read(message)}verzoek/"


def from_account(block):
    return f"/gebruikersbeheer/blokkades/{block.public_id}/verzoek/"


def withdrawing(case):
    return f"/gebruikersbeheer/verzoeken/{case.public_id}/intrekken/"


# --- from the message ----------------------------------------------------------------------------


def test_the_message_about_a_quota_has_the_button(signed_in, anja, message):
    page = signed_in(anja).get(read(message))
    assert f'action="{from_message(message)}"' in page.text
    assert BUTTON in text_of(page)
    assert "csrfmiddlewaretoken" in page.text.split(from_message(message))[1]


def test_pressing_files_the_case_and_the_confirmation_lasts(signed_in, anja, message, block):
    browser = signed_in(anja)
    answer = browser.post(from_message(message))
    case = SupportCase.objects.get()
    assert (answer.status_code, case.block, case.caller_account) == (303, block, anja)
    page = browser.get(answer["Location"])
    assert f"Uw verzoek {case.number} is ingediend" in text_of(page)
    assert "U krijgt daarover een bericht in de Berichtenbox." in text_of(page)
    assert page.text.index("is ingediend") < page.text.index("<h1")
    later = text_of(browser.get(read(message)))
    assert f"U hebt verzoek {case.number} ingediend" in later
    assert "nog niet in behandeling genomen" in later
    assert BUTTON not in later


def test_who_handles_it_at_support_is_no_secret_but_for_the_name(signed_in, anja, sanne, message):
    browser = signed_in(anja)
    browser.post(from_message(message))
    case = SupportCase.objects.get()
    take_case(case, by=by(sanne), at=timezone.now(), seen=case.as_seen)
    page = text_of(browser.get(read(message)))
    assert "Support heeft het in behandeling." in page
    assert sanne.name not in page


def test_looking_files_nothing(signed_in, anja, message):
    assert signed_in(anja).get(from_message(message)).status_code == 405
    assert not SupportCase.objects.exists()


def test_it_wants_a_csrf_token(anja, message):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anja)
    assert browser.post(from_message(message)).status_code == 403
    assert not SupportCase.objects.exists()


def test_pressing_twice_finds_the_first(signed_in, anja, bram, message):
    for person in (anja, anja, bram):
        answer = signed_in(person).post(from_message(message), follow=True)
        assert answer.redirect_chain == [(read(message), 303)]
    assert SupportCase.objects.count() == 1
    assert f"Verzoek {SupportCase.objects.get().number} over deze blokkade ligt al bij Support" in text_of(answer)


def test_a_colleague_sees_who_asked_and_may_take_it_back(signed_in, anja, bram, message):
    signed_in(anja).post(from_message(message))
    case = SupportCase.objects.get()
    page = signed_in(bram).get(read(message))
    assert f"Anja Visser heeft verzoek {case.number} ingediend" in text_of(page)
    assert withdrawing(case) in page.text
    assert signed_in(bram).post(withdrawing(case)).status_code == 303
    case.refresh_from_db()
    assert (case.state, case.handled_by) == ("withdrawn", bram)


def test_a_case_that_support_opened_is_what_one_finds(signed_in, anja, sanne, message, block):
    case = a_case(block, sanne)
    page = signed_in(anja).get(read(message))
    assert f"Support heeft verzoek {case.number} vastgelegd" in text_of(page)
    assert withdrawing(case) not in page.text


def test_a_lifted_block_is_not_asked_about(signed_in, anja, sanne, message, block):
    lifted_by_support(block, sanne)
    page = text_of(signed_in(anja).get(read(message)))
    assert "De blokkade is opgeheven." in page
    assert BUTTON not in page
    assert signed_in(anja).post(from_message(message)).status_code == 409
    assert AuditEvent.objects.get(slug="account:case_filing:refused").parameters == {"code": "already_lifted"}


def test_after_a_refusal_it_says_so_and_one_may_ask_again(signed_in, anja, sanne, message):
    browser = signed_in(anja)
    browser.post(from_message(message))
    case = SupportCase.objects.get()
    case = take_case(case, by=by(sanne), at=timezone.now(), seen=case.as_seen)
    refuse_case(case, by=by(sanne), at=timezone.now(), seen=case.as_seen, note="nog niet hersteld")
    page = text_of(browser.get(read(message)))
    assert f"Support heeft verzoek {case.number} afgewezen" in page
    assert 'De reden staat in een bericht in de <a href="/berichtenbox/">' in " ".join(
        browser.get(read(message)).text.split()
    )
    assert BUTTON in page


def test_what_one_lifts_oneself_has_no_button_and_is_refused(signed_in, anja, noord):
    person = factories.account(noord, "Karel Kok")
    open_block(person, reason=BlockReason.PASSWORD, by=PORTAL, at=timezone.now())
    message = Message.objects.get()
    assert BUTTON not in text_of(signed_in(anja).get(read(message)))
    assert signed_in(anja).post(from_message(message)).status_code == 403
    assert AuditEvent.objects.get(slug="account:case_filing:refused").parameters == {"code": "lift_it_yourself"}


@pytest.mark.parametrize("parameters", [{}, {"block": "iets"}, {"block": str(uuid4())}])
def test_a_message_that_names_no_block_has_no_button(signed_in, anja, anna, noord, parameters):
    message = post_message(
        noord, kind="blocking:block_opened", parameters=parameters, about=anna, by=PORTAL, at=timezone.now()
    )
    assert signed_in(anja).get(read(message)).status_code == 200
    assert BUTTON not in text_of(signed_in(anja).get(read(message)))
    assert signed_in(anja).post(from_message(message)).status_code == 404


def test_a_message_that_names_somebody_elses_block_says_nothing_of_it(signed_in, chris, zuid, block):
    message = post_message(
        zuid,
        kind="blocking:block_opened",
        parameters={"block": str(block.public_id)},
        about=None,
        by=PORTAL,
        at=timezone.now(),
    )
    assert BUTTON not in text_of(signed_in(chris).get(read(message)))
    assert signed_in(chris).post(from_message(message)).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("chris", 404), ("anna", 403), ("dirk", 403), ("sanne", 403)])
def test_nobody_else_files_it(signed_in, request, message, block, who, status):
    browser = signed_in(request.getfixturevalue(who))
    assert browser.post(from_message(message)).status_code == status
    assert browser.post(from_account(block)).status_code == status
    assert not SupportCase.objects.exists()
    assert AuditEvent.objects.filter(outcome="refused").count() == 2


def test_a_message_that_is_not_there_is_not_found(signed_in, anja):
    assert signed_in(anja).post(f"/berichtenbox/{uuid4()}/verzoek/").status_code == 404


# --- from the account's page, and taking it back ---------------------------------------------------


@pytest.mark.parametrize("reason", [BlockReason.QUOTA, BlockReason.SUPPORT])
def test_what_one_may_not_lift_offers_to_ask(signed_in, anja, anna, a_service, reason):
    block = factories.block(anna, reason, service=a_service if reason == BlockReason.QUOTA else None)
    page = signed_in(anja).get(account_address(anna))
    assert f'action="{from_account(block)}"' in page.text


def test_of_the_system_account_too(signed_in, anja, noord_software):
    block = factories.block(noord_software, BlockReason.PIN)
    browser = signed_in(anja)
    assert f'action="{from_account(block)}"' in browser.get(account_address(noord_software)).text
    answer = browser.post(from_account(block), follow=True)
    assert f"Uw verzoek {SupportCase.objects.get().number} is ingediend" in text_of(answer)


def test_what_one_may_lift_offers_no_such_thing(signed_in, anja, anna):
    block = factories.block(anna)
    page = signed_in(anja).get(account_address(anna))
    assert from_account(block) not in page.text
    assert signed_in(anja).post(from_account(block)).status_code == 403


def test_a_block_that_is_not_there_is_not_found(signed_in, anja):
    assert signed_in(anja).post(f"/gebruikersbeheer/blokkades/{uuid4()}/verzoek/").status_code == 404
    assert AuditEvent.objects.get(slug="account:page:refused").actor == anja


def test_the_page_costs_one_statement_more_for_any_number_of_blocks(signed_in, anja, anna, a_service, query_counter):
    browser = signed_in(anja)
    for reason in (BlockReason.PASSWORD, BlockReason.SUPPORT):
        factories.block(anna, reason)
    with query_counter() as two:
        browser.get(account_address(anna))
    factories.block(anna, BlockReason.PIN)
    factories.block(anna, BlockReason.QUOTA, service=a_service)
    with query_counter() as four:
        browser.get(account_address(anna))
    assert len(four) == len(two)


def test_who_asked_may_take_it_back(signed_in, anja, message):
    browser = signed_in(anja)
    browser.post(from_message(message))
    case = SupportCase.objects.get()
    asked = f"{withdrawing(case)}?terug={message.public_id}"
    assert f'href="{asked}"' in browser.get(read(message)).text
    page = browser.get(asked)
    assert f"Verzoek {case.number} intrekken?" in text_of(page)
    assert f'name="terug" value="{message.public_id}"' in page.text
    case.refresh_from_db()
    assert case.is_open
    answer = browser.post(withdrawing(case), {"terug": str(message.public_id)})
    assert (answer.status_code, answer["Location"]) == (303, read(message))
    page = browser.get(read(message))
    assert f"Verzoek {case.number} is ingetrokken. De blokkade blijft" in text_of(page)
    assert page.text.index("is ingetrokken") < page.text.index("<h1")
    assert BUTTON in text_of(page)


def test_one_comes_back_to_the_page_of_the_software(signed_in, anja, noord_software, a_service):
    block = factories.block(noord_software, BlockReason.QUOTA, service=a_service)
    browser = signed_in(anja)
    browser.post(from_account(block))
    answer = browser.post(withdrawing(SupportCase.objects.get()), {"terug": "systeemcertificaten"})
    assert answer["Location"] == "/gebruikersbeheer/systeemcertificaten/"


@pytest.mark.parametrize("back", ["", "https://elders.test/", "systeemcertificaten", "\x00"])
def test_whatever_is_sent_along_one_stays_here(signed_in, anja, anna, block, back):
    answer = signed_in(anja).post(from_account(block), {"terug": back})
    assert answer["Location"] == account_address(anna)


@pytest.mark.parametrize(("who", "status"), [("chris", 404), ("anna", 403)])
def test_nobody_else_is_asked_whether_to_take_it_back(signed_in, request, anja, message, who, status):
    signed_in(anja).post(from_message(message))
    asked = withdrawing(SupportCase.objects.get())
    assert signed_in(request.getfixturevalue(who)).get(asked).status_code == status


@pytest.mark.parametrize(("who", "status"), [("chris", 404), ("anna", 403)])
def test_nobody_else_takes_it_back(signed_in, request, anja, message, who, status):
    signed_in(anja).post(from_message(message))
    case = SupportCase.objects.get()
    assert signed_in(request.getfixturevalue(who)).post(withdrawing(case)).status_code == status
    case.refresh_from_db()
    assert case.is_open
    assert AuditEvent.objects.filter(outcome="refused").count() == 1


def test_what_is_decided_is_not_taken_back(signed_in, anja, sanne, message):
    signed_in(anja).post(from_message(message))
    case = SupportCase.objects.get()
    granted(take_case(case, by=by(sanne), at=timezone.now(), seen=case.as_seen), sanne)
    for press in (signed_in(anja).get, signed_in(anja).post):
        assert press(withdrawing(case)).status_code == 409
    assert signed_in(anja).post(withdrawing(type("", (), {"public_id": uuid4()}))).status_code == 404


def test_a_case_that_support_opened_is_not_ones_own(signed_in, anja, sanne, block):
    case = checked(a_case(block, sanne), sanne)
    assert signed_in(anja).post(withdrawing(case)).status_code == 403
    assert Block.objects.open().filter(pk=block.pk).exists()
