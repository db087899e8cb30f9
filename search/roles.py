"""Which roles a question for one means: pages and programs ask, and documents are written so that it is one word."""

from partnerships.models import LEFT_ROLES, MAIN_ROLES, RIGHT_ROLES, Role

ROLES_MEANT = {Role.MENTOR: LEFT_ROLES, Role.MENTEE: RIGHT_ROLES}
"""Who asks for mentors means lead mentors too."""
ANY_SIDE = "side"
"""Mentors, mentees, peers and partners: who is meant where no role is asked for."""


def asked_as(role):
    """Everything by which somebody in ``role`` is found: a lead mentor as lead mentor, as mentor and as one side."""
    groups = [str(group) for group, meant in ROLES_MEANT.items() if role in meant and role != group]
    return [str(role), *groups, *([ANY_SIDE] if role in MAIN_ROLES else [])]
