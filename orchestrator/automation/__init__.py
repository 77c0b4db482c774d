"""What is due, and when: schedules and sensors against the time. Pure: no clock, no store."""
