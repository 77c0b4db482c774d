"""Write the tables of docs/dagster.md anew from the tables of `orchestrator.compat`.

python scripts/dagster_page.py          write
python scripts/dagster_page.py --check  exit 1 if the page is out of date
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import orchestrator
from orchestrator.compat.absent import LATER, NOT_PLANNED
from orchestrator.compat.errors import ERRORS, MORE_ERRORS
from orchestrator.compat.inventory import read_inventory
from orchestrator.compat.names import SPELLINGS, served_names

PAGE = Path(__file__).parents[1] / "docs" / "dagster.md"
NATIVE = set(orchestrator.__all__)


def main() -> None:
    """Write or check the page."""
    old = PAGE.read_text()
    new = render(old)
    if "--check" in sys.argv:
        sys.exit(old != new)
    PAGE.write_text(new)


def render(page: str) -> str:
    """The page with its tables made anew, each between a line `<!-- begin NAME -->` and one `<!-- end NAME -->`."""
    for name, lines in (("counts", counts()), ("names", names()), ("errors", errors())):
        begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
        before, _, rest = page.partition(begin)
        after = rest.partition(end)[2]
        page = "\n".join([before + begin.rstrip(), *lines, end + after])
    return page


def counts() -> Iterator[str]:
    """How many names there are of each sort."""
    answers = [ours(name) for name in read_inventory().names]
    later = sum(answer.startswith("not yet") for answer in answers)
    never = sum(answer.startswith("not planned") for answer in answers)
    served = len(answers) - later - never
    yield f"Of {len(answers)} public names {served} are served, {later} come later, {never} are not planned."


def names() -> Iterator[str]:
    """Every public name and ours."""
    yield "| Dagster | | orch |"
    yield "|---|---|---|"
    for name, facts in sorted(read_inventory().names.items(), key=lambda item: item[0].casefold()):
        yield f"| `{name}` | {facts.kind} | {ours(name)} |"


def ours(name: str) -> str:
    """What stands for a public name here."""
    if name in NOT_PLANNED:
        return f"not planned, because {NOT_PLANNED[name]}"
    if name not in served_names():
        return f"not yet ({LATER[name]})" if name in LATER else "not yet"
    if name in ERRORS:
        return f"`{ERRORS[name].__name__}`"
    if name not in SPELLINGS:
        return f"`{name}`"
    module, attribute = SPELLINGS[name]
    if module.startswith("orchestrator.compat"):
        return "by `import dagster` only"
    return f"`{attribute}`" if module.startswith("orchestrator") else f"Python's `{attribute}`"


def errors() -> Iterator[str]:
    """Every error class that is no public name but known by its name."""
    yield "| Dagster | orch |"
    yield "|---|---|"
    for name, error in MORE_ERRORS.items():
        yield f"| `{name}` | `{error.__name__}` |"


if __name__ == "__main__":
    main()
