from django.db import models


class Account(models.Model):
    """One of our accounts at a provider, such as `x:1234`: what was spent there, the session that is open, and how far
    what people answer was read.
    """

    name = models.CharField(primary_key=True, max_length=300)
    spent = models.DecimalField(max_digits=14, decimal_places=4, default=0, help_text="Cents: the sum of its payments")
    replies_since = models.CharField(max_length=600, default="", db_default="", help_text="How far answers were read")
    look_at = models.DateTimeField(null=True, help_text="When to look for answers next, in real time")
    looked_at = models.DateTimeField(null=True, help_text="When that was done last, in real time")
    trouble = models.TextField(default="", db_default="", help_text="Why answers cannot be read")
    session = models.BinaryField(default=b"", help_text="Sealed; empty if none is open")

    def __str__(self) -> str:
        return self.name


class Payment(models.Model):
    """What was paid for one post. `key` names the post, so that it is paid once however often it is tried."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="payments")
    key = models.CharField(max_length=120)
    cents = models.DecimalField(max_digits=14, decimal_places=4)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="a_post_is_paid_once")]

    def __str__(self) -> str:
        return f"{self.cents} cents to {self.account_id}"
