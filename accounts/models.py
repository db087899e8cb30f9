"""Who you are. What you may do is a membership next to the thing it opens, never a column here."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.names import plain_name

INVITATION_VALID = timedelta(days=14)


class UserManager(BaseUserManager):
    """Users are known by their e-mail address, compared without regard to case."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Made on the server itself: its address needs no confirmation by mail."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.using(self._db).create(user=user, email=user.email, verified=True, primary=True)
        return user


class User(AbstractUser):
    """A person with an account. ``name`` is what colleagues and reviewers see."""

    username = None
    first_name = None
    last_name = None
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True, validators=[plain_name])
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en", help_text=_("Mails arrive in it.")
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("There is already an account with this e-mail address."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)


AnyUser = User | AnonymousUser
"""Whoever asks: somebody who is signed in, or nobody."""


class AutosavedForm(models.Model):
    """What somebody typed into a form and has not saved yet, valid or not, exactly as it was typed.

    One row per person and form. ``address`` is the path of the form without its language, so that
    the words survive a change of language; ``data`` is {name: [values]} without token and files.
    A successful save removes the row.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="autosaved_forms")
    address = models.CharField(max_length=300)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "accounts_keptinput"
        verbose_name = _("kept words")
        verbose_name_plural = _("words kept while you write")
        constraints = [models.UniqueConstraint(fields=["user", "address"], name="kept_once_per_form")]

    def __str__(self):
        return f"{self.user}: {self.address}"

    @property
    def querydict(self):
        """``data`` as a form takes it."""
        querydict = QueryDict(mutable=True)
        for name, values in self.data.items():
            querydict.setlist(name, values)
        return querydict


class SentForm(models.Model):
    """A form that began something, and where its answer led: sent again, it leads there and begins nothing more.

    ``fingerprint`` is the SHA-256 of who sent what to where, hexadecimal; ``answer`` an address of this portal.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    answer = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")

    def __str__(self):
        return self.fingerprint


class Invitation(models.Model):
    """A letter with a link that works once, until it expires or is taken back; only a hash of the link is kept."""

    email = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    created_at = models.DateTimeField(pgettext_lazy("date", "sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    used_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.email

    @staticmethod
    def hash_of(token):
        return hashlib.sha256(token.encode()).hexdigest()

    def renew(self):
        """A new link, valid from now; returns its token, which is stored nowhere."""
        token = secrets.token_urlsafe(32)
        self.token_hash = self.hash_of(token)
        self.expires_at = timezone.now() + INVITATION_VALID
        return token

    @property
    def is_open(self):
        return self.used_at is None and self.revoked_at is None and self.expires_at > timezone.now()
