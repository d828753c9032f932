"""The page that asks, and the press that lifts."""

import pytest
from django.test import Client

from accounts.choices import AccountKind
from accounts.models import AuditEvent
from blocking.choices import BlockReason
from blocking.models import Block
from messagebox.models import Delivery
from tests import factories
from tests.desk.conftest import BULK, account_address, is_open, lift_address, lifted, refusals, text_of

pytestmark = pytest.mark.django_db

LIFT = {"reason": "caps_lock", "note": "Caps Lock stond aan"}


def test_asking_says_who_what_since_when_and_what_happens_next(signed_in, anja, anna, blocked):
    page = text_of(signed_in(anja).get(lift_address(blocked)))

    for told in (anna.name, anna.user_number, "Wachtwoord geblokkeerd", "Sinds", "5 keer", "vijf nieuwe pogingen"):
        assert told in page


def test_attempts_are_counted_as_the_portal_does(signed_in, anja, anna, blocked, settings):
    settings.PORTAL_FAILURE_LIMIT = 3
    browser = signed_in(anja)
    other = factories.account(anna.organisation, "Karel Kok")
    two = [blocked, factories.block(other)]
    both = {"block": [str(block.public_id) for block in two]}

    assert "drie nieuwe pogingen" in text_of(browser.get(lift_address(blocked)))
    assert "drie nieuwe pogingen" in text_of(browser.post(BULK, both))
    for block, reason in zip(two, ("forgotten", "other"), strict=True):
        answer = browser.post(lift_address(block), {"reason": reason}, follow=True)
        assert "heeft weer drie pogingen" in text_of(answer)


def test_looking_never_lifts(signed_in, anja, blocked):
    browser = signed_in(anja)
    for method in ("get", "head"):
        assert getattr(browser, method)(f"{lift_address(blocked)}?reason=other&note=x").status_code == 200
    assert browser.put(lift_address(blocked)).status_code == 405
    assert is_open(blocked)


def test_a_press_lifts_and_the_account_page_says_so_and_what_is_next(signed_in, anja, anna, blocked):
    browser = signed_in(anja)
    answer = browser.post(lift_address(blocked), LIFT)

    assert answer.status_code == 303
    assert answer["Location"].startswith(account_address(anna))
    assert not is_open(blocked)
    for _ in range(2):  # it lasts: a second look says it again
        page = text_of(browser.get(answer["Location"]))
        assert "Blokkade opgeheven" in page
        assert "Vraag Anna de Boer" in page


def test_a_lift_is_recorded_with_its_reason_and_told_to_the_user(signed_in, anja, noord, blocked):
    signed_in(anja).post(lift_address(blocked), LIFT)

    row = Block.objects.get(pk=blocked.pk)
    assert (row.lifted_by, row.lift_channel, row.lift_reason) == (anja, "user_administration", "caps_lock")
    assert row.lift_note == "Caps Lock stond aan"
    event = AuditEvent.objects.get(slug="account:block:lifted")
    assert (event.actor, event.on_behalf_of) == (anja, noord)
    assert Delivery.objects.filter(template="block_lifted", to_account=blocked.account).count() == 1


@pytest.mark.parametrize("reason", ["forgotten", "caps_lock", "new_device", "other"])
def test_every_reason_of_the_list_will_do_without_a_note(signed_in, anja, blocked, reason):
    assert signed_in(anja).post(lift_address(blocked), {"reason": reason}).status_code == 303
    assert Block.objects.get(pk=blocked.pk).lift_reason == reason


@pytest.mark.parametrize("reason", ["", "because", "FORGOTTEN", "forgotten\x00", "x" * 100_000])
def test_a_bad_reason_is_asked_again_and_keeps_what_was_typed(signed_in, anja, blocked, reason):
    page = signed_in(anja).post(lift_address(blocked), {"reason": reason, "note": "Belde zelf <b>"})

    assert page.status_code == 200
    assert "<title>Fout: " in page.content.decode()
    assert "Kies een reden" in text_of(page)
    assert "Belde zelf &lt;b&gt;" in page.content.decode()
    assert 'href="#id_reason_0"' in page.content.decode()
    assert is_open(blocked)


def test_a_note_that_is_too_long_is_asked_again(signed_in, anja, blocked):
    page = signed_in(anja).post(lift_address(blocked), {"reason": "other", "note": "n" * 501})

    assert page.status_code == 200
    assert "hoogstens 500 tekens" in text_of(page)
    assert is_open(blocked)


def test_control_and_direction_characters_in_a_note_are_inert(signed_in, anja, blocked):
    signed_in(anja).post(lift_address(blocked), {"reason": "other", "note": "één\r\ntwee\u202edrie"})

    assert Block.objects.get(pk=blocked.pk).lift_note == "één tweedrie"


def test_a_press_without_the_forms_token_lifts_nothing(anja, blocked):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anja)

    assert browser.post(lift_address(blocked), LIFT).status_code == 403
    assert is_open(blocked)


def test_the_forms_own_token_lifts(anja, blocked):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anja)
    token = browser.get(lift_address(blocked)).context["csrf_token"]

    assert browser.post(lift_address(blocked), LIFT | {"csrfmiddlewaretoken": str(token)}).status_code == 303


@pytest.mark.parametrize("method", ["get", "post"])
class TestRefused:
    """The same answer to looking and to pressing, each written down; what was lifted already is below."""

    def refused(self, browser, method, block, code, status=403):
        before = len(refusals("account:block_lift:refused"))
        page = getattr(browser, method)(lift_address(block), LIFT)
        assert page.status_code == status
        after = refusals("account:block_lift:refused")
        assert len(after) == before + 1
        assert after[-1].parameters == {"code": code}
        assert after[-1].account == block.account
        return text_of(page)

    def test_ones_own_account(self, signed_in, anja, method):
        block = factories.block(anja)
        page = self.refused(signed_in(anja), method, block, "own_account")
        assert "niet zelf" in page
        assert is_open(block)

    def test_a_colleague_lifts_it(self, signed_in, anja, bram, method):
        block = factories.block(anja, BlockReason.PIN)
        expected = {"get": 200, "post": 303}[method]
        assert getattr(signed_in(bram), method)(lift_address(block), LIFT).status_code == expected

    @pytest.mark.parametrize("reason", [BlockReason.PIN, BlockReason.PASSWORD])
    def test_the_system_account(self, signed_in, anja, noord_software, method, reason):
        block = factories.block(noord_software, reason)
        assert "Support" in self.refused(signed_in(anja), method, block, "system_account")
        assert is_open(block)

    def test_a_quota_block(self, signed_in, anja, anna, a_service, method):
        block = factories.block(anna, BlockReason.QUOTA, service=a_service)
        assert "alleen Support" in self.refused(signed_in(anja), method, block, "only_support_may_lift")
        assert is_open(block)

    def test_a_support_block(self, signed_in, anja, anna, method):
        block = factories.block(anna, BlockReason.SUPPORT)
        self.refused(signed_in(anja), method, block, "only_support_may_lift")
        assert is_open(block)

    def test_the_third_lift_of_one_account_in_a_day(self, signed_in, anja, bram, anna, method):
        lifted(factories.block(anna), anja)
        lifted(factories.block(anna, BlockReason.PIN), bram)
        block = factories.block(anna)
        assert "Support" in self.refused(signed_in(anja), method, block, "lift_budget_spent")
        assert is_open(block)

    def test_but_lifts_of_yesterday_do_not_count(self, signed_in, anja, anna, method):
        for _ in range(2):
            block = factories.block(anna, opened_at=factories.a_moment_ago(hours=30))
            lifted(block, anja, at=factories.a_moment_ago(hours=25))
        answer = getattr(signed_in(anja), method)(lift_address(factories.block(anna)), LIFT)
        assert answer.status_code in {200, 303}

    def test_an_id_that_no_block_has(self, signed_in, anja, method):
        address = "/gebruikersbeheer/blokkades/00000000-0000-4000-8000-000000000000/opheffen/"
        assert getattr(signed_in(anja), method)(address, LIFT).status_code == 404
        assert [event.parameters["code"] for event in refusals("account:page:refused")] == ["not_your_organisation"]


@pytest.mark.parametrize("typed", [LIFT, {}], ids=["a whole form", "an empty form"])
def test_a_press_on_a_block_that_was_lifted_already_is_written_down(signed_in, anja, bram, blocked, typed):
    lifted(blocked, bram)
    answer = signed_in(anja).post(lift_address(blocked), typed)
    assert answer.status_code == 409
    assert "al opgeheven" in text_of(answer)
    assert [event.parameters for event in refusals("account:block_lift:refused")] == [{"code": "already_lifted"}]
    assert Block.objects.get(pk=blocked.pk).lifted_by == bram


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_about_a_block_that_was_lifted_already_is_no_attempt(signed_in, anja, bram, blocked, method):
    lifted(blocked, bram)
    assert getattr(signed_in(anja), method)(lift_address(blocked)).status_code == 409
    assert refusals("account:block_lift:refused") == []


def test_pressing_twice_lifts_once_and_says_that_it_has_happened(signed_in, anja, blocked):
    browser = signed_in(anja)
    assert browser.post(lift_address(blocked), LIFT).status_code == 303
    assert browser.post(lift_address(blocked), LIFT).status_code == 409
    assert AuditEvent.objects.filter(slug="account:block:lifted").count() == 1


def test_what_stays_blocked_is_said_before_and_after(signed_in, anja, anna, blocked):
    factories.block(anna, BlockReason.SUPPORT)
    browser = signed_in(anja)
    page = text_of(browser.get(lift_address(blocked)))
    assert "blijft geblokkeerd" in page
    assert "Geblokkeerd door Support blijft: Support heft deze op." in page

    answer = browser.post(lift_address(blocked), LIFT, follow=True)
    assert "nog geblokkeerd" in text_of(answer)


def test_the_software_has_no_button_but_has_its_page(signed_in, anja, noord_software):
    factories.block(noord_software, BlockReason.PIN)
    page = signed_in(anja).get(account_address(noord_software))

    assert noord_software.kind == AccountKind.SYSTEM
    assert page.status_code == 200
    assert "/opheffen/" not in page.content.decode()
    assert "alleen Support" in text_of(page)
