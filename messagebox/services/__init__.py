from messagebox.services.outbox import nudge, queue_mail, retry_delivery
from messagebox.services.posting import post_message
from messagebox.services.reading import mark_read, record_told
from messagebox.services.reminding import remind_unread
from messagebox.services.removal import tell_of_removal
from messagebox.services.secrets import erase_secrets_about, reveal_secret, tend_secrets
from messagebox.services.sending import send_delivery, sweep

__all__ = [
    "erase_secrets_about",
    "mark_read",
    "nudge",
    "post_message",
    "queue_mail",
    "record_told",
    "remind_unread",
    "retry_delivery",
    "reveal_secret",
    "send_delivery",
    "sweep",
    "tell_of_removal",
    "tend_secrets",
]
