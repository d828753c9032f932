from blocking.services.blocks import Evidence, open_block
from blocking.services.break_glass import lift_by_break_glass, reset_factors_by_break_glass
from blocking.services.browsers import (
    forget_all_browsers,
    forget_browser,
    forget_other_browsers,
    leave_everywhere,
    remember_browser,
)
from blocking.services.cases.checking import check_caller, check_caller_by_code
from blocking.services.cases.codes import issue_caller_code
from blocking.services.cases.deciding import grant_case, refuse_case, why_not_to_withdraw, withdraw_case
from blocking.services.cases.filing import file_case
from blocking.services.cases.handling import choose_block, hand_over_case, take_case
from blocking.services.cases.opening import NOBODY, CallerSaid, Quoted, open_case
from blocking.services.cases.records import record_act_refused
from blocking.services.completing import complete_entry
from blocking.services.guard import Typed, check_secret
from blocking.services.life.activating import activate
from blocking.services.life.forgotten_pin import answer_pin_requests, ask_for_pin
from blocking.services.life.letters import (
    download_letter,
    erase_letters,
    erase_old_letters,
    make_letters,
    order_letter,
)
from blocking.services.life.overdue import tend_issued_accounts
from blocking.services.life.pins import renew_pin, why_not_to_renew_pin
from blocking.services.life.requesting import Wanted, approve_request, reject_request, request_account
from blocking.services.lifting import Allowance, lift_block
from blocking.services.not_me import deny_notice, why_not_to_deny
from blocking.services.notices import tell_factor_guessed
from blocking.services.own_email import ask_for_own_email_change, confirm_own_email_change
from blocking.services.own_password import change_own_password
from blocking.services.recovery import change_forgotten_password
from blocking.services.removal import let_go_of_removed
from blocking.services.support_blocks import place_support_block, record_block_refused, why_not_to_block

__all__ = [
    "NOBODY",
    "Allowance",
    "CallerSaid",
    "Evidence",
    "Quoted",
    "Typed",
    "Wanted",
    "activate",
    "answer_pin_requests",
    "approve_request",
    "ask_for_own_email_change",
    "ask_for_pin",
    "change_forgotten_password",
    "change_own_password",
    "check_caller",
    "check_caller_by_code",
    "check_secret",
    "choose_block",
    "complete_entry",
    "confirm_own_email_change",
    "deny_notice",
    "download_letter",
    "erase_letters",
    "erase_old_letters",
    "file_case",
    "forget_all_browsers",
    "forget_browser",
    "forget_other_browsers",
    "grant_case",
    "hand_over_case",
    "issue_caller_code",
    "leave_everywhere",
    "let_go_of_removed",
    "lift_block",
    "lift_by_break_glass",
    "make_letters",
    "open_block",
    "open_case",
    "order_letter",
    "place_support_block",
    "record_act_refused",
    "record_block_refused",
    "refuse_case",
    "reject_request",
    "remember_browser",
    "renew_pin",
    "request_account",
    "reset_factors_by_break_glass",
    "take_case",
    "tell_factor_guessed",
    "tend_issued_accounts",
    "why_not_to_block",
    "why_not_to_deny",
    "why_not_to_renew_pin",
    "why_not_to_withdraw",
    "withdraw_case",
]
