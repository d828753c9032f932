"""nginx with deploy/nginx/portal.conf before a really running portal: people sign in with a certificate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.models import Account, AuditEvent, Session
from certificates.authority import authority
from certificates.choices import RevocationReason
from certificates.services import link_card, revoke_certificate
from tests.certificates.conftest import Install, as_pem, install
from tests.certificates.uzi_cards import UziAuthority
from tests.factories import PASSWORD, by
from tests.portal_process import RunningPortal
from tests.recipes.certificates import Pair, new_pair
from tests.recipes.conftest import Client
from tests.recipes.nginx import RunningNginx, start_nginx_before_portal
from tests.second_factors import with_app
from vecozo_portal.processes.ports import free_port

__all__ = ["install"]

pytestmark = pytest.mark.process

SIGN_IN = "/inloggen/"
FACTOR = "/inloggen/tweede-factor/"


class Browser:
    """A browser with a certificate or without: it keeps cookies, and sends forms with their token."""

    def __init__(self, port: int, pair: Pair | None = None, **headers: str) -> None:
        self.client, self.cookies, self.headers = Client(port, pair), SimpleCookie(), headers
        self.origin = f"https://127.0.0.1:{port}"

    def gets(self, path: str):
        return self._asks(path)

    def posts(self, path: str, **fields: str):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.gets(path).body.decode())
        assert token
        body = urlencode({"csrfmiddlewaretoken": token[1], **fields}).encode()
        return self._asks(path, "POST", body, Content_Type="application/x-www-form-urlencoded", Origin=self.origin)

    def gives_password(self, account: Account):
        return self.posts(SIGN_IN, user_number=account.user_number, password=PASSWORD)

    def _asks(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        kept_here = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        answer = self.client.asks(path, method, body, Cookie=kept_here, **self.headers, **headers)
        for cookie in answer.cookies:
            self.cookies.load(cookie)
        return answer


@pytest.fixture
def portal_port() -> int:
    return free_port()


@pytest.fixture
def register(tmp_path: Path) -> UziAuthority:
    """Who issues UZI cards, as the portal is told in a file."""
    authority = UziAuthority()
    (tmp_path / "uzi.pem").write_bytes(as_pem(authority.certificate))
    return authority


@pytest.fixture
def portal(
    start_portal: Callable[..., RunningPortal], portal_port: int, register: UziAuthority, tmp_path: Path
) -> RunningPortal:
    settings = {
        "PORTAL_UZI_AUTHORITIES": str(tmp_path / "uzi.pem"),
        "PORTAL_TRUSTED_PROXIES": "127.0.0.1",
        "PORTAL_PUBLIC_URL": f"https://127.0.0.1:{portal_port}",
        "PORTAL_CLIENT_CERT_FORMAT": "nginx",
        "PORTAL_CERTIFICATE_SIGN_IN": "first_factor",
    }
    return start_portal(workers=1, threads=4, settings=settings)


@pytest.fixture
def before(portal: RunningPortal, portal_port: int, register: UziAuthority, tmp_path: Path) -> Iterator[RunningNginx]:
    chain = tmp_path / "authorities.pem"
    chain.write_bytes(as_pem(*authority().chain, register.certificate))
    ports = {"port": portal_port, "portal_port": portal.port}
    running = start_nginx_before_portal(tmp_path / "etc", new_pair(tmp_path, "server"), chain=chain, **ports)
    yield running
    running.nginx.stop()


@pytest.fixture
def own(anna: Account, install: Install, tmp_path: Path) -> Callable[..., Pair]:
    """A certificate that the portal issued to Anna, and its key, as files."""

    def made(**ago: float) -> Pair:
        key = ec.generate_private_key(ec.SECP256R1())
        return _pair(tmp_path, "anna", install(anna, key=key, at=timezone.now() - timedelta(**ago)).content, key)

    return made


@pytest.fixture
def card(register: UziAuthority, tmp_path: Path) -> Callable[..., Pair]:
    """A UZI card in the reader: its certificate, and the key that signs in it."""

    def made(uzi_number: str, card_type: str = "Z") -> Pair:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = register.issues(uzi_number=uzi_number, card_type=card_type, key=key)
        return _pair(tmp_path, uzi_number, as_pem(certificate), key)

    return made


def _pair(folder: Path, name: str, certificate: bytes, key: ec.EllipticCurvePrivateKey) -> Pair:
    pair = Pair(folder / f"{name}.pem", folder / f"{name}.key")
    pair.certificate.write_bytes(certificate)
    pair.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return pair


def means_of(account: Account) -> list[str]:
    session = Session.objects.get(account=account).get_decoded()
    return [proof["means"] for proof in session["proofs"]]


def test_a_certificate_and_the_password_let_in_until_it_is_revoked(before, anna, own, install) -> None:
    with_app(anna)
    pair = own()
    anna.certificates.update(vouched_at=timezone.now())
    browser = Browser(before.port, pair)
    answer = browser.gives_password(anna)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert means_of(anna) == ["password", "certificate"]
    assert browser.gets("/mijn-account/").status == 200

    revoke_certificate(anna.certificates.get(), by=PORTAL, at=timezone.now(), reason=RevocationReason.KEY_COMPROMISE)
    again = Browser(before.port, pair)
    assert again.gives_password(anna).headers["location"] == FACTOR
    refused = again.posts(f"{FACTOR}?met=certificaat", means="certificate")
    assert "het is ingetrokken" in refused.body.decode()
    assert again.gets("/mijn-account/").status == 302


def test_what_a_client_writes_in_the_header_is_no_certificate(before, anna, own) -> None:
    with_app(anna)
    written = quote(own().pem.decode())
    for headers in (
        {"Client_Cert": written},
        {"Client_Cert": written, "Connection": "close, Client-Cert"},
        {"X_Forwarded_Tls_Client_Cert": written},
    ):
        browser = Browser(before.port, None, **headers)
        assert browser.gives_password(anna).headers["location"] == FACTOR
        assert "uw browser toont een certificaat" not in browser.gets(FACTOR).body.decode().lower()
    assert not AuditEvent.objects.filter(slug="account:factor:accepted").exists()


def test_past_the_proxy_it_is_worth_nothing_from_elsewhere(before, anna, own) -> None:
    """The certificate of somebody else, with its own key: nginx passes it on, and the portal does not know it."""
    with_app(anna)
    stranger = new_pair(before.folder, "stranger")
    browser = Browser(before.port, stranger)
    assert browser.gives_password(anna).headers["location"] == FACTOR
    assert "niet herkend" in browser.posts(f"{FACTOR}?met=certificaat", means="certificate").body.decode()


def test_one_that_is_over_shows_the_page_as_without(before, anna, own) -> None:
    browser = Browser(before.port, own(days=731))
    assert browser.gets(SIGN_IN).status == 200
    assert browser.gives_password(anna).status == 303
    assert means_of(anna) == ["password"]


def test_a_uzi_card_lets_in_once_it_is_linked_and_no_other_does(before, anna, card, settings, tmp_path) -> None:
    settings.PORTAL_UZI_AUTHORITIES, settings.PORTAL_CLIENT_CERT_FORMAT = tmp_path / "uzi.pem", "nginx"
    with_app(anna)
    link_card(anna, shown=quote(card("900012345").pem.decode()), by=by(anna), at=timezone.now())
    browser = Browser(before.port, card("900012345"))
    answer = browser.gives_password(anna)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert means_of(anna) == ["password", "certificate"]

    for pair, told in ((card("900099999"), "niet herkend"), (card("900088888", card_type="M"), "staat niet op naam")):
        other = Browser(before.port, pair)
        assert other.gives_password(anna).headers["location"] == FACTOR
        refused = other.posts(f"{FACTOR}?met=certificaat", means="certificate")
        assert told in refused.body.decode()
        assert other.gets("/mijn-account/").status == 302
