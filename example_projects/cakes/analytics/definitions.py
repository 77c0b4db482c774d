"""The analysts: three tables from the cakes that the bakery, another code location, has baked."""

from helpers import share_by_type

import orchestrator as dg


@dg.multi_asset(
    outs={
        "production_analysis": dg.AssetOut(description="케이크 생산량 기본 분석"),
        "type_distribution": dg.AssetOut(description="케이크 타입별 분포"),
        "top_cakes": dg.AssetOut(description="가장 많이 생산된 케이크 목록"),
    },
    deps=["baked_cakes"],
    group_name="analytics",
)
def cake_analysis(baked_cakes):
    total = sum(cake["count"] for cake in baked_cakes)
    yield dg.MaterializeResult(
        asset_key="production_analysis",
        value={"cakes": total, "kilograms": round(sum(cake["grams"] for cake in baked_cakes) / 1000, 1)},
        metadata={"cakes": total},
    )

    shares = share_by_type(baked_cakes)
    yield dg.MaterializeResult(
        asset_key="type_distribution",
        value=shares,
        metadata={"types": len(shares), "shares": shares},
    )

    top = sorted(baked_cakes, key=lambda cake: -cake["count"])[:3]
    yield dg.MaterializeResult(
        asset_key="top_cakes",
        value=[cake["cake"] for cake in top],
        metadata={"top": dg.MetadataValue.md("\n".join(f"1. {cake['cake']} ({cake['count']})" for cake in top))},
    )


cake_production = dg.define_asset_job(
    name="cake_production",
    selection=["ingredients", "mixed_dough", "baked_cakes", "production_analysis", "type_distribution", "top_cakes"],
    description="The whole pipeline, across both code locations",
)

daily_cake_production = dg.ScheduleDefinition(
    name="daily_cake_production",
    job=cake_production,
    cron_schedule="0 9 * * *",
    execution_timezone="Asia/Seoul",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="The whole pipeline, every morning at nine in Seoul",
)

defs = dg.Definitions(assets=[cake_analysis], jobs=[cake_production], schedules=[daily_cake_production])
