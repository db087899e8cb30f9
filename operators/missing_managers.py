"""An organisation without a manager: the secretariat hears of it, however the last one went."""

from django.utils import timezone

from notices.services import notify


def secretariat_of(organisation):
    """Who of the secretariats decides for it: of the lowest platform of its line that has somebody."""
    platform = organisation.reviewing_platform or organisation.route()
    for one in platform.line() if platform else []:
        if found := list(organisation.deciders([one])):
            return found
    return []


def notify_if_unmanaged(organisation):
    """To be called when a manager has gone or given the role up."""
    if not organisation.managers().exists():
        key = f"no-manager-left/{organisation.pk}/{timezone.now():%Y%m%d%H%M%S%f}"
        notify("no-manager-left", about=organisation, key=key, users=secretariat_of(organisation))
