"""What is made for reading: a document per public entry, from which every machine builds its index."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stamp(models.Model):
    """A state of the documents. Whoever has read it knows all of them up to here.

    ``token`` tells it from a state of the same number in a database that was put back to an earlier day.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    token = models.CharField(max_length=32)
    form = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("state of the documents")
        verbose_name_plural = _("states of the documents")

    def __str__(self):
        return f"{self.number} {self.token}"


class Document(models.Model):
    """What the index holds of one public entry. It stays without data when the entry goes: so indexes learn of that."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    stamp = models.PositiveBigIntegerField(db_index=True)
    data = models.JSONField(null=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="document_once")]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return f"{self.kind}:{self.key}"


class Word(models.Model):
    """A word and in how many documents it stands: what mistakes are put right by, and what is suggested."""

    word = models.CharField(max_length=100, primary_key=True)
    documents = models.IntegerField()

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")

    def __str__(self):
        return self.word


class Mark(models.Model):
    """Something that documents are made of was written; whoever reads next makes these documents anew first."""

    what = models.CharField(max_length=20)
    which = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")

    def __str__(self):
        return f"{self.what} {self.which}"
