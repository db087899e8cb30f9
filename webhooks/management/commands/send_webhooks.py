from notices.sweeps import SweepCommand
from webhooks.sending import sweep


class Command(SweepCommand):
    help = "Sends the deliveries that are due, once or again and again: what the tasks of the worker have missed."
    sweep = staticmethod(sweep)
