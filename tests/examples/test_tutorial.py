"""The tutorial's asset snippets, word for word apart from the import line and its placeholders."""

import json
from collections.abc import Callable
from pathlib import Path

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
