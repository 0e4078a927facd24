"""What a lot is made of, wherever it stands: one vector of amounts that is pooled, split and handed over (ADR 12)."""

from biotwin.materials.attributes import ATTRIBUTES, Attribute, attribute
from biotwin.materials.material import FIELDS, NOTHING, Material, part, pooled

__all__ = ["ATTRIBUTES", "FIELDS", "NOTHING", "Attribute", "Material", "attribute", "part", "pooled"]
