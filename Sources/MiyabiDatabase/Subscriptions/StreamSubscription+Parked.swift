import DynamoDB

extension StreamSubscription {
    /// The changes that were given up, by shard and place; they stay until ``discard(_:)``.
    ///
    /// - Throws: ``SubscriptionError``; `DynamoDBError`.
    public func parked() async throws -> [ParkedChange] {
        let query = QueryInput(tableName: leases.name, consistentRead: true)
            .matching(.equal("PK", partition), .begins("SK", with: "PARKED#"))
        var parked: [ParkedChange] = []
        for try await item in dynamoDB.queryPages(query).items { parked.append(try ParkedChange(item: item)) }
        return parked
    }

    /// Forgets a parked change, once it has been dealt with. Again, it changes nothing.
    ///
    /// - Throws: `DynamoDBError`.
    public func discard(_ parked: ParkedChange) async throws {
        let key = ParkedChange.key(parked.shard, parked.sequenceNumber, in: partition)
        _ = try await dynamoDB.deleteItem(DeleteItemInput(tableName: leases.name, key: key))
    }
}
