"""Rules of the post, pure.

Life of a delivery (a mail in the outbox):

                  +--------------------+
                  | failed: tries + 1, |
                  v next try later     |
    queued -> waiting ----------------> sent
                  |  ^
     the last     |  | Support tries again:
     try failed   v  | tries from nought
                given_up
"""

from datetime import timedelta

MESSAGE_KIND_PATTERN = r"^[a-z_]+:[a-z_]+$"
TEMPLATE_PATTERN = r"^[a-z_]+$"

# The mail to Support about a message that nobody of the organisation can read.
NO_READER = "no_reader"

# With the eight tries of PORTAL_DELIVERY_MAX_TRIES these span some fifteen hours: a mail server that
# was away for a night costs no mail, and one address that never works is visible the same day.
FIRST_DELAY = timedelta(seconds=30)
DELAY_GROWTH = 4
LONGEST_DELAY = timedelta(hours=6)

# behaviour.md, section 2: a sealed PIN that nobody looked at is erased.
SECRETS_READABLE_FOR = timedelta(days=30)

# screens.md, message box: who has not read a message hears of it again after 3 and after 10 days.
REMINDER_DAYS = (3, 10)


def delay_after(tries: int) -> timedelta:
    """How long to wait after the given number of failed tries (one or more)."""
    growth: int = DELAY_GROWTH ** min(tries - 1, 10)
    return min(FIRST_DELAY * growth, LONGEST_DELAY)


def is_given_up(tries: int, *, max_tries: int) -> bool:
    return tries >= max_tries
