"""What workshops do: apply, bring their people in, run their team."""
