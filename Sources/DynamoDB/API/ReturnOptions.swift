/// Which attributes a write returns: AWS's shape `ReturnValue`.
public enum ReturnValues: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `NONE`.
    case none = "NONE"
    /// `ALL_OLD`.
    case allOld = "ALL_OLD"
    /// `UPDATED_OLD`.
    case updatedOld = "UPDATED_OLD"
    /// `ALL_NEW`.
    case allNew = "ALL_NEW"
    /// `UPDATED_NEW`.
    case updatedNew = "UPDATED_NEW"
}

/// Whether capacity is reported: not at all, in total, or for the table and each index.
public enum ReturnConsumedCapacity: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `INDEXES`.
    case indexes = "INDEXES"
    /// `TOTAL`.
    case total = "TOTAL"
    /// `NONE`.
    case none = "NONE"
}

/// Whether item collection sizes are reported.
public enum ReturnItemCollectionMetrics: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `SIZE`.
    case size = "SIZE"
    /// `NONE`.
    case none = "NONE"
}

/// Whether a failed condition's error carries the stored item.
public enum ReturnValuesOnConditionCheckFailure: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `ALL_OLD`.
    case allOld = "ALL_OLD"
    /// `NONE`.
    case none = "NONE"
}

/// What a query or scan returns.
public enum Select: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `ALL_ATTRIBUTES`.
    case allAttributes = "ALL_ATTRIBUTES"
    /// `ALL_PROJECTED_ATTRIBUTES`.
    case allProjectedAttributes = "ALL_PROJECTED_ATTRIBUTES"
    /// `SPECIFIC_ATTRIBUTES`.
    case specificAttributes = "SPECIFIC_ATTRIBUTES"
    /// `COUNT`.
    case count = "COUNT"
}
