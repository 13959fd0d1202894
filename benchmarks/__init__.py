"""What is measured, and how: always as ratios against a named peer or limit, in one run."""
