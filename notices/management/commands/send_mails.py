from notices.looping import SweepCommand
from notices.sending import sweep


class Command(SweepCommand):
    help = "Sends the mails that are due, once or again and again: what the tasks of the worker have missed."
    sweep = staticmethod(sweep)
