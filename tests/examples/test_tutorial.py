"""The tutorial's snippets, word for word apart from the import line and its placeholders."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.graph.snapshot import LocationSnapshot
from orchestrator.workspace.location import LocationRef
from orchestrator.workspace.messages import EvaluateTick, TickResult
from orchestrator.workspace.process import LocationWorker
from tests.conftest import Orch

Write = Callable[[str, str], Path]


def test_the_asset_snippets(orch: Orch, write: Write) -> None:
    write("data.csv", "a,b\n1,2\n3,\n")
    write(
        "definitions.py",
        '''
        import csv


        class Frame(list):
            """Stands in for a data frame."""

            def dropna(self):
                return Frame(row for row in self if all(row.values()))


        class pd:
            @staticmethod
            def read_csv(path):
                with open(path) as file:
                    return Frame(csv.DictReader(file))


        @dg.asset
        def raw_data():
            return pd.read_csv("data.csv")

        @dg.asset(deps=[raw_data])
        def cleaned_data(raw_data):
            return raw_data.dropna()


        @dg.asset(
            metadata={
                "description": "레시피 파일에서 재료 정보를 추출합니다.",
                "owner": "ingredients_team"
            },
            tags={"category": "input", "data_type": "json"}
        )
        def ingredients():
            """레시피 파일에서 재료 정보를 추출합니다."""
            # 구현 코드...
            return dg.MaterializeResult(metadata={"n": 1})


        @dg.asset
        def baked_cakes():
            return [1, 2]


        @dg.multi_asset(
            outs={
                "production_analysis": dg.AssetOut(description="케이크 생산량 기본 분석"),
                "type_distribution": dg.AssetOut(description="케이크 타입별 분포"),
                "top_cakes": dg.AssetOut(description="가장 많이 생산된 케이크 목록")
            },
            deps={"baked_cakes": baked_cakes}
        )
        def cake_analysis(baked_cakes):
            # 분석 코드...
            yield dg.MaterializeResult(
                metadata={"n": len(baked_cakes)},
                asset_key="production_analysis"
            )
            yield dg.MaterializeResult(
                metadata={"n": 2},
                asset_key="type_distribution"
            )
            yield dg.MaterializeResult(
                metadata={"n": 3},
                asset_key="top_cakes"
            )


        def execute_query(query):
            pass


        @dg.asset
        def sugary_cereals() -> None:
            execute_query(
                "CREATE TABLE sugary_cereals AS SELECT * FROM cereals WHERE sugar_grams > 10"
            )


        @dg.asset(deps=[sugary_cereals])
        def shopping_list() -> None:
            execute_query("CREATE TABLE shopping_list AS SELECT * FROM sugary_cereals")
        ''',
    )
    done = orch("materialize", "--select", "*")
    assert done.returncode == 0, done.stderr
    assert "9 materialized" in done.stdout
    listed = {one["key"]: one for one in json.loads(orch("list-assets", "--json").stdout)}
    assert listed["cleaned_data"]["deps"] == ["raw_data"]
    assert listed["top_cakes"]["deps"] == ["baked_cakes"]
    assert listed["ingredients"]["description"] == "레시피 파일에서 재료 정보를 추출합니다."
    assert listed["ingredients"]["owners"] == []


def test_string_dependencies_across_code_locations(orch: Orch, write: Write, project: Path) -> None:
    write(
        "location_1.py",
        f"""
        import json
        @dg.asset
        def code_location_1_asset():
            with open("{project}/code_location_1_asset.json", "w+") as f:
                json.dump(5, f)


        defs = dg.Definitions(assets=[code_location_1_asset])
        """,
    )
    write(
        "location_2.py",
        f"""
        import json
        @dg.asset(deps=["code_location_1_asset"])
        def code_location_2_asset():
            with open("{project}/code_location_1_asset.json") as f:
                x = json.load(f)

            with open("{project}/code_location_2_asset.json", "w+") as f:
                json.dump(x + 6, f)
        """,
    )
    done = orch("materialize", "--select", "+code_location_2_asset", "-f", "location_1.py", "-f", "location_2.py")
    assert done.returncode == 0, done.stderr
    assert json.loads((project / "code_location_2_asset.json").read_text()) == 11


def test_the_placeholder_that_readers_copy(orch: Orch, write: Write) -> None:
    write("definitions.py", "@dg.asset\ndef ingredients():\n    return dg.MaterializeResult(metadata={...})\n")
    done = orch("materialize", "--select", "*")
    assert done.returncode == 1
    assert "placeholder" in done.stderr
    assert "definitions.py:4" in done.stderr


#: The tutorial's ops, graphs, jobs and assets of graphs; what its readers fill in is filled in.
OPS = """
recipe_data = ["castella"]
processed_recipes = ["CASTELLA"]
cake_data = [30, 17]
analysis, distribution = {"count": 2}, {"castella": 30}


@dg.op
def extract_data():
    return {"data": [1, 2, 3, 4, 5]}

@dg.op
def transform_data(data):
    return {"transformed_data": [x * 2 for x in data["data"]]}


@dg.graph
def etl_process():
    data = extract_data()
    transformed = transform_data(data)
    return transformed


# Op 기반 Job
@dg.job
def my_etl_job():
    etl_process()


@dg.op
def fetch_recipes():
    # 레시피 데이터 가져오기
    return recipe_data

@dg.op
def process_recipes(recipes):
    # 레시피 처리
    return processed_recipes

@dg.graph_asset
def processed_recipe_data():
    recipes = fetch_recipes()
    return process_recipes(recipes)


@dg.op
def fetch_cake_data():
    # 케이크 데이터 가져오기
    return cake_data

@dg.op
def analyze_data(data):
    # 데이터 분석
    return analysis, distribution

@dg.graph_multi_asset(
    outs={
        "cake_analysis": dg.AssetOut(description="케이크 분석"),
        "cake_distribution": dg.AssetOut(description="케이크 분포")
    }
)
def cake_analytics():
    data = fetch_cake_data()
    analysis, distribution = analyze_data(data)
    return analysis, distribution
"""
DAILY = """
# 자산 기반 Job
asset_job = dg.define_asset_job(
    name="process_daily_data",
    selection=["daily_extract", "daily_transform", "daily_load"]
)
"""


def test_ops_in_a_graph_in_a_job(orch: Orch, write: Write) -> None:
    write("definitions.py", OPS)
    tree = orch("show", "my_etl_job").stdout
    assert "└── etl_process\n    ├── extract_data\n    └── transform_data  data from etl_process.extract_data" in tree
    done = orch("run", "my_etl_job", "--format", "json")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    made = [event["step"] for event in events if event["type"] == "output_produced"]
    assert made == ["etl_process.extract_data", "etl_process.transform_data"]
    assert orch("list-assets", "--format", "names").stdout.split() == [
        "processed_recipe_data",
        "cake_analysis",
        "cake_distribution",
    ]


def test_assets_of_graphs(orch: Orch, write: Write) -> None:
    write("definitions.py", OPS)
    assert orch("check", "--strict").returncode == 0
    done = orch("materialize", "--select", "*")
    assert done.returncode == 0, done.stderr
    assert "done: 3 materialized" in done.stdout
    assert json.loads(orch("show", "processed_recipe_data", "--value").stdout) == ["CASTELLA"]
    assert json.loads(orch("show", "cake_distribution", "--value").stdout) == {"castella": 30}
    shown = json.loads(orch("show", "cake_analysis", "--json").stdout)
    assert shown["description"] == "케이크 분석"
    assert json.loads(orch("show", "cake_analysis", "--value").stdout) == {"count": 2}


@pytest.mark.parametrize(
    ("returned", "message"),
    [("1, 2, 3", "returned 3 values for 2 assets"), ("(1,)", "returned 1 value"), ("7", "`analyze_data` returned")],
)
def test_a_pair_that_is_none_fails_the_step_that_returns_it(
    orch: Orch, write: Write, returned: str, message: str
) -> None:
    text = OPS.replace("# 데이터 분석\n    return analysis, distribution", f"# 데이터 분석\n    return {returned}")
    source = write("definitions.py", text)
    assert orch("check").returncode == 0
    done = orch("materialize", "--select", "*")
    assert done.returncode == 1
    assert "1 materialized, 2 failed" in done.stdout
    assert message in done.stderr
    line = source.read_text().splitlines().index("def analyze_data(data):")
    assert f"definitions.py:{line}" in done.stderr


def test_a_graph_that_returns_too_few_cannot_be_loaded(orch: Orch, write: Write) -> None:
    write("definitions.py", OPS.removesuffix("    return analysis, distribution\n") + "    return analysis\n")
    done = orch("check")
    assert done.returncode == 3
    assert "`cake_analytics` returns 1 output, its out says `cake_analysis`, `cake_distribution`" in done.stderr


def test_a_job_of_assets_that_are_not_there_names_all_of_them(orch: Orch, write: Write) -> None:
    source = write("definitions.py", OPS + DAILY)
    line = 1 + source.read_text().splitlines().index("asset_job = dg.define_asset_job(")
    for command in (("check",), ("list-jobs",), ("show", "process_daily_data"), ("run", "process_daily_data")):
        done = orch(*command)
        assert done.returncode == 3
        assert all(f"`{name}`" in done.stderr for name in ("daily_extract", "daily_transform", "daily_load"))
        assert f"definitions.py:{line}" in done.stderr
    assert orch("run", "my_etl_job").returncode == 0  # what is sound runs


def test_a_job_of_assets(orch: Orch, write: Write) -> None:
    assets = "\n".join(
        f"@dg.asset\ndef daily_{name}(): return 1\n" for name in ("extract", "transform", "load", "rest")
    )
    write("definitions.py", OPS + DAILY + assets)
    done = orch("run", "process_daily_data")
    assert done.returncode == 0, done.stderr
    assert "done: 3 materialized" in done.stdout


AUTOMATION = """
import os


@dg.asset
def recipes():
    return ["sponge"]


@dg.asset(deps=[recipes])
def baked_cakes(recipes):
    return len(recipes)


class RecipeConfig(dg.Config):
    file_path: str = ""


@dg.op
def read_recipe(config: RecipeConfig):
    return config.file_path


@dg.job
def recipe_job():
    read_recipe()


cake_job = dg.define_asset_job(name="cake_job", selection="*")

# 매일 아침 9시
daily_cake_production = dg.ScheduleDefinition(
    name="daily_cake_production",
    job=cake_job,
    cron_schedule="0 9 * * *",
    execution_timezone="Asia/Seoul",
)


@dg.schedule(cron_schedule="0 0 * * *", job=cake_job)
def nightly(context: dg.ScheduleEvaluationContext):
    scheduled_date = context.scheduled_execution_time.strftime("%Y-%m-%d")
    return dg.RunRequest(run_key=None, tags={"date": scheduled_date})


@dg.sensor(job=recipe_job, minimum_interval_seconds=30)
def new_recipe_sensor(context: dg.SensorEvaluationContext):
    last_mtime = float(context.cursor) if context.cursor else 0
    max_mtime = last_mtime
    for filename in sorted(os.listdir("recipes")):
        filepath = os.path.join("recipes", filename)
        mtime = os.stat(filepath).st_mtime
        if mtime <= last_mtime:
            continue
        yield dg.RunRequest(
            run_key=f"{filename}:{mtime}",
            run_config={"ops": {"read_recipe": {"config": {"file_path": filepath}}}},
        )
        max_mtime = max(max_mtime, mtime)
    context.update_cursor(str(max_mtime))


defs = dg.Definitions(
    assets=[recipes, baked_cakes],
    jobs=[cake_job, recipe_job],
    schedules=[daily_cake_production, nightly],
    sensors=[new_recipe_sensor],
)
"""


def test_a_schedule_and_a_sensor(orch: Orch, write: Write, project: Path) -> None:
    file = write("definitions.py", AUTOMATION)
    write("recipes/sponge.txt", "eggs")
    assert orch("check").returncode == 0
    worker = LocationWorker(LocationRef(name="cakes", file=str(file), base_directory=str(project)), str(project))
    try:
        described = worker.describe()
        assert isinstance(described, LocationSnapshot)
        assert next((one.name, one.timezone) for one in described.schedules) == ("daily_cake_production", "Asia/Seoul")
        process = worker.process()

        def ask(kind: str, name: str, cursor: str | None = None) -> TickResult:
            process.send(EvaluateTick(kind=kind, name=name, scheduled=0.0, now=0.0, cursor=cursor, home=str(project)))
            answer = process.receive()
            assert isinstance(answer, TickResult), answer
            return answer

        assert [one.job for one in ask("schedule", "daily_cake_production").requests] == ["cake_job"]
        assert ask("schedule", "nightly").requests[0].tags["date"] == "1970-01-01"
        found = ask("sensor", "new_recipe_sensor")
        assert len(found.requests) == 1
        assert ask("sensor", "new_recipe_sensor", found.cursor).requests == ()
    finally:
        worker.close()
    config = json.dumps(found.requests[0].run_config)
    assert orch("run", "recipe_job", "--config-json", config).returncode == 0
