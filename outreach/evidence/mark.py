from django.db import models


class EvidenceMark(models.Model):
    """Something changed that may belong into the evidence log: written by the database itself, in the same transaction.

    So nothing is missed, whoever changes it and in whatever order transactions end; and where nothing changed, looking
    costs nothing. `seen` keeps what a later change would overwrite. It is gone once the log has it.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=16)
    about = models.CharField(max_length=40)
    seen = models.JSONField(null=True)
    problem = models.TextField(blank=True, db_default="", help_text="Why it could not be noted; a person must look")

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(problem=""), name="evidence_to_note")]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
