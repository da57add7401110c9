"""How large a campaign folder may be."""

LARGEST_YAML = 1_000_000  # bytes of campaign.yaml
LARGEST_CSV = 5_000_000  # bytes of addressees.csv
LARGEST_WORDING = 100_000  # bytes of one wording
MOST_ADDRESSEES = 50_000
MOST_WORDINGS = 2_000  # files
MOST_NODES = 100_000  # keys and values in campaign.yaml
DEEPEST_NODE = 20  # lists and maps inside one another
MOST_DEFECTS = 200  # of one file; after that it is the file that is wrong
