"""A number that was typed wrong is corrected: nothing is typed anew, and the mistaken case leaves the queue."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from blocking import refusals
from blocking.choices import BlockReason, CaseChannel
from blocking.models import SupportCase
from blocking.services import Quoted, open_case, take_case
from tests import factories
from tests.cases import CONTACT_PERSON, NEW_CASE, a_case
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def block(anna, a_service):
    return factories.block(anna, BlockReason.QUOTA, service=a_service)


@pytest.fixture
def mistaken(sanne, anna, block):
    wrong = Quoted("00000000", anna.user_number)
    return open_case(
        quoted=wrong,
        caller=CONTACT_PERSON,
        channel=CaseChannel.EMAIL,
        note="belt straks terug",
        by=by(sanne),
        at=timezone.now(),
    )


def correcting(case):
    return f"{NEW_CASE}?verbetert={case.pk}"


def typed_again(page, **corrected):
    form = page.context["form"]
    return {field.html_name: field.value() or "" for field in form} | corrected


def corrected(support, case, anna):
    page = support.get(correcting(case))
    return support.post(correcting(case), typed_again(page, quoted_agb_code=anna.organisation.agb_code))


def test_the_page_of_the_case_leads_there(support, mistaken):
    page = support.get(f"/beheer/blocking/supportcase/{mistaken.pk}/change/")
    assert correcting(mistaken) in page.text
    assert "Nummers verbeteren" in page.text


def test_what_was_written_down_is_there_still(support, mistaken, anna):
    form = support.get(correcting(mistaken)).context["form"]
    assert {name: form[name].value() for name in form.fields} == {
        "channel": "email",
        "caller": "contact_person",
        "caller_name": CONTACT_PERSON.name,
        "quoted_agb_code": "00000000",
        "quoted_user_number": anna.user_number,
        "note": "belt straks terug",
    }


def test_the_new_case_comes_in_its_place_and_both_are_in_the_log(support, sanne, mistaken, anna, block):
    assert corrected(support, mistaken, anna).status_code == 303
    case = SupportCase.objects.open().get()
    mistaken.refresh_from_db()
    assert (case.account, case.block, case.assignee) == (anna, block, sanne)
    assert (mistaken.state, mistaken.handled_by, mistaken.account) == ("withdrawn", sanne, None)
    assert case.number in mistaken.decision_note
    event = AuditEvent.objects.get(slug="account:case:withdrawn")
    assert (event.actor, event.parameters["number"]) == (sanne, mistaken.number)
    assert AuditEvent.objects.filter(slug="account:case:mismatched").count() == 1


def test_numbers_that_do_not_match_again_say_so_again(support, mistaken):
    page = support.get(correcting(mistaken))
    assert support.post(correcting(mistaken), typed_again(page)).status_code == 303
    assert SupportCase.objects.open().get().account is None
    assert AuditEvent.objects.filter(slug="account:case:mismatched").count() == 2


def test_only_who_handles_it_corrects_it(support, mistaken, teun, anna):
    take_case(mistaken, by=by(teun), at=timezone.now(), seen=mistaken.as_seen, reason="Sanne is naar huis")
    answer = corrected(support, mistaken, anna)
    assert answer.status_code == 409
    assert "Alleen de behandelaar" in answer.text
    assert SupportCase.objects.get() == mistaken
    assert AuditEvent.objects.get(outcome="refused", slug="account:case_act:refused").parameters == {
        "code": "not_assignee"
    }
    assert "Nummers verbeteren" not in support.get(f"/beheer/blocking/supportcase/{mistaken.pk}/change/").text


def test_a_case_whose_numbers_match_is_not_corrected(support, sanne, block):
    right = a_case(block, sanne)
    assert support.get(correcting(right)).context["form"].instead_of is None
    with pytest.raises(refusals.CaseChanged):
        open_case(
            quoted=Quoted.of(block.account),
            caller=CONTACT_PERSON,
            channel=CaseChannel.PHONE,
            by=by(sanne),
            at=timezone.now(),
            instead_of=right,
        )
    right.refresh_from_db()
    assert right.is_open
    assert SupportCase.objects.count() == 1


@pytest.mark.parametrize("named", ["", "x", "-1", "9" * 400])
def test_what_names_no_case_corrects_none(support, mistaken, named):
    assert support.get(NEW_CASE, {"verbetert": named}).context["form"].instead_of is None


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
def test_nobody_but_support_comes_by(client, request, mistaken, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(correcting(mistaken)).status_code == 403
    assert client.post(correcting(mistaken), {}).status_code == 403
