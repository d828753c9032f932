"""Who is told what when a block opens, is lifted, or a secret changes."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from accounts.actors import PORTAL, Actor
from accounts.choices import AccountKind, Secret
from accounts.models import Account, EmailChange, Organisation, Service
from accounts.services import Parameters
from blocking.choices import BlockReason, LiftChannel, QuotaWindow
from blocking.models import Block, Episode, Notice, Probation, SupportCase
from blocking.policy import contact_person_lifts
from blocking.queries.probations import allowance_before
from blocking.services.deniable import deniable
from messagebox.services import post_message, queue_mail


def tell_block_opened(block: Block) -> None:
    """The contact persons by message box, the rightful user by e-mail."""
    _tell_block(block, {"count": block.evidence_count}, at=block.opened_at)


def tell_block_widened(block: Block, *, count: int, at: datetime) -> None:
    """The same people once more: what was shut to strangers is shut everywhere now."""
    _tell_block(block, {"count": count, "is_widened": True}, at=at)


def _tell_block(block: Block, facts: Parameters, *, at: datetime) -> None:
    parameters = _facts(block) | dict(facts) | {"new_password_lifts": _new_password_lifts(block)}
    if block.account.organisation:
        post_message(
            block.account.organisation,
            kind="blocking:block_opened",
            parameters=parameters | _quota_evidence(block),
            about=block.account,
            by=PORTAL,
            at=at,
        )
    mail_holder(block.account, "block_opened", parameters, at)


def tell_block_lifted(block: Block, probation: Probation | None, *, by: Actor, at: datetime) -> None:
    """The rightful user by e-mail; the contact persons by message box where Support lifted, with what was granted."""
    parameters = _facts(block) | {"lifted_at": at.isoformat(), "is_still_blocked": _is_still_blocked(block)}
    mail_holder(block.account, "block_lifted", parameters, at)
    lifted_by_support = block.lift_case is not None or block.lift_channel == LiftChannel.BREAK_GLASS
    if lifted_by_support and block.account.organisation:
        parameters["case"] = block.lift_case.number if block.lift_case else ""
        if probation:
            parameters |= {"queries": probation.queries, "until_at": probation.valid_until.isoformat()}
        post_message(
            block.account.organisation,
            kind="blocking:block_lifted",
            parameters=parameters,
            about=block.account,
            by=by,
            at=at,
        )


def tell_case_refused(case: SupportCase, *, by: Actor, at: datetime) -> None:
    """The contact persons, by message box, with the reason; nobody where the numbers named nobody."""
    if case.organisation:
        parameters = (_facts(case.block) if case.block else {}) | {"case": case.number, "why": case.decision_note}
        post_message(
            case.organisation, kind="blocking:case_refused", parameters=parameters, about=case.account, by=by, at=at
        )


def tell_glass_broken(block: Block, *, by_name: str, at: datetime) -> None:
    """Support as a whole: somebody lifted this past all rules."""
    parameters: Parameters = {
        "block_pk": block.pk,
        "reason": block.reason_in_words,
        "account": block.account.name,
        "why": block.lift_note,
        "by_name": by_name,
        "lifted_at": at.isoformat(),
    }
    queue_mail("glass_broken", to=settings.PORTAL_SUPPORT_EMAIL, parameters=parameters, at=at)


def tell_factors_glass_broken(account: Account, *, why: str, by_name: str, at: datetime) -> None:
    """Support as a whole: somebody took away the second factors of this account, past all rules."""
    parameters: Parameters = {
        "account_pk": account.pk,
        "account": account.name,
        "why": why,
        "by_name": by_name,
        "done_at": at.isoformat(),
    }
    queue_mail("factors_glass_broken", to=settings.PORTAL_SUPPORT_EMAIL, parameters=parameters, at=at)


def tell_forecast(
    account: Account, service: Service, *, window: QuotaWindow, limit: int, count: int, client: str, at: datetime
) -> None:
    """The contact persons, before it is too late: so much of the quota is used, most of it by this client."""
    if account.organisation:
        parameters: Parameters = {
            "service": service.name,
            "window": window.value,
            "limit": limit,
            "count": count,
            "client": client,
        }
        post_message(
            account.organisation,
            kind="blocking:quota_forecast",
            parameters=parameters,
            about=account,
            by=PORTAL,
            at=at,
        )


def tell_new_browser(account: Account, *, by: Actor, at: datetime) -> None:
    """The rightful user: somebody signed in from a browser that this account did not know."""
    parameters: Parameters = {
        "signed_in_at": at.isoformat(),
        "program": by.user_agent,
        "source_address": by.source_address or "",
    }
    mail_holder(account, "new_browser", parameters, at)


def tell_factor_guessed(account: Account, *, count: int, by: Actor, at: datetime) -> None:
    """The rightful user, with where the last code came from, and the contact persons: somebody knows this password."""
    if account.organisation:
        post_message(
            account.organisation,
            kind="blocking:factor_guessed",
            parameters={"count": count},
            about=account,
            by=PORTAL,
            at=at,
        )
    parameters: Parameters = {
        "count": count,
        "guessed_at": at.isoformat(),
        "program": by.user_agent,
        "source_address": by.source_address or "",
    }
    mail_holder(account, "factor_guessed", parameters, at)


def tell_password_changed(account: Account, *, at: datetime, stays_signed_in: bool = False) -> None:
    """`stays_signed_in`: on the browser where it was changed."""
    parameters: Parameters = {"changed_at": at.isoformat(), "stays_signed_in": stays_signed_in}
    mail_holder(account, "password_changed", parameters, at)


def ask_to_confirm_email(change: EmailChange, *, at: datetime) -> None:
    """To the new address, which may be a stranger's: without a name. The link is made with the mail, kept nowhere."""
    parameters: Parameters = {"email_change": str(change.public_id), "expires_at": change.expires_at.isoformat()}
    queue_mail("email_confirm", to=change.email, parameters=parameters, at=at)


def tell_email_change_requested(change: EmailChange, *, at: datetime) -> None:
    _mail_where_it_was(change, "email_change_requested", {"requested_at": at.isoformat()}, at)


def tell_email_changed(change: EmailChange, *, at: datetime) -> None:
    _mail_where_it_was(change, "email_changed", {"changed_at": at.isoformat()}, at)


def tell_episode_began(episode: Episode, *, accounts: int, at: datetime) -> None:
    """Support as a whole, once: an attack is going on."""
    parameters: Parameters = {
        "episode_pk": episode.pk,
        "source": episode.source,
        "accounts": accounts,
        "began_at": episode.began_at.isoformat(),
    }
    queue_mail("episode_alarm", to=settings.PORTAL_SUPPORT_EMAIL, parameters=parameters, at=at)


def tell_episode_to_organisation(episode: Episode, organisation: Organisation, *, at: datetime) -> None:
    """The contact persons by message box, once; a PGB provider has none, and Support sees the attack anyway."""
    if organisation.is_pgb_provider:
        return
    parameters: Parameters = {"episode": str(episode.public_id), "source": episode.source}
    post_message(organisation, kind="blocking:episode", parameters=parameters, about=None, by=PORTAL, at=at)


def tell_not_me(notice: Notice, *, at: datetime) -> None:
    """Support as a whole: the rightful user says that somebody else is at work."""
    parameters: Parameters = {
        "account": notice.account.name,
        "about": notice.get_kind_display(),
        "told_at": notice.told_at.isoformat(),
        "reported_at": at.isoformat(),
        "block_pk": notice.block_id,
    }
    queue_mail("not_me_alarm", to=settings.PORTAL_SUPPORT_EMAIL, parameters=parameters, at=at)


def tell_secret_voided(account: Account, secret: Secret, *, at: datetime) -> None:
    parameters: Parameters = {"secret": secret.value, "voided_at": at.isoformat()}
    mail_holder(account, "secret_voided", parameters, at)


def _facts(block: Block) -> dict[str, str | int | bool | None]:
    reason, kind, organisation = BlockReason(block.reason), AccountKind(block.account.kind), block.account.organisation
    is_pgb_provider = organisation is not None and organisation.is_pgb_provider
    return {
        "block": str(block.public_id),
        "reason": block.reason,
        "scope": block.scope,
        "reported_by_holder": block.is_reported_by_holder,
        "service": block.service.name if block.service else "",
        "opened_at": block.opened_at.isoformat(),
        "lifted_by_contact_person": contact_person_lifts(reason, kind, is_pgb_provider=is_pgb_provider),
    }


def _quota_evidence(block: Block) -> dict[str, str | int | bool | None]:
    """Which quota was exceeded, and by whom most: for the message box, never for a mail."""
    if block.reason != BlockReason.QUOTA:
        return {}
    quota: dict[str, str | int | bool | None] = {
        "quota_window": block.quota_window,
        "quota_limit": block.quota_limit,
        "client": block.client,
    }
    return quota | _allowance_that_is_over(block)


def _allowance_that_is_over(block: Block) -> dict[str, str | int | bool | None]:
    """What Support allowed after an earlier block, where that is why it is blocked again."""
    allowed = allowance_before(block)
    if allowed is None:
        return {}
    return {
        "allowed": allowed.queries,
        "allowed_until_at": allowed.valid_until.isoformat(),
        "is_allowance_spent": block.opened_at < allowed.valid_until,
    }


def _new_password_lifts(block: Block) -> bool:
    return block.reason == BlockReason.PASSWORD and settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK


def _is_still_blocked(lifted: Block) -> bool:
    """Another block of the same account is open, whatever it is for: signing in is refused as before."""
    return Block.objects.open().filter(account=lifted.account).exclude(pk=lifted.pk).exists()


def mail_holder(account: Account, template: str, parameters: Parameters, at: datetime) -> None:
    """Queue a mail to the rightful user; a system account has no mailbox of its own."""
    if account.email:
        queue_mail(template, to=account, parameters=parameters, at=at)


def _mail_where_it_was(change: EmailChange, template: str, parameters: Parameters, at: datetime) -> None:
    """To the address before, whatever the account's is when the mail leaves. Never says what the new one is."""
    if change.email_before:
        notice = deniable(template, change.account, parameters, at)
        parameters = {**parameters, **notice, "name": change.account.name}
        queue_mail(template, to=change.email_before, parameters=parameters, at=at)
