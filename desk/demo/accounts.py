"""The people of a demonstration. Sign-in refuses them anywhere else (``accounts.backends``)."""

from dataclasses import dataclass
from functools import cache

from django.contrib.auth.hashers import make_password

from accounts.backends import DEMO_ADDRESSES
from accounts.models import User
from accounts.services import confirm_email
from operators.models import Organisation, OrganisationMember
from platforms.models import Platform, SecretariatMember

PASSWORD = "wop-demo-2026"  # noqa: S105 (printed on purpose; settings.DEMO serves this machine alone)


@dataclass(frozen=True)
class Account:
    """``operator`` or ``platform`` is a key of the register; without either it is the support account."""

    code: str
    name: str
    where: str
    role: str
    operator: str = ""
    platform: str = ""

    @property
    def email(self):
        return f"{self.code}{DEMO_ADDRESSES}"


ACCOUNTS = (
    Account(
        "wasco", "Demo editor, WASCO Saint Lucia", "/en/workspace/", OrganisationMember.Role.EDITOR, operator="wasco-lc"
    ),
    Account("sicsm", "Demo manager, SICSM", "/en/workspace/", OrganisationMember.Role.MANAGER, operator="sicsm"),
    Account("cari-wop", "Demo coordinator, Cari-WOP", "/en/desk/", "coordinator", platform="cari-wop"),
    Account("wop-lac", "Demo coordinator, WOP-LAC", "/en/desk/", "coordinator", platform="wop-lac"),
    Account("wop-mexico", "Demo coordinator, WOP-Mexico", "/en/desk/", "coordinator", platform="wop-mexico"),
    Account("gwopa", "Demo coordinator, GWOPA", "/en/desk/", "coordinator", platform="gwopa"),
    Account("support", "Demo support", "/admin/", "support"),
)


def make_accounts():
    """{code: User} of ``ACCOUNTS``; one that exists keeps its password, its rights and its memberships."""
    hashed = cache(make_password)  # slow on purpose; with a public password one hash will do for all
    return {account.code: _made(account, hashed) for account in ACCOUNTS}


def _made(account, hashed):
    user = User.objects.filter(email__iexact=account.email).first()
    if user is None:
        make = User.objects.create_user if account.operator or account.platform else User.objects.create_superuser
        user = make(account.email, name=account.name)
        user.password = hashed(PASSWORD)
        user.save(update_fields=["password"])
        _join(user, account)
    confirm_email(user=user)
    return user


def _join(user, account):
    if account.operator:
        organisation = Organisation.objects.get(key=account.operator)
        OrganisationMember.objects.create(user=user, organisation=organisation, role=account.role)
    if account.platform:
        platform = Platform.objects.get(key=account.platform)
        SecretariatMember.objects.create(user=user, platform=platform, role=account.role)
