"""Public directories of office holders, read into rows of addressees.csv."""
