from notices.sending import sweep
from notices.sweeps import SweepCommand


class Command(SweepCommand):
    help = "Sends the mails that are due, once or again and again: what the tasks of the worker have missed."
    sweep = staticmethod(sweep)
