from certificates.services.installing import Handed, install_for_person, install_with_request
from certificates.services.publishing import answer_question, list_in_force, publish, publish_if_changed
from certificates.services.readying import make_ready, prepare_reinstall, remove_overdue, why_not_to_prepare
from certificates.services.recognising import ask_no_certificate
from certificates.services.registering import register_certificate
from certificates.services.reminding import remind_of_ends
from certificates.services.revoking import revoke_certificate, revoke_of_removed
from certificates.services.uzi_cards import are_cards_known, forget_card, link_card, unlink_card

__all__ = [
    "Handed",
    "answer_question",
    "are_cards_known",
    "ask_no_certificate",
    "forget_card",
    "install_for_person",
    "install_with_request",
    "link_card",
    "list_in_force",
    "make_ready",
    "prepare_reinstall",
    "publish",
    "publish_if_changed",
    "register_certificate",
    "remind_of_ends",
    "remove_overdue",
    "revoke_certificate",
    "revoke_of_removed",
    "unlink_card",
    "why_not_to_prepare",
]
