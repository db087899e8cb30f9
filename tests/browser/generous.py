"""The settings of a portal that programs may ask as often as they like: thousands of requests would else be refused."""

from wopportal.settings import *  # noqa: F403
from wopportal.settings import RATE_LIMITS

RATE_LIMITS = {action: f"{10**6}/{rate.rsplit('/')[1]}" for action, rate in RATE_LIMITS.items()}
