import DynamoDB

/// Queries for the events between two ULIDs, both included, in a partition of the table or of an index.
enum EventRange {
    /// In the table, where entities follow the ULID in the sort key.
    static func partition(_ key: String, _ range: ClosedRange<ULID>, table: String) -> QueryInput {
        QueryInput(
            tableName: table,
            keyConditionExpression: "PK = :key AND SK BETWEEN :first AND :last",
            expressionAttributeValues: [
                ":key": .string(key),
                ":first": .string(range.lowerBound.description),
                // `$` is the character after `#`: the bound lies after every continuation of the last ULID.
                ":last": .string("\(range.upperBound)$"),
            ])
    }

    /// In GSI1 or GSI2.
    static func index(_ name: String, _ key: String, _ range: ClosedRange<ULID>, table: String) -> QueryInput {
        QueryInput(
            tableName: table, indexName: name,
            keyConditionExpression: "\(name)PK = :key AND \(name)SK BETWEEN :first AND :last",
            expressionAttributeValues: [
                ":key": .string(key),
                ":first": .string(EventIndex.sortKey(range.lowerBound)),
                ":last": .string(EventIndex.sortKey(range.upperBound)),
            ])
    }
}
