// The facade is all that a program imports, but for the clients below it.
@_exported public import MiyabiLicensing
@_exported public import MiyabiRealtime
@_exported public import MiyabiRelational
@_exported public import MiyabiValues
