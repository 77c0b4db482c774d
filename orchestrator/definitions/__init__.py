"""What the user wrote: decorators and values, no IO."""
