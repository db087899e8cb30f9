"""Tokens for the programs that work in the portal of the contract tests, by those of tests/browser/cast.py.

``manage.py shell -c "from tests.browser.programs import hand_out; hand_out()"`` makes them and prints, as JSON,
{the name of an environment variable: the token}.
"""

import json

from accounts.models import User
from tests.api.people import token_for
from tests.browser.cast import CARI_WOP, SICSM

OWNERS = {"WOP_TOKEN": SICSM, "WOP_REVIEWER_TOKEN": CARI_WOP}


def hand_out():
    made = {name: token_for(User.objects.get(email=email), name=name) for name, email in OWNERS.items()}
    print(json.dumps({name: secret for name, (_token, secret) in made.items()}))
