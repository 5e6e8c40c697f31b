"""The report: notebooks run side by side, their results kept, and the site around them."""
