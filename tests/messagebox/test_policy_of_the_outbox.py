"""How long a mail that failed waits, and when it is given up."""

from datetime import timedelta

from messagebox.policy import LONGEST_DELAY, delay_after, is_given_up


def test_the_first_delay_is_half_a_minute() -> None:
    assert delay_after(1) == timedelta(seconds=30)


def test_every_delay_is_longer_until_the_longest() -> None:
    delays = [delay_after(tries) for tries in range(1, 30)]
    assert delays == sorted(delays)
    assert len(set(delays)) == 6
    assert delays[-1] == LONGEST_DELAY


def test_a_mail_server_away_for_a_night_costs_no_mail() -> None:
    assert sum((delay_after(tries) for tries in range(1, 8)), timedelta()) > timedelta(hours=12)


def test_a_mail_is_given_up_at_its_last_try() -> None:
    assert not is_given_up(7, max_tries=8)
    assert is_given_up(8, max_tries=8)
