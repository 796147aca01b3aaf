"""Which mechanics fit a request: keywords, eligibility, score, the ten alerted first."""
