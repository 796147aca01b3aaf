"""Lists and dashboards over what was committed in memory."""
