import dagster as dg
from observe import fails, see

from datetime import UTC, datetime

# Timestamps from numbers and from times with a zone.

see("number", dg.MetadataValue.timestamp(1700000000.0).value)
see("aware", dg.MetadataValue.timestamp(datetime(2024, 1, 2, tzinfo=UTC)).value)
with fails("naive"):
    dg.MetadataValue.timestamp(datetime.fromisoformat("2024-01-02"))
see("class", type(dg.MetadataValue.timestamp(1.0)).__name__)
with fails("int"):
    dg.MetadataValue.timestamp(5)
