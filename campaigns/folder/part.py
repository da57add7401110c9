from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A map of keys and values in campaign.yaml. What stands under a key is said to whoever edits it."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
