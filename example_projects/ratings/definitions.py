"""Breakfast cereals scored per maker: ops in graphs, run as a job with any weights, and as an asset with the usual ones."""

import csv
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

import orchestrator as dg

FOLDER = Path(__file__).parent
MAKERS = {
    "A": "American Home Food Products",
    "G": "General Mills",
    "K": "Kelloggs",
    "N": "Nabisco",
    "P": "Post",
    "Q": "Quaker Oats",
    "R": "Ralston Purina",
}

Rows = list[dict[str, str]]


class CerealFile(dg.ConfigurableResource):
    """Where the cereals come from."""

    path: str = str(FOLDER / "data" / "cereals.csv")

    def rows(self) -> Rows:
        with Path(self.path).open(newline="") as file:
            return list(csv.DictReader(file))


class Notices(dg.ConfigurableResource):
    """Tells people; here by printing, which orch keeps with the run."""

    def send(self, text: str) -> None:
        print(text)


class MarkdownFiles(dg.ConfigurableIOManager):
    """Keeps a text as a file to read: an asset under its key, what a job makes under the job's name."""

    folder: str = str(FOLDER / "data" / "out")

    def handle_output(self, context: dg.OutputContext, obj: str) -> None:
        names = context.asset_key.path if context.has_asset_key else [context.job_name]
        path = Path(self.folder).joinpath(*names).with_suffix(".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_text(obj)
        temporary.replace(path)  # nobody reads half a report
        context.add_output_metadata({"report": path, "text": dg.MetadataValue.md(obj)})

    def load_input(self, context: dg.InputContext) -> str:
        return Path(self.folder).joinpath(*context.asset_key.path).with_suffix(".md").read_text()


class Weights(dg.Config):
    """What a gram counts in a score."""

    protein: float = Field(default=3.0, description="Points for a gram of protein.")
    fiber: float = Field(default=2.0, description="Points for a gram of fiber.")
    sugars: float = Field(default=-1.0, description="Points for a gram of sugar.")


@dataclass(frozen=True)
class Score:
    """What comes out for one maker."""

    maker: str
    cereals: int
    mean: float
    best: str


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2, delay=0.05, backoff=dg.Backoff.EXPONENTIAL))
def load_cereals(source: CerealFile) -> Rows:
    """The cereals. Files on network drives come and go, so this is tried three times."""
    return source.rows()


@dg.op(out=dg.DynamicOut(Rows))
def split_by_maker(cereals: Rows):
    """The cereals of each maker, one output for each maker there is."""
    for code in sorted({cereal["mfr"] for cereal in cereals}):
        yield dg.DynamicOutput([cereal for cereal in cereals if cereal["mfr"] == code], mapping_key=code)


@dg.op
def score_maker(context: dg.OpExecutionContext, cereals: Rows, config: Weights) -> Score:
    """How good the cereals of one maker are."""
    weights = config.model_dump()
    scores = {
        cereal["name"]: sum(float(cereal[field]) * weight for field, weight in weights.items()) for cereal in cereals
    }
    maker = MAKERS[cereals[0]["mfr"]]
    context.log.info("%s: %s cereals", maker, len(scores))
    return Score(
        maker=maker,
        cereals=len(scores),
        mean=sum(scores.values()) / len(scores),
        best=max(scores, key=scores.__getitem__),
    )


@dg.op
def rank(scores: list[Score]) -> list[Score]:
    """The best maker first."""
    return sorted(scores, key=lambda score: (-score.mean, score.maker))


@dg.op(out=dg.Out(io_manager_key="reports"))
def write_report(ranked: list[Score]) -> str:
    """A table to read."""
    lines = ["| | maker | cereals | score | best |", "|--|--|--|--|--|"]
    for place, score in enumerate(ranked, 1):
        lines.append(f"| {place} | {score.maker} | {score.cereals} | {score.mean:.1f} | {score.best} |")
    return "\n".join(lines) + "\n"


@dg.success_hook(required_resource_keys={"notices"})
def tell(context: dg.HookContext) -> None:
    """Say that a report is there."""
    context.resources.notices.send(f"{context.job_name}: a new report is ready")


@dg.graph
def rank_makers(cereals):
    """Score every maker on its own, then compare."""
    return rank(split_by_maker(cereals).map(score_maker).collect())


@dg.job
def what_if():
    """The report with other weights; try `--set ops.rank_makers.ops.score_maker.config.sugars=-5`."""
    write_report.with_hooks({tell})(rank_makers(load_cereals()))


@dg.graph_asset(group_name="reports", kinds={"markdown"})
def ratings():
    """Makers of cereals, the best first, with the usual weights."""
    return write_report(rank_makers(load_cereals()))


@dg.asset(group_name="reports")
def winner(ratings: str) -> str:
    """Who makes the best cereals."""
    return ratings.splitlines()[2].split(" | ")[1]


defs = dg.Definitions(
    assets=[ratings, winner],
    jobs=[what_if],
    resources={"source": CerealFile(), "notices": Notices(), "reports": MarkdownFiles()},
)
