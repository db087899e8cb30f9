"""Texts that have one column per interface language: ``label_en``, ``label_es``, ..."""

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

FALLBACK = "en"
LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]


def active_language():
    """The interface language in use, always one that has a column."""
    code = (get_language() or FALLBACK).split("-")[0]
    return code if code in LANGUAGE_CODES else FALLBACK


def labelled(label, value):
    """“Country: Peru”, with the space before the colon where a language has one; a question has its own sign."""
    label = str(label)
    return (
        f"{label} {value}"
        if label.endswith("?")
        else gettext("%(label)s: %(value)s") % {"label": label, "value": value}
    )


def label_field(path):
    """The column of the active language for SQL: ``country__name`` becomes ``country__name_es``."""
    return f"{path}_{active_language()}"


def label_in_sql(*paths):
    """What ``__str__`` says of the first of ``paths`` that leads to a row: ``country__name``, ``area__label``."""
    texts = [text for path in paths for text in (NullIf(F(label_field(path)), Value("")), F(f"{path}_{FALLBACK}"))]
    return Coalesce(*texts)


def language_columns(name):
    """The four columns of ``name``: ``["name_en", "name_es", "name_fr", "name_pt"]``."""
    return [f"{name}_{code}" for code in LANGUAGE_CODES]


class Localised(models.Model):
    """A row that is called by the text of the active language, in English where that one is empty."""

    localised = ""

    class Meta:
        abstract = True

    def __str__(self):
        return getattr(self, label_field(self.localised)) or getattr(self, f"{self.localised}_{FALLBACK}")

    def all_names(self):
        """Every text under which the row is known, each once: for search."""
        texts = [getattr(self, column) for column in language_columns(self.localised)]
        return [text for text in dict.fromkeys(texts) if text]


class Labelled(Localised):
    localised = "label"
    label_en = models.CharField(_("label in English"), max_length=150)
    label_es = models.CharField(_("label in Spanish"), max_length=150, blank=True)
    label_fr = models.CharField(_("label in French"), max_length=150, blank=True)
    label_pt = models.CharField(_("label in Portuguese"), max_length=150, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self):
        return str(self)


class Named(Localised):
    localised = "name"
    name_en = models.CharField(_("name in English"), max_length=100)
    name_es = models.CharField(_("name in Spanish"), max_length=100, blank=True)
    name_fr = models.CharField(_("name in French"), max_length=100, blank=True)
    name_pt = models.CharField(_("name in Portuguese"), max_length=100, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self):
        return str(self)
