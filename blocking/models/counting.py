"""How often a secret was entered wrongly: narrow rows, written by `services.counting` alone."""

from django.db import models
from django.db.models import F, Q

from accounts.choices import Secret
from accounts.models import Account
from blocking.choices import AttemptOutcome, Door

STRANGERS = "strangers"


class Budget(models.Model):
    """The entries of one class of browsers on one secret of one account: strangers, or one known browser.

    `taken` counts attempts taken and not given back, `wrong` those verified wrong. A reset or a
    lift starts a new generation; answers of an older one change nothing.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="budgets")
    secret = models.CharField("geheim", max_length=10, choices=Secret.choices)
    browser_class = models.CharField("soort browser", max_length=40, default=STRANGERS)
    generation = models.PositiveIntegerField("ronde", default=1)
    taken = models.PositiveSmallIntegerField("genomen", default=0)
    wrong = models.PositiveSmallIntegerField("fout", default=0)

    class Meta:
        verbose_name = "pogingenteller"
        verbose_name_plural = "pogingentellers"
        constraints = (
            models.UniqueConstraint(fields=("account", "secret", "browser_class"), name="budget_once_per_class"),
            models.CheckConstraint(condition=Q(wrong__lte=F("taken")), name="budget_wrong_within_taken"),
        )

    def __str__(self) -> str:
        return f"{self.secret} {self.browser_class}: {self.wrong} fout van {self.taken}"


class Tally(models.Model):
    """All wrong entries on one secret since it was set: the cumulative cap.

    Neither success nor lifting resets it; a new value of the secret starts a new generation.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tallies")
    secret = models.CharField("geheim", max_length=10, choices=Secret.choices)
    generation = models.PositiveIntegerField("ronde", default=1)
    taken = models.PositiveIntegerField("genomen", default=0)
    wrong = models.PositiveIntegerField("fout", default=0)
    voided_at = models.DateTimeField("vervallen op", null=True)

    class Meta:
        verbose_name = "totaalteller"
        verbose_name_plural = "totaaltellers"
        constraints = (
            models.UniqueConstraint(fields=("account", "secret"), name="tally_once_per_secret"),
            models.CheckConstraint(condition=Q(wrong__lte=F("taken")), name="tally_wrong_within_taken"),
        )

    def __str__(self) -> str:
        return f"{self.secret}: {self.wrong} fout sinds ingesteld"


class Attempt(models.Model):
    """One entry that was let through to the hash. Settled once, and only in its own generation."""

    budget = models.ForeignKey(Budget, verbose_name="pogingenteller", on_delete=models.PROTECT, related_name="attempts")
    generation = models.PositiveIntegerField("ronde")
    tally_generation = models.PositiveIntegerField("ronde van het totaal")
    door = models.CharField("deur", max_length=20, choices=Door.choices)
    taken_at = models.DateTimeField("begonnen op")
    settled_at = models.DateTimeField("afgehandeld op", null=True)
    outcome = models.CharField("uitkomst", max_length=10, choices=AttemptOutcome.choices, blank=True)
    source_address = models.GenericIPAddressField("adres", null=True)
    user_agent = models.CharField("programma", max_length=300, blank=True)

    class Meta:
        verbose_name = "poging"
        verbose_name_plural = "pogingen"
        indexes = (
            models.Index(
                fields=("budget", "taken_at"),
                condition=Q(settled_at=None),
                name="attempt_unsettled",
            ),
            models.Index(fields=("taken_at",), name="attempt_by_age"),
        )

    def __str__(self) -> str:
        return f"{self.door} {self.taken_at:%Y-%m-%d %H:%M:%S} {self.outcome}"


class Decoy(models.Model):
    """A row that an entry for nobody writes to, so that it takes as long as one for somebody."""

    writes = models.PositiveBigIntegerField("keren geschreven", default=0)

    class Meta:
        verbose_name = "lokrij"
        verbose_name_plural = "lokrijen"

    def __str__(self) -> str:
        return f"decoy {self.pk}"
