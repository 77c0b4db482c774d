import dagster as dg
from observe import see

# Decorators make definitions of classes of their own; an asset sensor can be made of its class, too.


@dg.asset
def a():
    return 1


job = dg.define_asset_job("job", [a])


@dg.asset_sensor(asset_key=dg.AssetKey("a"), job=job)
def on_asset(context, event):
    return dg.RunRequest()


@dg.multi_asset_sensor(monitored_assets=[dg.AssetKey("a")], job=job)
def on_assets(context: dg.MultiAssetSensorEvaluationContext):
    return dg.SkipReason("none")


@dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS)
def on_status(context):
    return None


see("asset", [isinstance(on_asset, dg.AssetSensorDefinition), isinstance(on_asset, dg.SensorDefinition)])
see("multi", [isinstance(on_assets, dg.MultiAssetSensorDefinition), on_assets.name])
see("status", [isinstance(on_status, dg.RunStatusSensorDefinition), on_status.name])
made = dg.AssetSensorDefinition(
    name="made", asset_key=dg.AssetKey("a"), job_name="job", asset_materialization_fn=lambda context, event: None
)
see("made", [made.name, made.asset_key.to_user_string(), made.minimum_interval_seconds])
