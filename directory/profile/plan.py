"""What is planned in a track or for the partnership as a whole."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.wording import measured, worded


@dataclass(frozen=True)
class Target:
    """As ``components/_plan.html`` shows it; ``goal`` is “30 % by 2026”, or as much of it as is known."""

    indicator: str
    text: str
    goal: str


@dataclass(frozen=True)
class Plan:
    targets: list

    def __bool__(self):
        return bool(self.targets)


def plan_of(version, track=None):
    """The Plan of one track; of the partnership as a whole without one."""

    def belongs(row):
        return row.track_id == (track and track.pk)

    return Plan(targets=[_target(row) for row in version.targets.all() if belongs(row)])


def _target(row):
    return Target(
        indicator=str(row.indicator or ""),
        text=worded(row.text, row.language, row.version.language),
        goal=_goal(row),
    )


def _goal(row):
    number = "" if row.value is None else measured(row.value, row.unit)
    if not row.due_on:
        return number
    words = {"number": number, "date": row.due_on.localised()}
    return _("%(number)s by %(date)s") % words if number else _("by %(date)s") % words
