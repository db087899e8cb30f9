from exports.orders import take_up_lost
from notices.sweeps import SweepCommand


class Command(SweepCommand):
    help = "Has large downloads begun anew whose worker died, once or again and again."
    sweep = staticmethod(take_up_lost)
    word = "begun anew"
