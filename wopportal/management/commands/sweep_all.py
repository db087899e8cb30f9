from directory.services import tell_news
from exports.orders import take_up_lost
from notices.sending import Sweep
from notices.sending import sweep as send_mails
from notices.sweeps import SweepCommand
from webhooks.sending import sweep as send_webhooks

SWEEPS = (send_mails, send_webhooks, take_up_lost, tell_news)


def sweep(stopping=lambda: False):
    """One after the other; ``stopping()`` ends each of them between two things."""
    return Sweep(sent=sum(each(stopping=stopping).sent for each in SWEEPS))


class Command(SweepCommand):
    help = "All sweeps in one process, for an installation of one machine: mails, webhooks, downloads and alerts."
    sweep = staticmethod(sweep)
    word = "taken up"
