/// A table's storage class.
public enum TableClass: String, Sendable, Hashable, CaseIterable, JSONEnumeration {
    /// `STANDARD`.
    case standard = "STANDARD"
    /// `STANDARD_INFREQUENT_ACCESS`.
    case standardInfrequentAccess = "STANDARD_INFREQUENT_ACCESS"
}

/// A table's storage class, and since when.
public struct TableClassSummary: Sendable, Hashable, JSONCodable {
    /// The storage class.
    public var tableClass: TableClass?
    /// When the class was last changed, in seconds since 1970.
    public var lastUpdateDateTime: Double?

    /// Makes a value of its members.
    public init(tableClass: TableClass? = nil, lastUpdateDateTime: Double? = nil) {
        self.tableClass = tableClass
        self.lastUpdateDateTime = lastUpdateDateTime
    }

    package init(json: inout JSONReader) throws(DynamoDBError) {
        self.init()
        try json.members { json, key throws(DynamoDBError) in
            switch key {
            case "TableClass": tableClass = try json.value()
            case "LastUpdateDateTime": lastUpdateDateTime = try json.value()
            default: try json.skip()
            }
        }
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("TableClass", tableClass)
            json.member("LastUpdateDateTime", lastUpdateDateTime)
        }
    }
}
