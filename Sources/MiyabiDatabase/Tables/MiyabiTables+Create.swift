public import DynamoDB

extension MiyabiTables {
    /// Makes the tables that do not exist, waits until all are active, and turns expiry on where it is off.
    ///
    /// May run any number of times and by several processes at once. A table that exists is never changed, except for
    /// its expiry; it must have the right keys and indexes.
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
                _ = try await dynamoDB.createTable(table)
                return true
            } catch let error as DynamoDBError where error.code == .resourceInUseException {
                return false  // Another process was faster.
            }
        }
    }

    private static func enableTimeToLive(of name: String, on dynamoDB: any DynamoDBAPI) async throws {
        if try await hasTimeToLive(name, on: dynamoDB) { return }
        do {
            _ = try await dynamoDB.updateTimeToLive(
                UpdateTimeToLiveInput(tableName: name, timeToLiveSpecification: timeToLive))
        } catch let error as DynamoDBError where error.code == .validationException {
            // Another process may have been faster.
            guard try await hasTimeToLive(name, on: dynamoDB) else { throw error }
        }
    }

    private static func hasTimeToLive(_ name: String, on dynamoDB: any DynamoDBAPI) async throws -> Bool {
        let current = try await dynamoDB.describeTimeToLive(DescribeTimeToLiveInput(tableName: name))
            .timeToLiveDescription
        guard [.enabled, .enabling].contains(current.timeToLiveStatus) else { return false }
        guard current.attributeName == timeToLive.attributeName else {
            throw TableError(
                table: name,
                difference: "it expires items by the attribute \(current.attributeName ?? "(none)"), "
                    + "not by \(timeToLive.attributeName)")
        }
        return true
    }
}
