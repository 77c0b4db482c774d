import dagster as dg
from observe import see

NOT_YET = "partitions come with a later issue"

# Dynamic partitions in the instance.

with dg.DagsterInstance.ephemeral() as instance:
    instance.add_dynamic_partitions("colors", ["red", "blue"])
    see("keys", instance.get_dynamic_partitions("colors"))
    see("has", [instance.has_dynamic_partition("colors", "red"), instance.has_dynamic_partition("colors", "green")])
    instance.add_dynamic_partitions("colors", ["red", "green"])
    see("added twice", instance.get_dynamic_partitions("colors"))
    instance.delete_dynamic_partition("colors", "red")
    see("deleted", instance.get_dynamic_partitions("colors"))
    see("unknown", instance.get_dynamic_partitions("nope"))
