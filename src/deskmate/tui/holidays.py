"""The places whose public holidays are known. A part of the gateway that nothing needs until one is chosen."""

from deskmate.services.public_holidays import Place, countries, regions

__all__ = ["Place", "countries", "regions"]
