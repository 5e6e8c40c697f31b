"""What the pages of the site say: gathered from data, ledger and executed notebooks."""
