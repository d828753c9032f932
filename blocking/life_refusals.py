"""What the acts of an account's life refuse: new PINs, requests, activation."""

from __future__ import annotations

from typing import ClassVar

from accounts import refusals as ground
from accounts.refusals import Refusal
from blocking.policy.pins import PinCode
from blocking.policy.requests import RequestCode


class PinRefused(Refusal):
    """No new PIN for this account, by this person."""

    pin_code: ClassVar[PinCode]

    def __init_subclass__(cls) -> None:
        cls.code = cls.pin_code.value


class NotContactPersonForPin(PinRefused):
    pin_code = PinCode.NOT_CONTACT_PERSON
    status = ground.NotYourOrganisation.status
    sentence = ground.NotYourOrganisation.sentence


class OwnPin(PinRefused):
    pin_code = PinCode.OWN_PIN
    sentence = (
        "Voor uw eigen account kunt u dit niet doen. Vraag een andere contactpersoon, of gebruik «Pincode vergeten»."
    )


class NoPinInThisState(PinRefused):
    pin_code = PinCode.NO_PIN_IN_THIS_STATE
    status = 409
    sentence = "Dit account heeft geen pincode: het is nog niet uitgegeven, of het is of wordt verwijderd."


class PinBlockedBySupport(PinRefused):
    pin_code = PinCode.BLOCKED_BY_SUPPORT
    sentence = (
        "Support heeft dit account geblokkeerd. Zolang dat zo is, komt er geen nieuwe pincode. Bel of mail Support."
    )


_PIN_BY_CODE: dict[PinCode, type[PinRefused]] = {kind.pin_code: kind for kind in PinRefused.__subclasses__()}


def pin_refusal_of(code: PinCode) -> PinRefused | None:
    """The exception that says what the policy says; None where it allows."""
    return _PIN_BY_CODE[code]() if code in _PIN_BY_CODE else None


class RequestRefused(Refusal):
    """No new account, or no decision on one, by this person."""

    request_code: ClassVar[RequestCode]

    def __init_subclass__(cls) -> None:
        cls.code = cls.request_code.value


class NotForThisOrganisation(RequestRefused):
    request_code = RequestCode.NOT_FOR_THIS_ORGANISATION
    status = ground.NotYourOrganisation.status
    sentence = ground.NotYourOrganisation.sentence


class OnlySupportDecides(RequestRefused):
    request_code = RequestCode.ONLY_SUPPORT_DECIDES
    sentence = "Dit kan alleen een medewerker van Support."


class DecidedAlready(RequestRefused):
    request_code = RequestCode.DECIDED_ALREADY
    status = 409
    sentence = "Over deze aanvraag is al besloten."


class NotWaiting(RequestRefused):
    request_code = RequestCode.NOT_WAITING
    status = 409
    sentence = "Over deze aanvraag valt niets meer te besluiten: het account is of wordt verwijderd."


class RejectedWithoutReason(RequestRefused):
    request_code = RequestCode.NO_REASON
    status = 400
    sentence = "Schrijf op waarom u de aanvraag afwijst. De contactpersoon leest dit."


_REQUEST_BY_CODE: dict[RequestCode, type[RequestRefused]] = {
    kind.request_code: kind for kind in RequestRefused.__subclasses__()
}


def request_refusal_of(code: RequestCode) -> RequestRefused | None:
    """The exception that says what the policy says; None where it allows."""
    return _REQUEST_BY_CODE[code]() if code in _REQUEST_BY_CODE else None


class LettersUnavailable(Refusal):
    """This deployment cannot make letters; the sentence says what is missing."""

    code = "letters_unavailable"
    status = 409


class OnlySupportSendsLetters(Refusal):
    code = "only_support_sends_letters"
    sentence = "Dit kan alleen een medewerker van Support, voor een account van een organisatie."


class LetterGone(Refusal):
    code = "letter_gone"
    status = 409
    sentence = "Deze brief is er niet (meer): hij wordt nog gemaakt, of is al gedownload, vervangen of gewist."


class LetterUnreadable(Refusal):
    """Sealed with a key that this deployment no longer has."""

    code = "letter_unreadable"
    status = 409
    sentence = "Deze brief is niet meer te openen. Maak een nieuwe."
