// Whoever has this target's API has the types that it is made of.
@_exported public import MiyabiValues
