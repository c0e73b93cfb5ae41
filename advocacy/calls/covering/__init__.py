"""Who has answered and who has not, by country and region, as figures and as a map."""
