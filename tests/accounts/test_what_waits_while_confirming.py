"""What somebody chose waits as a whole, at the page with the form, while a second factor is asked."""

from django.conf import settings
from django.test import RequestFactory

from accounts.kept import keep, kept_for
from accounts.sessions import SessionStore

PAGE = "/gebruikersbeheer/blokkades/opheffen/"


def test_nothing_of_it_is_cut_off():
    chosen = [str(number) for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)]
    assert _kept(_sent({"block": chosen}), "block").getlist("block") == chosen


def test_what_is_not_named_does_not_wait():
    fields = _kept(_sent({"block": ["1"], "password": "geheim"}), "block")
    assert list(fields) == ["block"]


def _sent(fields):
    request = RequestFactory().post(PAGE, fields)
    request.session = SessionStore()
    return request


def _kept(request, *names):
    keep(request, names, address=PAGE)
    back = RequestFactory().get(PAGE)
    back.session = request.session
    return kept_for(back)
