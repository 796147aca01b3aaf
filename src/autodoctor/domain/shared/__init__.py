"""What every context of the domain may lean on: ids, money, refusals, time, actors."""
