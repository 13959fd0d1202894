"""What the credentials add up to: scenarios, rules, random instances, properties."""
