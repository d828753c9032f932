"""Several workers at once make each letter once: whoever comes second leaves it to the first."""

import pytest
from django.utils import timezone

from blocking import letter_paper
from blocking.choices import LetterState
from blocking.models import PinLetter
from blocking.services import make_letters, order_letter
from tests import factories
from tests.accounts.removing import at_once

MISSING = letter_paper.what_is_missing()

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(MISSING), reason=f"WeasyPrint with Pango is not on this machine. {MISSING}"),
]


def test_of_four_workers_one_makes_it(pgb, sanne):
    order_letter(factories.account(pgb, "Omar Benali"), by=factories.by(sanne), at=timezone.now())
    made = at_once(*[lambda: make_letters(at=timezone.now())] * 4)
    assert sorted(made) == [0, 0, 0, 1]
    assert PinLetter.objects.get().state == LetterState.READY
