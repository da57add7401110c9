"""How an address of a wire says how long something may take."""


def seconds(name: str, value: str, longest: int) -> float:
    """`value` of the option `name`; ValueError with a sentence unless it is more than 0 and at most `longest`."""
    try:
        said = float(value)
    except ValueError:
        said = 0.0
    if not 0 < said <= longest:
        raise ValueError(f"{name}={value} is not a number of seconds from 0 to {longest}")
    return said
