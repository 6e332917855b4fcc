public import DynamoDB

/// How one of the DynamoDB tables is.
public enum TableState: Sendable, Hashable, CustomStringConvertible {
    /// It serves, with the keys and indexes that the stores need.
    case active
    /// It is there and does not serve yet, or no longer.
    case changing(TableStatus)
    /// It is there and is not as the stores need it.
    case different(TableError)
    /// It is not there.
    case missing

    /// Its status in DynamoDB's words, "missing", or what is different.
    public var description: String {
        switch self {
        case .active: TableStatus.active.rawValue
        case .changing(let status): status.rawValue
        case .different(let error): error.difference
        case .missing: "missing"
        }
    }
}

extension MiyabiTables {
    /// The state of each table by its name.
    ///
    /// - Throws: `DynamoDBError`, when a table cannot be asked about.
    public static func states(on dynamoDB: any DynamoDBAPI) async throws -> [String: TableState] {
        var states: [String: TableState] = [:]
        for table in all { states[table.tableName] = try await state(of: table, on: dynamoDB) }
        return states
    }

    private static func state(of table: CreateTableInput, on dynamoDB: any DynamoDBAPI) async throws -> TableState {
        do {
            let found = try await dynamoDB.describeTable(DescribeTableInput(tableName: table.tableName)).table
            // A table whose indexes are being filled serves.
            guard [.active, .updating].contains(found.tableStatus) else { return .changing(found.tableStatus) }
            try verify(found, against: table)
            return .active
        } catch let error as DynamoDBError where error.code == .resourceNotFoundException {
            return .missing
        } catch let error as TableError {
            return .different(error)
        }
    }
}
