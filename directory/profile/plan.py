"""What is planned in a track or for the partnership as a whole, who works on it, and what they do."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from directory.wording import measured, period_of, quantity, worded
from partnerships.mentor_mentee import end_of
from vocabularies.partial_dates import span


@dataclass(frozen=True)
class Target:
    """As ``components/_plan.html`` shows it; ``goal`` is “30 % by 2026”, or as much of it as is known."""

    indicator: str
    text: str
    goal: str


@dataclass(frozen=True)
class Team:
    """Of one partner in one role; ``functions`` are texts."""

    name: str
    role: str
    functions: list


@dataclass(frozen=True)
class Work:
    """A line of the work plan; all but ``what`` may be unknown."""

    what: str
    who: str
    when: str
    state: str
    state_label: str


@dataclass(frozen=True)
class Plan:
    targets: list
    teams: list
    work: list

    def __bool__(self):
        return bool(self.targets or self.teams or self.work)


def plan_of(version, track=None):
    """The Plan of one track; of the partnership as a whole without one."""

    def belongs(row):
        return row.track_id == (track and track.pk)

    return Plan(
        targets=[_target(row) for row in version.targets.all() if belongs(row) and not _stands_with_a_result(row)],
        teams=_teams([row for row in version.teams.all() if belongs(row)]),
        work=[_work(row) for row in version.work_plan.all() if belongs(row)],
    )


def target_beside(result):
    """(value, day) of the target that a result of a version has come nearer to; (None, None) without one."""
    targets = result.version.targets.all() if hasattr(result, "track_id") else ()
    row = next((row for row in targets if _is_of(row, result)), None)
    return (row.value, row.due_on) if row else (None, None)


def _stands_with_a_result(row):
    """Whether the target is told where its result is: once is enough."""
    return not row.text and any(_is_of(row, result) for result in row.version.results.all())


def _is_of(target, result):
    """Whether both measure the same in the same track; words alone are not compared."""
    if target.value is None or not target.indicator_id:
        return False
    one, other = ((row.track_id, row.indicator_id, row.unit) for row in (target, result))
    return one == other


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


def _teams(rows):
    """One for each partner, in the order in which they are first named."""
    by_partner = {}
    for row in rows:
        by_partner.setdefault(row.involvement, []).append(_function(row))
    return [Team(end_of(who).name, str(who.role_label), functions) for who, functions in by_partner.items()]


def _function(row):
    """“Head of network”, “Meter reader × 3”."""
    function = worded(row.function, row.version.language)
    return format_html("{} × {}", function, quantity(Decimal(row.people))) if row.people else function


def _work(row):
    languages = (row.language, row.version.language)
    partner = end_of(row.involvement).name if row.involvement else ""
    return Work(
        what=worded(row.text, *languages),
        who=format_html_join(", ", "{}", ((one,) for one in (partner, worded(row.who, *languages)) if one)),
        when=_when(row.starts_on, row.ends_on),
        state=row.state or "unstated",
        state_label=row.get_state_display(),
    )


def _when(start, end):
    """“3–14 February 2026”, as milestones have it, where both are known; else “from 2026”, “until 2026”."""
    return span(start, end) if start and end else period_of(start, end)
