public import DynamoDB

extension MiyabiTables {
    /// Makes the tables that do not exist, waits until all are active, and turns expiry on where it is off.
    ///
    /// May run any number of times and by several processes at once. A server that knows no streams gets tables without.
    /// A table that exists is never changed, except
    /// for its expiry; it must have the right keys and indexes.
    ///
    /// - Parameters:
    ///   - dynamoDB: Where to make them.
    ///   - limit: How long a table may take to become active.
    /// - Returns: The names of the tables that this call made.
    /// - Throws: ``TableError`` when a table differs; `DynamoDBError`, with the code `requestTimeout` when a table does not
    ///   become active in time.
    @discardableResult
    public static func createMissing(
        on dynamoDB: any DynamoDBAPI, waitingAtMost limit: Duration = .seconds(120)
    ) async throws -> [String] {
        var made: [String] = []
        for table in all where try await create(table, on: dynamoDB) {
            made.append(table.tableName)
        }
        for table in all {
            let description = try await dynamoDB.waitUntilActive(table.tableName, timeout: limit)
            try verify(description, against: table)
            try await enableTimeToLive(of: table.tableName, on: dynamoDB)
        }
        return made
    }

    private static func create(_ table: CreateTableInput, on dynamoDB: any DynamoDBAPI) async throws -> Bool {
        do {
            _ = try await dynamoDB.describeTable(DescribeTableInput(tableName: table.tableName))
            return false
        } catch let error as DynamoDBError where error.code == .resourceNotFoundException {
            do {
                try await createWithStream(table, on: dynamoDB)
                return true
            } catch let error as DynamoDBError where error.code == .resourceInUseException {
                return false  // Another process was faster.
            }
        }
    }

    /// Without the stream where the server has none, as some compatible ones do not: nothing but subscriptions needs it.
    private static func createWithStream(_ table: CreateTableInput, on dynamoDB: any DynamoDBAPI) async throws {
        do {
            _ = try await dynamoDB.createTable(table)
        } catch let error as DynamoDBError
            where error.code == .validationException && error.message.contains("StreamSpecification")
        {
            var plain = table
            plain.streamSpecification = nil
            _ = try await dynamoDB.createTable(plain)
        }
    }

    private static func enableTimeToLive(of name: String, on dynamoDB: any DynamoDBAPI) async throws {
        let current = try await dynamoDB.describeTimeToLive(DescribeTimeToLiveInput(tableName: name))
            .timeToLiveDescription
        if [.enabled, .enabling].contains(current.timeToLiveStatus) {
            guard current.attributeName == timeToLive.attributeName else {
                throw TableError(
                    table: name,
                    difference: "it expires items by the attribute \(current.attributeName ?? "(none)"), "
                        + "not by \(timeToLive.attributeName)")
            }
            return
        }
        _ = try await dynamoDB.updateTimeToLive(
            UpdateTimeToLiveInput(tableName: name, timeToLiveSpecification: timeToLive))
    }
}
