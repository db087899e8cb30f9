from directory.services import tell_news
from notices.sweeps import SweepCommand


class Command(SweepCommand):
    help = "Tells people what new entries match a filter that they saved, once or again and again."
    sweep = staticmethod(tell_news)
