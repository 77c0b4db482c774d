"""The bakery: from a file of recipes to baked cakes."""

import json
import os
from pathlib import Path

from helpers import OVEN_LOSS, shopping_list, total_weight

import orchestrator as dg

RECIPES = Path(__file__).parent.parent / "data" / "recipes.json"
#: Where new recipes are handed in, a file each.
INBOX = Path(os.environ.get("CAKES_INBOX", Path(__file__).parent.parent / "inbox"))


@dg.asset(
    metadata={"description": "레시피 파일에서 재료 정보를 추출합니다."},
    owners=["team:ingredients_team"],
    tags={"category": "input", "data_type": "json"},
    group_name="bakery",
    kinds={"json"},
)
def ingredients(context: dg.AssetExecutionContext):
    """The recipes, and what a day of them takes from the store room."""
    recipes = json.loads(RECIPES.read_text())
    needed = shopping_list(recipes)
    context.log.info("%d recipes, %d ingredients", len(recipes), len(needed))
    return dg.Output(
        recipes,
        metadata={
            "recipes": len(recipes),
            "kilograms": round(sum(needed.values()) / 1000, 1),
            "most_needed": dg.MetadataValue.table(
                [dg.TableRecord({"ingredient": name, "grams": grams}) for name, grams in list(needed.items())[:5]]
            ),
        },
    )


@dg.asset(group_name="bakery")
def mixed_dough(ingredients):
    """Each recipe's dough for a day, by weight."""
    return [
        {
            "cake": recipe["cake"],
            "type": recipe["type"],
            "minutes": recipe["minutes"],
            "count": recipe["per_day"],
            "grams": total_weight(recipe["grams"]) * recipe["per_day"],
        }
        for recipe in ingredients
    ]


@dg.asset(group_name="bakery", deps=[mixed_dough])
def baked_cakes(context: dg.AssetExecutionContext, mixed_dough):
    """What comes out of the oven."""
    cakes = [{**dough, "grams": round(dough["grams"] * (1 - OVEN_LOSS))} for dough in mixed_dough]
    context.add_output_metadata({"cakes": sum(cake["count"] for cake in cakes)})
    return cakes


class RecipeFile(dg.Config):
    """Which file to read."""

    path: str


@dg.op
def read_recipe(config: RecipeFile):
    """A recipe that somebody has handed in."""
    return json.loads(Path(config.path).read_text())


@dg.op
def weigh(context, recipe):
    """What one cake of it weighs before the oven."""
    grams = total_weight(recipe["grams"])
    context.log.info("%s: %d g of dough", recipe["cake"], grams)
    return grams


@dg.job(description="Reads and weighs a recipe that was handed in")
def recipe_intake():
    weigh(read_recipe())


@dg.sensor(job=recipe_intake, minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
def new_recipe_sensor():
    """A run for each new file in the folder; the name of a file is the key of its run, so that none is read twice."""
    for path in sorted(INBOX.glob("*.json")):
        config = RecipeFile(path=str(path))
        yield dg.RunRequest(run_key=path.name, run_config=dg.RunConfig(ops={"read_recipe": config}))


defs = dg.Definitions(assets=[ingredients, mixed_dough, baked_cakes], jobs=[recipe_intake], sensors=[new_recipe_sensor])
