"""`orch help`."""

from typing import Annotated

import typer

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import UnknownNameError

from ..session import new_app

app = new_app()

_TOPICS = {
    "exit-codes": """Exit codes
    0  done
    1  a step failed
    2  wrong usage, including a selection that matches nothing (--allow-empty makes it 0)
    3  a code location or a definition is not valid
    4  there are pending changes (only where asked)
    5  orch could not do its work: the home or the database cannot be used, or orch has a bug
  130  interrupted by Ctrl-C (SIGINT); the run was recorded as canceled
  143  interrupted by SIGTERM (129 by SIGHUP); the run was recorded as canceled""",
    "selection": """Selections
  x                      the asset x; keys with parts: a/b
  *                      every asset that a code location computes
  +x   x+                x and all it depends on; x and all that depends on it
  2+x  x+1  2+x+1        at most so many layers
  a, b   a or b          both; repeating --select means the same
  a and b   not a  ( )   intersection, complement, grouping; 'not' binds first, then 'and', 'or', ','
  key:"a/*"              keys by pattern, over the whole key
  group:x  kind:x  owner:team:x  code_location:x  job:x
  tag:k  tag:k=v         the tag is there; it has this value (tag:k="" for empty)
  column:x  table_name:x  column_tag:k=v
  is:external  is:materializable
  status:materialized  status:missing  status:failed    'missing' and 'failed' alone mean the same
  kind:null  owner:null  tag:null    those without one
  roots(...)  sinks(...) the first and the last of a selection
  between(a, b)          all that lies on a way from a to b
Values may be quoted and hold the wildcard *. Quote selections for your shell.""",
    "environment": """Environment
  ORCH_WORKSPACE  ORCH_FILE  ORCH_MODULE     where definitions are (-w, -f, -m); several with ':' between;
                                             any of the flags replaces all three
  ORCH_WORKING_DIRECTORY  ORCH_ATTRIBUTE     -d and -a
  ORCH_ALIAS                                 serve imports of dagster (--alias)
  ORCH_HOME                                  records and values (--home); default .orch beside the workspace
  ORCH_STORE                                 where records are, if not in the home: postgresql://user:password@host/db
  ORCH_COLOR                                 auto, always or never (--color)
  ORCH_JSON  ORCH_QUIET  ORCH_VERBOSE        1 (of the last two: or 2) for --json, -q, -v
  ORCH_LOG_LEVEL  ORCH_UTC                   --log-level and --utc
  ORCH_EXECUTOR  ORCH_MAX_WORKERS            of runs: --executor, -j,
  ORCH_ISOLATE_STEPS  ORCH_FAIL_FAST         --isolate-steps, --fail-fast,
  ORCH_NO_CAPTURE  ORCH_ALLOW_EMPTY          --no-capture, --allow-empty,
  ORCH_DRY_RUN                               --dry-run
  NO_COLOR, FORCE_COLOR, TERM=dumb           obeyed
Flags win over the environment, the environment over [tool.orch] in pyproject.toml.""",
}

Topic = Annotated[str | None, typer.Argument(metavar="TOPIC", help="One of: " + ", ".join(_TOPICS))]


@app.command(epilog="Example: orch help selection")
def explain(topic: Topic = None) -> None:
    """Explain exit codes, selections, the environment."""
    if topic is None:
        typer.echo("Topics: " + ", ".join(_TOPICS) + "\nFor a command: orch COMMAND --help")
    elif topic in _TOPICS:
        typer.echo(_TOPICS[topic])
    else:
        raise UnknownNameError(
            f"there is no topic `{topic}`", hint=did_you_mean(topic, _TOPICS) or f"topics: {', '.join(_TOPICS)}"
        )
