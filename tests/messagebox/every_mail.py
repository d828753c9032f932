"""Every mail of the portal, with facts as they come: hostile where somebody outside typed them."""

from __future__ import annotations

from itertools import product

from accounts.choices import Secret
from accounts.services import Parameters
from blocking.choices import BlockReason
from vecozo_portal.environment import BASE_DIR

FOLDER = BASE_DIR / "templates" / "emails"
MOMENT = "2026-03-01T09:05:00+00:00"
HOSTILE = "Anna\r\nBcc: dief@elders.test\u202e<script>alert(1)</script>\x07\x1b[31m"


def facts_of_block(reason: BlockReason, *, by_contact_person: bool = True) -> dict[str, str | int | bool | None]:
    return {
        "reason": reason.value,
        "opened_at": MOMENT,
        "lifted_at": MOMENT,
        "count": 5,
        "lifted_by_contact_person": by_contact_person,
    }


BLOCKS = [
    (template, facts_of_block(reason, by_contact_person=by))
    for template, reason, by in product(("block_opened", "block_lifted"), BlockReason, (True, False))
]
TO_SUPPORT = {"no_reader", "glass_broken", "factors_glass_broken", "not_me_alarm", "episode_alarm", "account_requested"}
GLASS: Parameters = {
    "block_pk": 7,
    "reason": "Pincode geblokkeerd",
    "account": HOSTILE,
    "why": HOSTILE,
    "by_name": HOSTILE,
    "lifted_at": MOMENT,
}
NOT_ME: Parameters = {
    "account": HOSTILE,
    "about": "Wachtwoord gewijzigd",
    "told_at": MOMENT,
    "reported_at": MOMENT,
    "block_pk": 7,
}
ALL: list[tuple[str, Parameters]] = [
    *BLOCKS,
    ("block_opened", facts_of_block(BlockReason.PASSWORD) | {"scope": "strangers"}),
    ("block_opened", facts_of_block(BlockReason.PASSWORD) | {"scope": "everywhere", "is_widened": True}),
    ("new_browser", {"signed_in_at": MOMENT, "program": HOSTILE, "source_address": "192.0.2.7"}),
    ("new_browser", {"signed_in_at": MOMENT, "program": "", "source_address": ""}),
    ("password_changed", {"changed_at": MOMENT}),
    ("password_changed", {"changed_at": MOMENT, "stays_signed_in": True}),
    ("password_changed", {"changed_at": MOMENT, "notice": "00000000-0000-4000-8000-000000000000"}),
    ("block_opened", facts_of_block(BlockReason.SUPPORT) | {"reported_by_holder": True}),
    ("not_me_alarm", NOT_ME),
    ("episode_alarm", {"episode_pk": 7, "source": "192.0.2.7", "accounts": 3, "began_at": MOMENT}),
    ("episode_alarm", {"episode_pk": 7, "source": "", "accounts": 20, "began_at": MOMENT}),
    *[("secret_voided", {"secret": secret.value, "voided_at": MOMENT}) for secret in Secret],
    ("email_confirm", {"email_change": "0b4f1f0e-6c0a-4a39-9d2b-6f0f6a1c2d3e", "expires_at": MOMENT}),
    ("email_change_requested", {"requested_at": MOMENT}),
    ("email_changed", {"changed_at": MOMENT}),
    ("certificate_installed", {"installed_at": MOMENT, "valid_until_at": MOMENT, "is_system": False}),
    ("certificate_revoked", {"revoked_at": MOMENT, "valid_until_at": MOMENT, "why": HOSTILE}),
    ("removal_asked", {"changed_at": MOMENT, "until_at": MOMENT, "by_support": False}),
    ("removal_asked", {"changed_at": MOMENT, "until_at": MOMENT, "by_support": True}),
    ("removal_undone", {"changed_at": MOMENT}),
    ("removal_final", {"changed_at": MOMENT}),
    ("account_requested", {"request_pk": 7, "account": HOSTILE, "asked_for": HOSTILE, "asked_at": MOMENT}),
    ("user_number", {"number_of": "00000000-0000-4000-8000-000000000000"}),
    ("account_activated", {"activated_at": MOMENT}),
    ("pin_issued", {"issued_at": MOMENT}),
    ("pin_revealed", {"reader": HOSTILE, "revealed_at": MOMENT}),
    ("new_message", {}),
    ("no_reader", {}),
    ("glass_broken", GLASS),
    ("factors_glass_broken", {**GLASS, "account_pk": 7, "done_at": MOMENT}),
    ("factor_added", {"change": "added", "means": "one_time_code", "left": 0, "changed_at": MOMENT}),
    ("factor_added", {"change": "replaced", "means": "one_time_code", "left": 0, "changed_at": MOMENT}),
    ("factor_removed", {"change": "removed", "means": "one_time_code", "left": 0, "changed_at": MOMENT}),
    ("factor_removed", {"change": "reset", "means": "", "left": 0, "changed_at": MOMENT}),
    ("factor_guessed", {"count": 5, "guessed_at": MOMENT, "program": HOSTILE, "source_address": "192.0.2.7"}),
    ("factor_guessed", {"count": 5, "guessed_at": MOMENT, "program": "", "source_address": ""}),
    ("recovery_code_used", {"change": "used", "means": "recovery_code", "left": 9, "changed_at": MOMENT}),
    ("recovery_code_used", {"change": "used", "means": "recovery_code", "left": 1, "changed_at": MOMENT}),
    ("recovery_codes_renewed", {"change": "renewed", "means": "recovery_code", "left": 10, "changed_at": MOMENT}),
    ("unread_messages", {"count": 1}),
    ("unread_messages", {"count": 12}),
]
