import dagster as dg
from observe import see

# PythonObjectDagsterType checks isinstance.


class Thing:
    pass


class Child(Thing):
    pass


ThingType = dg.PythonObjectDagsterType(python_type=Thing, name="TheThing", description="a thing")
see("name", ThingType.display_name)
see("description", ThingType.description)
see("same", dg.check_dagster_type(ThingType, Thing()).success)
see("child", dg.check_dagster_type(ThingType, Child()).success)
see("other", dg.check_dagster_type(ThingType, 1).success)
several = dg.PythonObjectDagsterType(python_type=(int, str), name="IntOrStr")
see("tuple int", dg.check_dagster_type(several, 1).success)
see("tuple float", dg.check_dagster_type(several, 1.5).success)
see("default name", dg.PythonObjectDagsterType(Thing).display_name)
