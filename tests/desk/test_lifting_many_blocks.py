"""One reason for many blocks: each lifted or refused on its own, and nothing told of what is not one's own."""

from uuid import uuid4

import pytest
from django.test import Client

from blocking.choices import BlockReason
from blocking.models import Block
from tests import factories
from tests.desk.conftest import BULK, LIST, is_open, lifted, many_accounts, refusals, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(noord, anja, bram, anna, chris, noord_software, a_service):
    """One block of every sort, by what should become of it."""
    karel, kees, over_budget = (factories.account(noord, name) for name in ("Karel Kok", "Kees Kuiper", "Otto Otten"))
    for _ in range(2):
        lifted(factories.block(over_budget), bram)
    return {
        "password": factories.block(anna),
        "pin": factories.block(karel, BlockReason.PIN),
        "own": factories.block(anja),
        "quota": factories.block(anna, BlockReason.QUOTA, service=a_service),
        "support": factories.block(kees, BlockReason.SUPPORT),
        "system": factories.block(noord_software, BlockReason.PIN),
        "budget": factories.block(over_budget),
        "lifted": lifted(factories.block(kees), bram),
        "foreign": factories.block(chris),
    }


def press(browser, blocks, **said):
    ids = [str(getattr(block, "public_id", block)) for block in blocks]
    return browser.post(BULK, {"block": ids, **said})


def test_each_is_lifted_or_refused_on_its_own(signed_in, anja, mixed):
    page = press(signed_in(anja), mixed.values(), reason="other", note="Storing")

    assert page.status_code == 200
    assert not is_open(mixed["password"])
    assert not is_open(mixed["pin"])
    assert "2 opgeheven, 1 was al opgeheven, 6 niet opgeheven" in text_of(page)
    for refused in ("own", "quota", "support", "system", "budget", "foreign"):
        assert is_open(mixed[refused]), refused


def test_the_result_says_of_each_refused_one_why(signed_in, anja, mixed):
    page = text_of(press(signed_in(anja), mixed.values(), reason="other"))

    for why in ("uw eigen account niet zelf", "heft alleen Support op", "in de afgelopen 24 uur"):
        assert why in page


class TestWhatWasLiftedAlready:
    """A colleague was first, or the same press came twice: nothing is wrong."""

    @pytest.fixture
    def before(self, anna, bram):
        return lifted(factories.block(anna), bram)

    def test_alone_it_is_no_error(self, signed_in, anja, before):
        page = press(signed_in(anja), [before], reason="other")

        assert "<title>Blokkades opheffen: de uitkomst" in page.content.decode()
        assert "Was al opgeheven" in text_of(page)
        assert "Ter informatie: Deze blokkade was al opgeheven." in text_of(page)
        assert "Fout:" not in text_of(page)
        assert "Niet opgeheven" not in text_of(page)

    def test_beside_what_is_lifted_now_all_are_lifted(self, signed_in, anja, noord, before):
        now = factories.block(factories.account(noord, "Karel Kok"))
        page = text_of(press(signed_in(anja), [before, now], reason="other"))

        assert "1 opgeheven, 1 was al opgeheven." in page
        assert "Gelukt: Alle gekozen blokkades zijn opgeheven." in page

    def test_beside_what_is_refused_nothing_is_lifted(self, signed_in, anja, before):
        page = press(signed_in(anja), [before, factories.block(anja)], reason="other")

        assert "<title>Fout: Blokkades opheffen: de uitkomst" in page.content.decode()


def test_the_title_says_fout_only_where_nothing_is_lifted(signed_in, anja, mixed):
    browser = signed_in(anja)
    refused = press(browser, [mixed["own"], mixed["support"]], reason="other").content.decode()
    in_part = press(browser, [mixed["own"], mixed["password"]], reason="other").content.decode()

    assert "<title>Fout: Blokkades opheffen: de uitkomst" in refused
    assert "<title>Blokkades opheffen: de uitkomst" in in_part


def test_every_refusal_is_written_down(signed_in, anja, mixed):
    press(signed_in(anja), mixed.values(), reason="other")

    codes = [event.parameters["code"] for event in refusals("account:block_lift:refused")]
    assert sorted(codes) == sorted([
        "own_account", "only_support_may_lift", "only_support_may_lift", "system_account",
        "lift_budget_spent", "already_lifted", "not_your_organisation",
    ])  # fmt: skip


def test_what_is_somebody_elses_or_nobodys_is_unknown_alike(signed_in, anja, chris, mixed):
    strange = [mixed["foreign"], uuid4(), "geen-uuid", "", "1 OR 1=1", "\x00", "é" * 1000]
    page = press(signed_in(anja), strange, reason="other")

    assert page.status_code == 200
    assert chris.name not in text_of(page)
    assert chris.user_number not in text_of(page)
    assert f"0 opgeheven, {len(strange)} niet opgeheven" in text_of(page)
    assert text_of(page).count("Onbekend") >= len(strange)
    assert is_open(mixed["foreign"])
    assert len(refusals("account:page:refused")) == 1


def test_a_block_asked_twice_is_one(signed_in, anja, blocked):
    page = press(signed_in(anja), [blocked, blocked], reason="other")

    assert "1 opgeheven." in text_of(page)


def test_the_budget_counts_within_one_press_too(signed_in, anja, anna):
    lifted(factories.block(anna), anja)
    second, third = factories.block(anna, BlockReason.PIN), factories.block(anna)

    press(signed_in(anja), [second, third], reason="other")

    assert not is_open(second)
    assert is_open(third)


def test_the_first_step_shows_what_was_chosen_and_lifts_nothing(signed_in, anja, anna, mixed):
    page = press(signed_in(anja), mixed.values())

    assert page.status_code == 200
    assert "2 blokkades opheffen?" in text_of(page)
    assert anna.name in text_of(page)
    assert "Fout: " not in text_of(page)
    assert str(mixed["foreign"].public_id) not in page.content.decode()
    assert all(is_open(mixed[name]) for name in mixed if name != "lifted")


@pytest.mark.parametrize("said", [{}, {"reason": ""}, {"reason": "other"}])
def test_asking_for_what_is_not_ones_own_is_written_down_in_every_step(signed_in, anja, chris, mixed, said):
    press(signed_in(anja), [mixed["password"], mixed["foreign"], uuid4()], **said)

    (foreign,) = refusals("account:block_lift:refused")
    assert (foreign.parameters["code"], foreign.account, foreign.actor) == ("not_your_organisation", chris, anja)
    assert [event.parameters["code"] for event in refusals("account:page:refused")] == ["not_your_organisation"]


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_bad_reason_is_asked_again(signed_in, anja, blocked, reason):
    page = press(signed_in(anja), [blocked], reason=reason, note="Belde zelf")

    assert page.status_code == 200
    assert "<title>Fout: " in page.content.decode()
    assert "Kies een reden" in text_of(page)
    assert "Belde zelf" in page.content.decode()
    assert str(blocked.public_id) in page.content.decode()
    assert is_open(blocked)


def test_the_second_step_without_a_reason_is_asked_again(signed_in, anja, blocked):
    """A browser sends no reason at all while none is chosen."""
    page = press(signed_in(anja), [blocked], note="")

    assert "<title>Fout: " in page.content.decode()
    assert "Kies een reden" in text_of(page)
    assert is_open(blocked)


@pytest.mark.parametrize("said", [{}, {"reason": "other"}])
def test_choosing_nothing_is_asked_again(signed_in, anja, said):
    page = signed_in(anja).post(BULK, said)

    assert page.status_code == 200
    assert "nog geen blokkade gekozen" in text_of(page)
    assert "Kies een reden" not in text_of(page)
    assert "<title>Fout: " in page.content.decode()


def test_two_hundred_will_do_and_one_more_is_too_many(signed_in, anja, noord):
    many_accounts(noord, 200, blocked=200)
    ids = list(Block.objects.values_list("public_id", flat=True))
    browser = signed_in(anja)

    too_many = press(browser, [*ids, uuid4()], reason="other")
    assert too_many.status_code == 400
    assert "hoogstens 200" in text_of(too_many)
    assert "Dit mag u niet" not in text_of(too_many)
    assert Block.objects.open().count() == 200

    assert "200 blokkades opheffen?" in text_of(press(browser, ids))


def test_more_than_any_form_holds_is_refused_outright(signed_in, anja):
    assert press(signed_in(anja), [uuid4() for _ in range(600)], reason="other").status_code in {400, 413}


def test_looking_never_lifts(signed_in, anja, blocked):
    assert signed_in(anja).get(f"{BULK}?block={blocked.public_id}&reason=other").status_code == 405
    assert is_open(blocked)


def test_a_press_without_the_forms_token_lifts_nothing(anja, blocked):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anja)

    assert press(browser, [blocked], reason="other").status_code == 403
    assert is_open(blocked)


def test_the_lists_own_form_leads_to_the_first_step(anja, anna, noord, blocked):
    factories.block(factories.account(noord, "Karel Kok"))
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(anja)
    page = browser.get(LIST)
    assert f'action="{BULK}"' in page.content.decode()
    token = str(page.context["csrf_token"])

    answer = browser.post(BULK, {"block": str(blocked.public_id), "csrfmiddlewaretoken": token})
    assert "1 blokkade opheffen?" in text_of(answer)


def test_a_mandate_that_ended_lifts_nothing(signed_in, anja, blocked):
    browser = signed_in(anja)
    anja.mandates.update(valid_until=factories.a_moment_ago(seconds=1))

    assert press(browser, [blocked], reason="other").status_code == 403
    assert is_open(blocked)


class TestWhatStays:
    """Lifting one block of an account that has more: what stays, and who lifts that, before and after."""

    @pytest.fixture
    def twice(self, anna, a_service):
        factories.block(anna, BlockReason.QUOTA, service=a_service)
        return factories.block(anna)

    @pytest.mark.parametrize("said", [{}, {"reason": "other"}])
    def test_what_only_support_lifts_is_said(self, signed_in, anja, twice, said):
        page = text_of(press(signed_in(anja), [twice], **said))
        assert "Quotum overschreden blijft: Support heft deze op." in page

    @pytest.mark.parametrize("said", [{}, {"reason": "other"}])
    def test_what_was_not_chosen_is_said(self, signed_in, anja, anna, blocked, said):
        factories.block(anna, BlockReason.PIN)
        page = text_of(press(signed_in(anja), [blocked], **said))
        assert "Pincode geblokkeerd blijft: u kunt deze ook opheffen." in page

    @pytest.mark.parametrize("said", [{}, {"reason": "other"}])
    def test_what_goes_as_well_does_not_stay(self, signed_in, anja, anna, blocked, said):
        page = text_of(press(signed_in(anja), [blocked, factories.block(anna, BlockReason.PIN)], **said))
        assert "blijft" not in page

    @pytest.mark.parametrize("said", [{}, {"reason": "other"}])
    def test_a_lift_that_spends_the_budget_leaves_the_rest_to_support(self, signed_in, anja, anna, said):
        lifted(factories.block(anna), anja)
        password, _ = factories.block(anna), factories.block(anna, BlockReason.PIN)
        page = text_of(press(signed_in(anja), [password], **said))
        assert "Pincode geblokkeerd blijft: Support heft deze op." in page

    def test_the_budget_is_reckoned_with_before_the_press(self, signed_in, anja, anna):
        lifted(factories.block(anna), anja)
        page = text_of(press(signed_in(anja), [factories.block(anna), factories.block(anna, BlockReason.PIN)]))
        assert "1 blokkade opheffen?" in page
        assert "in de afgelopen 24 uur" in page

    def test_a_result_where_something_stays_does_not_say_that_all_can_go_on(self, signed_in, anja, twice):
        page = text_of(press(signed_in(anja), [twice], reason="other"))
        assert "1 opgeheven." in page
        assert "kunnen het opnieuw proberen" not in page

    def test_nothing_is_said_of_what_is_somebody_elses(self, signed_in, anja, chris):
        factories.block(chris, BlockReason.PIN)
        page = text_of(press(signed_in(anja), [factories.block(chris)], reason="other"))
        assert "blijft" not in page

    def test_it_is_read_in_one_statement_however_many_blocks(
        self, signed_in, anja, noord, chris, zuid, a_service, query_counter
    ):
        def statements(person, organisation, count, **said):
            blocks = Block.objects.open().of(organisation).filter(reason=BlockReason.PASSWORD)
            browser = signed_in(person)
            with query_counter() as queries:
                assert text_of(press(browser, blocks, **said)).count("Quotum overschreden blijft") == count
            return [query["sql"] for query in queries]

        for organisation, count in ((noord, 1), (zuid, 12)):
            for account in many_accounts(organisation, count, blocked=count):
                factories.block(account, BlockReason.QUOTA, service=a_service)

        assert len(statements(anja, noord, 1)) == len(statements(chris, zuid, 12))
        for lifting in (statements(anja, noord, 1, reason="other"), statements(chris, zuid, 12, reason="other")):
            assert len([sql for sql in lifting if "recent_lifts" in sql]) == 2
