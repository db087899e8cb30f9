"""Which tests a change touches, nearest first, as many as fit into the time: what `make quick` runs.

Near is a test that is itself changed, then one that imports what is changed, then those of the same app, for pages are
asked for by their address and not imported; then whoever imports it over more corners. Templates, styles and data
import nothing: the files that name them stand for them. How long a test file takes is known from the last run.
"""

import json
import subprocess
import sys
from collections import deque

import grimp
from django.conf import settings

APPS = [path.parent.name for path in settings.BASE_DIR.glob("*/apps.py")]
"""The folders of the apps."""
HOUSE = ["tests/test_house.py", "tests/test_annotations.py", "tests/test_look.py"]
"""Run every time."""
SLOW = ("tests/browser", "tests/test_make.py", "tests/test_recipes.py")
"""Left to `make test`."""
SECONDS = 30
"""What two workers get done beside the tests of the house, so that all is over within a minute."""
UNKNOWN = 3
"""Seconds for a test file that nobody has measured yet."""
MEASURED = settings.VAR_DIR / "tests/seconds.json"
NAMED_BY = ("*.py", "*.html", "*.txt")
NEIGHBOUR = 2
"""How far the tests of the same app are."""


def git(*words):
    """The lines that git answers; none when it finds nothing."""
    command = ["git", "-C", str(settings.BASE_DIR), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()


def changed():
    """The files that are not committed; of a clean tree, those of the last commit."""
    uncommitted = git("diff", "--name-only", "HEAD") + git("ls-files", "--others", "--exclude-standard")
    return uncommitted or git("diff", "--name-only", "HEAD~1")


def touched_by(files):
    """{test file: how far it is from the nearest of ``files``}."""
    graph = grimp.build_graph("wopportal", "tests", *APPS, cache_dir=str(settings.VAR_DIR / "tests/imports"))
    seeds = sorted(filter(graph.modules.__contains__, map(module_of, standing_for(files))))
    steps = steps_to(seeds, graph)
    near = {file_of(name): far if far < NEIGHBOUR else far + 1 for name, far in steps.items() if is_test(name)}
    for app in {name.split(".")[0] for name in seeds} & set(APPS):
        for path in (settings.BASE_DIR / "tests" / app).glob("test_*.py"):
            name = str(path.relative_to(settings.BASE_DIR))
            near[name] = min(near.get(name, NEIGHBOUR), NEIGHBOUR)
    return near


def steps_to(modules, graph):
    """{module: how many imports lead from it to one of ``modules``}."""
    steps = dict.fromkeys(modules, 0)
    waiting = deque(steps)
    while waiting:
        module = waiting.popleft()
        for importer in graph.find_modules_that_directly_import(module) - set(steps):
            steps[importer] = steps[module] + 1
            waiting.append(importer)
    return steps


def is_test(module):
    return module.split(".")[-1].startswith("test_")


def standing_for(files):
    """``files``, and for those that are not Python the Python files that name them, or name what names them."""
    found, waiting = set(files), deque(name for name in files if not name.endswith(".py"))
    while waiting:
        named = waiting.popleft()
        short = named.removeprefix("templates/").removeprefix("static/").removeprefix("data/")
        for name in git("grep", "-lF", short, "--", *NAMED_BY) if "/" in named else ():
            if name not in found:
                found.add(name)
                waiting.extend([name] if not name.endswith(".py") else [])
    return found


def module_of(name):
    return name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def file_of(module):
    return module.replace(".", "/") + ".py"


def chosen(near, seconds, most=SECONDS):
    """(the files to run, those that do not fit) of ``near``, as ``touched_by`` gives it."""
    taken, left, spent = [], [], 0
    for name in sorted(near, key=lambda name: (near[name], name)):
        spent += seconds.get(name, UNKNOWN)
        (taken if spent <= most or near[name] == 0 else left).append(name)
    return taken, left


def main():
    near = {name: far for name, far in touched_by(changed()).items() if not name.startswith(SLOW) and name not in HOUSE}
    seconds = json.loads(MEASURED.read_text()) if MEASURED.exists() else {}
    taken, left = chosen(near, seconds)
    print(*HOUSE, *taken)
    far = f", {len(left)} that lie further off are left to make test" if left else ""
    print(f"{len(taken)} files of tests are touched{far}.", file=sys.stderr)


if __name__ == "__main__":
    main()
