"""What anybody may ask about certificates: the list of those that were revoked, and OCSP about one."""

from __future__ import annotations

import base64
import binascii
from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from certificates.authority import Authority, AuthorityUnusable, authority
from certificates.authority.questions import MALFORMED, TRY_LATER, Malformed, is_about, read_question
from certificates.refusals import AuthorityAway
from certificates.services import answer_question, list_in_force

# So short, because a revocation stands on the list at once and should be seen soon.
LIST_KEPT_SECONDS: Final = 300
ANSWER_KEPT_SECONDS: Final = 60


@require_safe
def revocation_list(request: HttpRequest, name: str) -> HttpResponseBase:
    at = timezone.now()
    kept = list_in_force(_named(name), at=at)
    answer = HttpResponse(bytes(kept.content), content_type="application/pkix-crl")
    answer["Cache-Control"] = f"public, max-age={LIST_KEPT_SECONDS}"
    answer["Expires"] = http_date(min(at.timestamp() + LIST_KEPT_SECONDS, kept.next_at.timestamp()))
    answer["ETag"] = etag = f'"{kept.authority}-{kept.number}"'
    answer["Last-Modified"] = http_date(kept.signed_at.timestamp())
    return get_conditional_response(request, etag, int(kept.signed_at.timestamp()), answer) or answer


@require_safe
def issuing_certificate(request: HttpRequest, name: str) -> HttpResponse:
    """The certificate that signs, for who has only what it signed."""
    own = _named(name).chain[0].public_bytes(Encoding.DER)
    answer = HttpResponse(own, content_type="application/pkix-cert")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@csrf_exempt
@require_http_methods(["GET", "POST"])
def answer_ocsp(request: HttpRequest, asked: str = "") -> HttpResponse:
    """RFC 6960, appendix A: DER by POST, base64 in the address by GET. What cannot be read is answered in OCSP too."""
    try:
        question = read_question(_decoded(asked) if request.method == "GET" else request.body)
        signer = authority()
    except Malformed:
        return _ocsp(MALFORMED)
    except AuthorityUnusable:
        return _ocsp(TRY_LATER)
    ours = is_about(question, signer.chain[0])
    answer = _ocsp(answer_question(question, signer, is_our_issuer=ours, at=timezone.now()))
    if request.method == "GET" and question.nonce is None:
        answer["Cache-Control"] = f"public, max-age={ANSWER_KEPT_SECONDS}"
    return answer


def _ocsp(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="application/ocsp-response", headers={"Cache-Control": "no-store"})


def _decoded(asked: str) -> bytes:
    try:
        return base64.b64decode(asked, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed from None


def _named(name: str) -> Authority:
    """Raises Http404 where the portal's authority has another name, AuthorityAway where there is none."""
    try:
        signer = authority()
    except AuthorityUnusable:
        raise AuthorityAway from None
    if signer.name != name:
        raise Http404
    return signer
