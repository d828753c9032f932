"""Two at Support press together: the second is told who was first, and may take it over without a dead end."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from blocking.choices import BlockReason
from blocking.services import file_case, take_case
from tests import factories
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(anja, anna, a_service):
    block = factories.block(anna, BlockReason.QUOTA, service=a_service)
    return file_case(block, by=by(anja), at=timezone.now())


def taking(case):
    return f"/beheer/blocking/supportcase/{case.pk}/nemen/"


def taken(case, person, **how):
    return take_case(case, by=by(person), at=timezone.now(), **{"seen": case.as_seen} | how)


def test_the_second_is_told_who_was_first(support, teun, filed):
    seen = filed.as_seen
    taken(filed, teun)
    answer = support.post(taking(filed), {"seen": seen})
    assert answer.status_code == 409
    assert "Teun Support</bdi> was u voor" in answer.text
    assert not answer.context["form"].errors
    assert AuditEvent.objects.get(outcome="refused").parameters == {"code": "case_changed"}
    filed.refresh_from_db()
    assert filed.assignee == teun


def test_a_reason_takes_it_over_from_that_very_page(support, teun, sanne, filed):
    seen = filed.as_seen
    taken(filed, teun)
    form = support.post(taking(filed), {"seen": seen}).context["form"]
    answer = support.post(taking(filed), {"seen": form["seen"].value(), "reason": "Teun is naar huis"})
    assert answer.status_code == 303
    filed.refresh_from_db()
    assert filed.assignee == sanne


def test_a_reason_that_was_typed_is_kept_when_it_went_to_another_meanwhile(support, teun, sanne, filed):
    now = taken(filed, teun)
    seen = now.as_seen
    other = factories.account(None, "Uma Support")
    other.is_staff = True
    other.save()
    taken(now, other, reason="ik doe het")
    answer = support.post(taking(filed), {"seen": seen, "reason": "de beller hangt nog"})
    assert answer.status_code == 409
    assert "Uma Support</bdi> was u voor" in answer.text
    assert "de beller hangt nog" in answer.text


def test_without_a_reason_it_is_asked_for_at_its_field(support, teun, filed):
    now = taken(filed, teun)
    answer = support.post(taking(filed), {"seen": now.as_seen, "reason": " "})
    assert answer.status_code == 200
    assert "Schrijf op waarom u het overneemt." in answer.text
    assert "was u voor" not in answer.text


@pytest.mark.parametrize("who", ["anja", "chris"])
def test_nobody_else_comes_by(client, request, teun, filed, who):
    seen = filed.as_seen
    taken(filed, teun)
    client.force_login(request.getfixturevalue(who))
    assert client.post(taking(filed), {"seen": seen}).status_code == 403
