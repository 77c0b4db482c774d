"""What happened: records, events, and the protocol of the store that keeps them (pure)."""
